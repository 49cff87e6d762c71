import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../support/hdf5-plugins.ts';
import '../../main/host/node-inflate.ts';
import { particleTable } from '../../main/formats/particle-table/particle-table.ts';
import { openPath } from '../../main/host/open-path.ts';
import { memoryFolder } from '../../main/sources/memory-folder.ts';
import { PARTICLE_WRITERS } from '../../main/writers/particles/registry.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { ParticleDataset } from '../../shared/model/dataset.ts';
import { madeParticles } from '../support/made-particles.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

const FLIPS = 250;
const LIMIT_MS = 1000;
const LIMIT_BYTES = 64 << 20;
const folder = mkdtempSync(join(tmpdir(), 'streakline-table-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = new Map<string, Uint8Array>();

beforeAll(async () => {
  const points = Array.from({ length: 6 }, (_, i) => [i, 2 * i, 3 * i, 100 + i, i / 3]);
  const dataset = madeParticles({
    steps: 6,
    tracks: [
      { start: 0, points },
      { start: 2, points: points.slice(0, 3) },
    ],
    scalars: [{ name: 'Size', scale: { slope: 2, offset: 0, unit: 'mm', description: '' } }],
    attributes: { Comment: 'text', n: { dtype: 'f8', shape: [1, 2], values: [1, 2] } },
  });
  for (const { id, extensions } of PARTICLE_WRITERS) {
    const extension = extensions[0] ?? '';
    if (!['csv', 'npz', 'parquet', 'h5'].includes(extension)) continue;
    const target = join(folder, `good.${extension}`);
    await PARTICLE_WRITERS.find((writer) => writer.id === id)?.write({ dataset, target, options: {}, force: true });
    files.set(extension, new Uint8Array(readFileSync(target)));
  }
});

/** Deterministic numbers from 0 to 1. */
function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function readAll(dataset: ParticleDataset): Promise<void> {
  await using set = dataset;
  const { steps, pulses, tracks } = set.info;
  for (let step = 0; step < Math.min(20, steps); step++) for (let pulse = 0; pulse < pulses; pulse++) await set.step(step, pulse);
  await set.tracks(0, tracks);
  await set.times();
}

/** Data or a DataError of the file, soon and without much memory. */
async function attempt(bytes: Uint8Array, extension: string): Promise<'data' | 'error'> {
  const name = `bad.${extension}`;
  const [started, before] = [processorMilliseconds(), process.memoryUsage().arrayBuffers];
  let result: 'data' | 'error' = 'data';
  try {
    if (extension === 'h5') {
      writeFileSync(join(folder, name), bytes);
      await readAll((await openPath(join(folder, name), { format: particleTable.id })).dataset as ParticleDataset);
    } else {
      const { dataset } = await particleTable.open({
        folder: memoryFolder('', new Map([[name, bytes]])),
        entry: { name, kind: 'file', size: bytes.length },
        options: {},
      });
      await readAll(dataset as ParticleDataset);
    }
  } catch (error) {
    if (!(error instanceof DataError) || error.code === 'internal') throw new Error('not a DataError', { cause: error });
    result = 'error';
  }
  expect(processorMilliseconds() - started).toBeLessThan(LIMIT_MS);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(LIMIT_BYTES);
  return result;
}

describe.each(['csv', 'npz', 'parquet', 'h5'])('.%s', (extension) => {
  const good = (): Uint8Array => files.get(extension) as Uint8Array;

  test('the file itself is read', async () => {
    expect(await attempt(good(), extension)).toBe('data');
  });

  test('cut anywhere', async () => {
    const step = Math.max(1, Math.floor(good().length / 120));
    for (let length = 0; length < good().length; length += step) await attempt(good().slice(0, length), extension);
  });

  test('with wrong bytes', async () => {
    const random = randomly(extension.length + extension.charCodeAt(0));
    for (let i = 0; i < FLIPS; i++) {
      const bytes = good().slice();
      for (let k = 0; k < 1 + 3 * random(); k++) bytes[Math.floor(random() * bytes.length)] = Math.floor(256 * random());
      await attempt(bytes, extension);
    }
  });

  test('with huge numbers in it', async () => {
    const step = Math.max(4, Math.floor(good().length / 150));
    for (let at = 0; at + 8 < good().length; at += step) {
      const bytes = good().slice();
      bytes.fill(0xff, at, at + 8);
      await attempt(bytes, extension);
    }
  });
});

describe('Parquet files of others', () => {
  function parquet(
    columns: Record<string, Float64Array | Int32Array | readonly (string | number | null)[]>,
    schema?: ConstructorParameters<typeof ParquetWriter>[0]['schema'],
  ): Uint8Array {
    const writer = new ByteWriter();
    const names = Object.keys(columns);
    const file = new ParquetWriter({
      writer,
      schema: schema ?? [
        { name: 'root', num_children: names.length },
        ...names.map((name) => ({
          name,
          type: columns[name] instanceof Int32Array ? ('INT32' as const) : ('DOUBLE' as const),
          repetition_type: 'REQUIRED' as const,
        })),
      ],
    });
    void file.write({ columnData: names.map((name) => ({ name, data: columns[name] as number[] })) });
    void file.finish();
    return writer.getBytes().slice();
  }

  async function openParquet(bytes: Uint8Array): Promise<ParticleDataset> {
    const all = new Map([
      ['p.parquet', bytes],
      ['p.json', new TextEncoder().encode('{"times":[0,1,2]}')],
    ]);
    return (
      await particleTable.open({
        folder: memoryFolder('', all),
        entry: { name: 'p.parquet', kind: 'file', size: bytes.length },
        options: {},
      })
    ).dataset as ParticleDataset;
  }

  const base = {
    x: Float64Array.of(1, 2, 3),
    y: Float64Array.of(1, 2, 3),
    z: Float64Array.of(1, 2, 3),
    intensity: Float64Array.of(4, 5, 6),
    step: Int32Array.of(0, 1, 2),
  };

  test('columns of any numbers are read, texts are no columns, missing values are no numbers', async () => {
    const names = [...Object.keys(base), 'size', 'name'];
    const schema = [
      { name: 'root', num_children: names.length },
      ...names
        .slice(0, 5)
        .map((name) => ({ name, type: name === 'step' ? ('INT32' as const) : ('DOUBLE' as const), repetition_type: 'REQUIRED' as const })),
      { name: 'size', type: 'DOUBLE' as const, repetition_type: 'OPTIONAL' as const },
      { name: 'name', type: 'BYTE_ARRAY' as const, repetition_type: 'OPTIONAL' as const, converted_type: 'UTF8' as const },
    ];
    await using set = await openParquet(parquet({ ...base, size: [0.5, null, 2], name: ['a', 'b', 'c'] }, schema));
    expect(set.info.scalars.map(({ name }) => name)).toEqual(['size']);
    const sizes = [];
    for (let step = 0; step < 3; step++) sizes.push(...((await set.step(step, 0)).scalars[0] ?? []));
    expect(sizes).toEqual([0.5, Number.NaN, 2]);
  });

  test('many equal values take no more memory than the file says', async () => {
    const rows = 200_000;
    const zeros = new Float64Array(rows);
    const bytes = parquet({ x: zeros, y: zeros, z: zeros, intensity: zeros, step: new Int32Array(rows) });
    expect(bytes.length).toBeLessThan(rows);
    await using set = await openParquet(bytes);
    expect(set.info.particles).toBe(rows);
  });
});
