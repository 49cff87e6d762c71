import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../main/formats/format.ts';
import { hdf5 } from '../../../main/formats/hdf5/hdf5.ts';
import { mat } from '../../../main/formats/mat/mat.ts';
import { memoryDataset } from '../../../main/formats/memory.ts';
import { zarr } from '../../../main/formats/zarr/zarr.ts';
import '../../../main/host/node-inflate.ts';
import { openPath } from '../../../main/host/open-path.ts';
import { hdf5Writer } from '../../../main/writers/hdf5.ts';
import { matWriter } from '../../../main/writers/mat.ts';
import type { Writer } from '../../../main/writers/writer.ts';
import { zarrWriter } from '../../../main/writers/zarr.ts';
import { bufferCount, type FrameDataset } from '../../../shared/model/dataset.ts';
import { DTYPES } from '../../../shared/model/dtype.ts';
import { unitScale } from '../../../shared/model/scale.ts';
import { imageSample, vectorSample } from '../../support/described-data.ts';
import '../../support/hdf5-plugins.ts';
import { expectSameStored, namesIn, openWith, temporaryFolder, writeTo } from '../../support/export-round-trip.ts';

/** Buffers 1 of other sizes, and blank ones. */
function mixedSample(): FrameDataset {
  const [small, large] = [imageSample(), imageSample('u2', { width: 7 })];
  return { ...small, buffer: (index, o) => (index === 1 ? large : small).buffer(index, o) };
}

function blankSample(): FrameDataset {
  const data = Uint16Array.from({ length: 60 }, (_, i) => 1000 + i);
  return memoryDataset({ title: 'blank', dtype: 'u2', data, navShape: [2, 2], sigShape: [4, 5], syncOffset: -1 });
}

/** A set of which the second buffer is not there. */
function gapSample(): FrameDataset {
  const whole = imageSample();
  return {
    ...whole,
    info: { ...whole.info, missing: [[1, 2]] },
    buffer: (index, o) => (index === 1 ? Promise.reject(new Error('asked for a missing buffer')) : whole.buffer(index, o)),
  };
}

describe.each<{ name: string; writer: Writer; reader: Format }>([
  { name: 'a.h5', writer: hdf5Writer, reader: hdf5 },
  { name: 'a.zarr', writer: zarrWriter, reader: zarr },
  { name: 'a.mat', writer: matWriter, reader: mat },
])('$name', ({ name, writer, reader }) => {
  async function roundTrip(dataset: FrameDataset, options: Record<string, unknown> = {}, lost: readonly unknown[] = []): Promise<void> {
    await using folder = await temporaryFolder();
    const path = join(folder.path, name);
    const { losses } = await writeTo(writer, dataset, path, { options });
    expect(losses).toEqual(lost);
    expect(await namesIn(folder.path)).toEqual([name]);
    const { dataset: opened, format } = await openPath(path);
    await opened[Symbol.asyncDispose]();
    expect(format).toBe(reader.id);
    await using read = await openWith(reader, path);
    await expectSameStored(read, dataset);
    expect(read.info).toMatchObject({ title: dataset.info.title, nav: dataset.info.nav, firstNumber: dataset.info.firstNumber });
    expect(read.info.attributes).toEqual({ ...dataset.info.attributes, _StreaklineVersion: expect.any(String) });
  }

  it.each(DTYPES)('keeps pictures of %s', (dtype) => roundTrip(imageSample(dtype)));
  it('keeps vectors in volumes', () => roundTrip(vectorSample()));
  it('keeps them without compression', () =>
    roundTrip(vectorSample(), writer === matWriter ? { derived: 'false' } : { level: '0', derived: 'false' }));
  it('keeps buffers that differ', () =>
    roundTrip(mixedSample(), {}, writer === matWriter ? [expect.stringContaining('variables of their own')] : []));
  it('keeps blank buffers', () => roundTrip(blankSample()));
  it('keeps more buffers than a node of the index has room for', () => roundTrip(imageSample('u1', { buffers: 150, frames: 1 })));

  it('leaves gaps as they are', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, name);
    expect((await writeTo(writer, gapSample(), path)).buffers).toBe(2);
    await using read = await openWith(reader, path);
    expect(read.info.missing).toEqual([[1, 2]]);
    await expect(read.buffer(1)).rejects.toMatchObject({ code: 'not-found' });
    expect((await read.buffer(2)).info.name).toBe('B00003');
  });

  it('does not replace anything unasked, and leaves nothing in its place when it is cancelled', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, name);
    const abort = new AbortController();
    const job = writeTo(writer, imageSample(), path, { signal: abort.signal, progress: () => abort.abort() });
    await expect(job).rejects.toMatchObject({ code: 'aborted' });
    expect(await namesIn(folder.path)).toEqual([]);
    await writeTo(writer, imageSample(), path);
    await expect(writeTo(writer, imageSample(), path)).rejects.toMatchObject({ code: 'exists' });
    await writeTo(writer, vectorSample(), path, { force: true });
    await using read = await openWith(reader, path);
    expect((await read.buffer(0)).info.frames[0]?.kind).toBe('vector');
  });
});

