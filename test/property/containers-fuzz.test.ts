import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../main/formats/format.ts';
import { hdf5 } from '../../main/formats/hdf5/hdf5.ts';
import { mat } from '../../main/formats/mat/mat.ts';
import { zarr } from '../../main/formats/zarr/zarr.ts';
import '../../main/host/node-inflate.ts';
import { hdf5Writer } from '../../main/writers/hdf5.ts';
import { matWriter } from '../../main/writers/mat.ts';
import { zarrWriter } from '../../main/writers/zarr.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount } from '../../shared/model/dataset.ts';
import { imageSample } from '../support/described-data.ts';
import { cutEverywhere, flipBits, type FuzzFile } from '../support/export-fuzz.ts';
import { openWith, temporaryFolder, writeTo } from '../support/export-round-trip.ts';
import '../support/hdf5-plugins.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

const FLIPS = 200;
const CUTS = 60;
const MOST_MILLISECONDS = 4000;
const MOST_BUFFERS = 50;
const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** The same numbers in every run. */
function numbers(): (below: number) => number {
  let seed = 4711;
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

/** True where all could be read; anything but a DataError that says what is wrong fails the test. */
async function isRead(format: Format, path: string, options: Record<string, unknown>, what: string): Promise<boolean> {
  const started = processorMilliseconds();
  try {
    await using dataset = await openWith(format, path, options);
    for (let index = 0; index < Math.min(MOST_BUFFERS, bufferCount(dataset.info)); index++) {
      const buffer = await dataset.buffer(index);
      for (const [frame, { components }] of buffer.info.frames.entries())
        for (const { name } of components) await buffer.plane({ frame, component: name, plane: 0 });
    }
    return true;
  } catch (error) {
    if (!(error instanceof DataError) || error.code === 'internal') throw new Error(`${what}: ${String(error)}`, { cause: error });
    return false;
  } finally {
    expect(processorMilliseconds() - started, what).toBeLessThan(MOST_MILLISECONDS);
  }
}

/** Counts how often damaged copies of a file, written to `path`, could be read as `open`. */
async function damage(
  path: string,
  whole: Uint8Array,
  read: (what: string) => Promise<boolean>,
): Promise<{ flipped: number; cut: number }> {
  const random = numbers();
  const counts = { flipped: 0, cut: 0 };
  for (let run = 0; run < FLIPS; run++) {
    const bytes = whole.slice();
    const places = Array.from({ length: 1 + random(3) }, () => [random(bytes.length), random(8)] as const);
    for (const [at, bit] of places) bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    await writeFile(path, bytes);
    if (await read(`bits ${places.join(' ')}`)) counts.flipped++;
  }
  for (let run = 0; run < CUTS; run++) {
    const length = Math.floor((run * whole.length) / CUTS);
    await writeFile(path, whole.subarray(0, length));
    if (await read(`${length} bytes`)) counts.cut++;
  }
  return counts;
}

describe('damaged HDF5', () => {
  it('of ours gives what is left or says what is wrong', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.h5');
    await writeTo(hdf5Writer, imageSample(), path);
    const counts = await damage(path, await readFile(path), (what) => isRead(hdf5, path, {}, what));
    expect(counts.cut).toBe(0);
    expect(counts.flipped).toBeLessThan(FLIPS);
  }, 120_000);

  it.each([
    ['layouts.h5', {}],
    ['filters.h5', { ds_path: 'across' }],
  ])(
    '%s gives what is left or says what is wrong',
    async (name, options) => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, name);
      const counts = await damage(path, await readFile(join(fixtures, 'hdf5', name)), (what) => isRead(hdf5, path, options, what));
      expect(counts.cut).toBe(0);
      expect(counts.flipped).toBeGreaterThan(0);
    },
    120_000,
  );
});

describe('damaged Zarr', () => {
  it.each([
    'zarr.json',
    'description/zarr.json',
    'buffers/list/zarr.json',
    'descriptions/0/zarr.json',
    'frame0/PIXEL/zarr.json',
    'frame0/PIXEL/c/1/0/0/0',
  ])(
    'with a damaged %s gives what is left or says what is wrong',
    async (name) => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, 'a.zarr');
      await writeTo(zarrWriter, imageSample(), path);
      const counts = await damage(join(path, name), await readFile(join(path, name)), (what) => isRead(zarr, path, {}, what));
      expect(counts.flipped).toBeLessThan(FLIPS);
    },
    120_000,
  );

  it.each(['blosc/c/0/0/0/0', 'zstd/c/0/0/0/0', 'shards/c/0/0/0/0', 'checked/c/0/0/0/0', 'shards/zarr.json'])(
    'with a damaged %s of another program',
    async (name) => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, 'three.zarr');
      await mkdir(path);
      await cp(join(fixtures, 'zarr', 'three.zarr'), path, { recursive: true });
      const array = name.split('/')[0] ?? '';
      await damage(join(path, name), await readFile(join(path, name)), (what) => isRead(zarr, path, { path: array }, what));
    },
    120_000,
  );
});

describe('damaged MAT', () => {
  it('of ours gives what is left or says what is wrong', async () => {
    await using folder = await temporaryFolder();
    await writeTo(matWriter, imageSample(), join(folder.path, 'a.mat'));
    const file: FuzzFile = {
      format: mat,
      name: 'a.mat',
      files: new Map([['a.mat', new Uint8Array(await readFile(join(folder.path, 'a.mat')))]]),
    };
    // Where the file ends between two variables, nobody can tell that there were more.
    expect(await cutEverywhere(file, 31)).toBeLessThan(5);
    expect(await flipBits(file)).toBeGreaterThan(0);
  }, 120_000);

  it.each([
    ['plain.mat', 's.field'],
    ['compressed.mat', 's.inner.deep'],
    ['compressed.mat', 'v_c16'],
  ])(
    '%s %s gives what is left or says what is wrong',
    async (name, variable) => {
      const bytes = new Uint8Array(await readFile(join(fixtures, 'mat', name)));
      const file: FuzzFile = { format: mat, name, files: new Map([[name, bytes]]), options: { variable } };
      await cutEverywhere(file, 17);
      expect(await flipBits(file)).toBeGreaterThan(0);
    },
    120_000,
  );
});
