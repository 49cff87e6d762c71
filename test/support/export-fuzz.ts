import { expect } from 'vitest';
import type { Format } from '../../main/formats/format.ts';
import { memoryFolder } from '../../main/sources/memory-folder.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, isFrameDataset, type Dataset, type ParticleDataset } from '../../shared/model/dataset.ts';
import type { OptionValues } from '../../shared/model/option.ts';
import { processorMilliseconds } from './processor-time.ts';

const FLIPS = 2000;
/** Small files must never make a reader hold more than this, or take longer. */
const MEMORY_BYTES = 64 * 1024 * 1024;
const MOST_MILLISECONDS = 1000;
const MOST_PLANES = 200;

export interface FuzzFile {
  readonly format: Format<Dataset>;
  /** Name of the file that is damaged. */
  readonly name: string;
  /** Name of the file that is opened, where it is another one. */
  readonly opened?: string;
  /** All files, the opened one included. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly options?: OptionValues;
}

/** Opens and reads everything, but not more planes than a small file can have. */
async function readAll(file: FuzzFile, bytes: Uint8Array): Promise<number> {
  const files = new Map([...file.files, [file.name, bytes]]);
  const opened = file.opened ?? file.name;
  const { dataset } = await file.format.open({
    folder: memoryFolder('memory', files),
    entry: { name: opened, kind: 'file', size: files.get(opened)?.length ?? 0 },
    options: file.options ?? {},
  });
  await using _ = dataset;
  if (!isFrameDataset(dataset)) return await readParticles(dataset);
  let planes = 0;
  for (let i = 0; i < Math.min(bufferCount(dataset.info), MOST_PLANES); i++) {
    const buffer = await dataset.buffer(i);
    for (const [frame, info] of buffer.info.frames.entries()) {
      for (const { name } of info.components) {
        for (let plane = 0; plane < info.planes && planes < MOST_PLANES; plane++, planes++)
          await buffer.plane({ frame, component: name, plane });
      }
    }
  }
  return planes;
}

/** All steps of a small set, and all tracks. */
async function readParticles(dataset: ParticleDataset): Promise<number> {
  const { steps, pulses, tracks } = dataset.info;
  for (let s = 0; s < Math.min(steps * pulses, MOST_PLANES); s++) await dataset.step(Math.floor(s / pulses), s % pulses);
  await dataset.tracks(0, tracks);
  return (await dataset.times()).length;
}

/** True where it could be read; anything but a DataError, and an internal one, fails the test. */
async function isRead(file: FuzzFile, bytes: Uint8Array, what: string): Promise<boolean> {
  const started = processorMilliseconds();
  const held = process.memoryUsage().arrayBuffers;
  let read = true;
  try {
    await readAll(file, bytes);
  } catch (error) {
    read = false;
    if (!(error instanceof DataError) || error.code === 'internal') throw new Error(`${what}: ${String(error)}`, { cause: error });
  }
  expect(processorMilliseconds() - started, what).toBeLessThan(MOST_MILLISECONDS);
  expect(process.memoryUsage().arrayBuffers - held, what).toBeLessThan(MEMORY_BYTES);
  return read;
}

/** Every shorter file gives a DataError or what is left; returns how many lengths could be read. */
export async function cutEverywhere(file: FuzzFile, step = 1): Promise<number> {
  const bytes = file.files.get(file.name) ?? new Uint8Array();
  let read = 0;
  for (let length = 0; length < bytes.length; length += step) if (await isRead(file, bytes.slice(0, length), `${length} bytes`)) read++;
  return read;
}

/** Random flipped bits, always the same ones; returns how many of the damaged files could be read. */
export async function flipBits(file: FuzzFile, runs = FLIPS): Promise<number> {
  const bytes = file.files.get(file.name) ?? new Uint8Array();
  let seed = 12345;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  let read = 0;
  for (let run = 0; run < runs; run++) {
    const damaged = bytes.slice();
    const flips = 1 + random(3);
    const places = Array.from({ length: flips }, () => [random(bytes.length), random(8)] as const);
    for (const [at, bit] of places) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
    if (await isRead(file, damaged, `bits ${places.join(' ')}`)) read++;
  }
  return read;
}