it.each<readonly [string, Writer]>([
  ['a.h5', hdf5Writer],
  ['a.zarr', zarrWriter],
])('%s refuses an unknown compression', async (name, writer) => {
  await using folder = await temporaryFolder();
  const job = writeTo(writer, imageSample(), join(folder.path, name), { options: { level: '12' } });
  await expect(job).rejects.toMatchObject({ code: 'invalid-option', field: 'level' });
});

describe('MATLAB', () => {
  it.each([
    ['vectors', vectorSample],
    ['complex numbers', () => imageSample('c16')],
    ['blank buffers', blankSample],
  ])('packs %s where asked', async (_, sample) => {
    await using folder = await temporaryFolder();
    const [plain, packed] = [join(folder.path, 'a.mat'), join(folder.path, 'b.mat')];
    await writeTo(matWriter, sample(), plain);
    const told: number[] = [];
    await writeTo(matWriter, sample(), packed, { options: { compress: 'true' }, progress: (done, total) => told.push(done / total) });
    // Only the last part of packing ends the work.
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect([told[0], told.indexOf(1), told.at(-1)]).toEqual([0, told.length - 1, 1]);
    expect(told.length).toBeGreaterThan(10);
    expect(await namesIn(folder.path)).toEqual(['a.mat', 'b.mat']);
    expect((await readFile(packed)).length).toBeLessThan((await readFile(plain)).length);
    await using read = await openWith(mat, packed);
    await expectSameStored(read, sample());
  });

  it('has the frame behind every name', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.mat');
    await writeTo(matWriter, imageSample('u2', { frames: 2 }), path);
    const names = (await readFile(path)).toString('latin1');
    for (const name of ['PIXEL_frame1', 'PIXEL_unit_frame1', 'PIXEL_scale_frame1', 'x_unit_frame1']) expect(names).toContain(name);
    expect(names).not.toContain('frame1_unit');
  });

  it('has no numbers where a buffer is missing', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.mat');
    const whole = vectorSample();
    await writeTo(matWriter, { ...whole, info: { ...whole.info, missing: [[1, 2]] } }, path);
    await using u = await openWith(mat, path, { variable: 'u' });
    const sums = [];
    for (let flat = 0; flat < 6; flat++) {
      const { data } = await (await u.buffer(flat)).plane({ frame: 0, component: 'PIXEL', plane: 0 });
      sums.push(Array.from(data, Number).every(Number.isNaN));
    }
    expect(sums).toEqual([false, false, true, true, false, false]);
  });

  it('refuses a variable of more than 2 GiB and names what holds it', async () => {
    await using folder = await temporaryFolder();
    const one = imageSample('f8', { buffers: 1, frames: 1, height: 64, width: 64 });
    const many: FrameDataset = { ...one, info: { ...one.info, nav: [{ name: 'frame', size: 70_000, scale: unitScale('') }] } };
    const job = writeTo(matWriter, many, join(folder.path, 'a.mat'));
    await expect(job).rejects.toMatchObject({ code: 'too-large', hint: expect.stringContaining('HDF5') });
    expect(await namesIn(folder.path)).toEqual([]);
  });
});

describe('zarr', () => {
  it('goes on with the chunks that an interrupted job has left', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.zarr');
    const abort = new AbortController();
    const stop = (done: number): void => (done === 2 ? abort.abort() : undefined);
    const interrupted = { signal: abort.signal, progress: stop, resume: true };
    await expect(writeTo(zarrWriter, imageSample(), path, interrupted)).rejects.toMatchObject({ code: 'aborted' });
    const [part = ''] = await namesIn(folder.path);
    const chunk = join(folder.path, part, 'frame0/PIXEL/c/0/0/0/0');
    const kept = await readFile(chunk);
    await writeFile(chunk, Buffer.concat([kept.subarray(0, 10), kept.subarray(10)]));
    await writeTo(zarrWriter, imageSample(), path, { resume: true });
    expect(await namesIn(folder.path)).toEqual(['a.zarr']);
    await using read = await openWith(zarr, path);
    await expectSameStored(read, imageSample());
    expect(bufferCount(read.info)).toBe(3);
    expect(await readdir(join(path, 'frame0'))).toContain('MASK');
  });
});
