import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import '../../main/host/node-inflate.ts';
import { davisBuffer } from '../../main/formats/davis/buffer-file.ts';
import { readBuffer, readFacts } from '../../main/formats/davis/read-buffer.ts';
import { davisSet } from '../../main/formats/davis/set.ts';
import type { Format } from '../../main/formats/format.ts';
import { memoryFolder } from '../../main/sources/memory-folder.ts';
import { memorySource } from '../../main/sources/memory-source.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/davis');
const FLIPS = 2000;
const LIMIT_MS = 1000;
const LIMIT_BYTES = 64 << 20;

/** Reads everything that a damaged file still shows: an answer is data or a DataError, soon and without much memory. */
async function readAll(format: Format, name: string, files: ReadonlyMap<string, Uint8Array>): Promise<'data' | 'error'> {
  const started = processorMilliseconds();
  const before = process.memoryUsage().arrayBuffers;
  const result = await openAll(format, name, files);
  const grown = process.memoryUsage().arrayBuffers - before;
  expect(processorMilliseconds() - started).toBeLessThan(LIMIT_MS);
  expect(grown).toBeLessThan(LIMIT_BYTES);
  return result;
}

async function openAll(format: Format, name: string, files: ReadonlyMap<string, Uint8Array>): Promise<'data' | 'error'> {
  try {
    const folder = memoryFolder('', files);
    const { dataset } = await format.open({ folder, entry: { name, kind: 'file', size: files.get(name)?.byteLength ?? 0 }, options: {} });
    for (let index = 0; index < Math.min(2, bufferCount(dataset.info)); index++) {
      const buffer = await dataset.buffer(index);
      for (const [frame, { components, planes }] of buffer.info.frames.entries()) {
        for (const { name: component } of components) await buffer.plane({ frame, component, plane: planes - 1 });
      }
    }
    return 'data';
  } catch (error) {
    if (error instanceof DataError && error.code !== 'internal') return 'error';
    throw new Error(`${name}: not a DataError`, { cause: error });
  }
}

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Flips one to four bits; every other time in the first 300 bytes and the last 300, where headers and offsets are. */
function flipped(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  const copy = bytes.slice();
  for (let count = 1 + next(4); count > 0; count--) {
    const edge = Math.min(300, bytes.length);
    const places = [next(bytes.length), next(bytes.length), next(edge), bytes.length - 1 - next(edge)];
    const at = places[next(4)] as number;
    copy[at] = (copy[at] as number) ^ (1 << next(8));
  }
  return copy;
}

const KINDS: Readonly<Record<string, readonly string[]>> = {
  im7: ['images/B00001.im7', 'attributes.im7', 'imx_table.im7', 'bits12.im7', 'image_scalars.im7', 'long_raw.im7'],
  vc7: ['fields/B00002.vc7', 'format5.vc7', 'scalars_raw.vc7', 'is_valid_format3.vc7', 'choices.vc7'],
  legacy: ['raw.img', 'delta.imx', 'stacked.img', 'choices.vec'],
};

for (const [kind, paths] of Object.entries(KINDS)) {
  describe(kind, () => {
    const files = paths.map((path) => ({
      name: path.split('/').at(-1) ?? path,
      bytes: new Uint8Array(readFileSync(join(FIXTURES, path))),
    }));

    test.each(files)('$name, cut anywhere', async ({ name, bytes }) => {
      const results = new Set<string>();
      for (const length of cuts(bytes)) results.add(await readAll(davisBuffer, name, new Map([[name, bytes.slice(0, length)]])));
      expect(results).toContain('error');
    });

    test(`${FLIPS} flips`, async () => {
      const next = random(paths.length);
      const results = new Set<string>();
      for (let round = 0; round < FLIPS; round++) {
        const { name, bytes } = files[round % files.length] as (typeof files)[number];
        results.add(await readAll(davisBuffer, name, new Map([[name, flipped(bytes, next)]])));
      }
      expect(results).toEqual(new Set(['data', 'error']));
    });
  });
}

/** Every length near the header, the sections of the offset table and the end, and some in between. */
function cuts(bytes: Uint8Array): readonly number[] {
  const table = new DataView(bytes.buffer, Math.max(0, bytes.length - 256));
  const borders = [256, bytes.length - 256, bytes.length];
  for (let entry = 0; entry + 8 <= table.byteLength; entry += 8) borders.push(Number(table.getBigUint64(entry, true)));
  const near = borders.flatMap((border) => Array.from({ length: 24 }, (_, i) => border - 16 + i));
  const steps = Array.from({ length: 100 }, (_, i) => Math.floor((i * bytes.length) / 100));
  return [...new Set([...near, ...steps])].filter((length) => length >= 0 && length < bytes.length);
}

describe('set text', () => {
  const names = ['images.set', 'mixed.set', 'junk.set'];
  const image = new Uint8Array(readFileSync(join(FIXTURES, 'gap/B00001.im7')));
  const texts = names.map((name) => new Uint8Array(readFileSync(join(FIXTURES, name))));
  const read = (text: Uint8Array) =>
    readAll(
      davisSet,
      'S.set',
      new Map([
        ['S.set', text],
        ['S/B00001.im7', image],
      ]),
    );

  test('cut anywhere', async () => {
    for (const text of texts) for (let length = 0; length < text.length; length++) expect(await read(text.slice(0, length))).toBe('data');
  });
  test(`${FLIPS} flips`, async () => {
    const next = random(7);
    for (let round = 0; round < FLIPS; round++) await read(flipped(texts[round % texts.length] as Uint8Array, next));
  });
});

describe('recordings', () => {
  const SETS = {
    rec_manifest: [
      'StreamSet.xml',
      'Camera1-0.ims',
      'Camera1-decoder.xml',
      'CameraScale1.scales',
      'Transformer0-dark.im7',
      'Camera1-1.ims',
    ],
    rec_default: ['Frame0-0.ims', 'Frame0-decoder.xml', 'FrameScales0.scales', 'Frame1-1.ims'],
  };
  for (const [set, damaged] of Object.entries(SETS)) {
    const folder = join(FIXTURES, set);
    const whole = new Map(
      [[`${set}.set`, `${folder}.set`], ...readdirSync(folder).map((name) => [`${set}/${name}`, join(folder, name)] as const)].map(
        ([name, path]) => [name as string, new Uint8Array(readFileSync(path as string))] as const,
      ),
    );
    const read = (name: string, bytes: Uint8Array) => readAll(davisSet, `${set}.set`, new Map([...whole, [`${set}/${name}`, bytes]]));

    test.each(damaged)(`${set}: %s, cut and flipped`, async (name) => {
      const bytes = whole.get(`${set}/${name}`) as Uint8Array;
      const results = new Set<string>();
      const steps = Math.max(1, Math.floor(bytes.length / 150));
      for (let length = 0; length < bytes.length; length += steps) results.add(await read(name, bytes.slice(0, length)));
      const next = random(name.length);
      for (let round = 0; round < FLIPS / 10; round++) results.add(await read(name, flipped(bytes, next)));
      expect(results).toContain('data');
    });
  }
});

describe('facts without samples', () => {
  test('are those of the opened buffer, and damaged files fail alike', async () => {
    const next = random(11);
    const files = [...(KINDS['im7'] ?? []), ...(KINDS['vc7'] ?? []), ...(KINDS['legacy'] ?? [])].map(
      (path) => new Uint8Array(readFileSync(join(FIXTURES, path))),
    );
    let compared = 0;
    for (let round = 0; round < FLIPS; round++) {
      const bytes = round < files.length ? (files[round] as Uint8Array) : flipped(files[round % files.length] as Uint8Array, next);
      const at = { index: 0, name: 'B.im7', attributes: {} };
      const whole = await readBuffer(memorySource('B.im7', bytes), at).catch((error: unknown) => error);
      const facts = await readFacts(memorySource('B.im7', bytes), at).catch((error: unknown) => error);
      if (whole instanceof Error) {
        // Damaged samples may hide behind sound facts, never the other way round.
        expect(facts instanceof Error ? facts : undefined).toSatisfy((error) => error === undefined || error instanceof DataError);
        continue;
      }
      compared += 1;
      expect(facts).toEqual({ info: (whole as FrameBuffer).info, warnings: (whole as FrameBuffer).warnings });
    }
    expect(compared).toBeGreaterThan(FLIPS / 4);
  });
});
