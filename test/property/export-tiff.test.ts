import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bufferFolder } from '../../main/formats/buffer-folder.ts';
import { tiff as reader } from '../../main/formats/tiff/tiff.ts';
import { tiff as writer } from '../../main/writers/tiff.ts';
import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import type { FrameDataset } from '../../shared/model/dataset.ts';
import { DTYPES } from '../../shared/model/dtype.ts';
import { imageSample, vectorSample } from '../support/described-data.ts';
import { cutEverywhere, flipBits, type FuzzFile } from '../support/export-fuzz.ts';
import { expectSameStored, namesIn, openWith, temporaryFolder, writeTo } from '../support/export-round-trip.ts';
import { madeDataset } from '../support/made-dataset.ts';

async function roundTrip(dataset: FrameDataset, options: Record<string, unknown> = {}): Promise<void> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'a.tif');
  await writeTo(writer, dataset, path, { options });
  await using read = await openWith(reader, path);
  await expectSameStored(read, dataset);
  expect(read.info).toMatchObject({ title: dataset.info.title, nav: dataset.info.nav, firstNumber: 1, typeId: dataset.info.typeId });
  expect(read.info.attributes).toEqual({ ...dataset.info.attributes, _StreaklineVersion: expect.any(String) });
}

describe('tiff', () => {
  it.each(DTYPES)('keeps pictures of %s', (dtype) => roundTrip(imageSample(dtype)));
  it.each([{ compression: 'deflate' }, { bigtiff: 'yes' }])('keeps vectors in volumes with %o', (options) =>
    roundTrip(vectorSample(), options),
  );

  it('keeps buffers that differ', async () => {
    const [small, large] = [imageSample(), imageSample('f4', { width: 7, frames: 1 })];
    await roundTrip({ ...small, buffer: (index, o) => (index === 1 ? large : small).buffer(index, o) });
  });

  it('has the type that is asked for; values can be spread or scaled, and keep their meaning', async () => {
    const scale = { slope: 0.5, offset: -10, unit: 'counts', description: 'I' };
    const frame = {
      shape: [1, 3] as const,
      components: {
        PIXEL: { dtype: 'f8' as const, planes: [Float64Array.of(20, 1020.5, 220)], scale },
        MASK: { dtype: 'u1' as const, planes: [Uint8Array.of(1, 0, 1)] },
      },
    };
    const written = async (options: Record<string, unknown>) => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, 'a.tif');
      const { losses } = await writeTo(writer, madeDataset([{ frames: [frame] }]), path, { options });
      await using read = await openWith(reader, path);
      const buffer = await read.buffer(0);
      const values = (await fieldPlane(buffer, { frame: 0, plane: 0 }, 'PIXEL', 'scaled')).data;
      const pixels = await buffer.plane({ frame: 0, component: 'PIXEL', plane: 0 });
      expect((await buffer.plane({ frame: 0, component: 'MASK', plane: 0 })).data).toEqual(Uint8Array.of(1, 0, 1));
      expect(buffer.info.frames[0]?.components[0]?.scale.unit).toBe('counts');
      return { pixels: pixels.data, values: Array.from(values, Number), losses: losses.join(' ') };
    };
    expect(await written({ dtype: 'f4' })).toEqual({ pixels: Float32Array.of(20, 1020.5, 220), values: [0, 500.25, 100], losses: '' });
    expect(await written({ dtype: 'u1' })).toEqual({
      pixels: Uint8Array.of(20, 255, 220),
      values: [0, 117.5, 100],
      losses: 'PIXEL: numbers outside of the range of u1 became its least or greatest number.',
    });
    expect(await written({ values: 'scaled' })).toEqual({
      pixels: Float32Array.of(0, 500.25, 100),
      values: [0, 500.25, 100],
      losses: 'PIXEL: values are written scaled; its stored numbers are not kept.',
    });
    const spread = await written({ dtype: 'u2', low: '0', high: '655.35' });
    expect(spread).toMatchObject({
      pixels: Uint16Array.of(0, 50_025, 10_000),
      losses: expect.stringContaining('0 to 655.35 became 0 to 65535'),
    });
    for (const [i, value] of [0, 500.25, 100].entries()) expect(spread.values[i]).toBeCloseTo(value, 9);
    await expect(written({ low: '0', high: '1' })).rejects.toMatchObject({ code: 'invalid-option', field: 'low' });
    await expect(written({ dtype: 'u1', low: '0' })).rejects.toMatchObject({ code: 'invalid-option' });
  });

  it('writes one file per buffer, and goes on after it was cancelled', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'set');
    const options = { files: 'buffer' };
    const abort = new AbortController();
    const dataset = vectorSample();
    const cancelled = { options, signal: abort.signal, progress: () => abort.abort() };
    await expect(writeTo(writer, dataset, target, { ...cancelled, resume: true })).rejects.toMatchObject({ code: 'aborted' });
    expect((await namesIn(folder.path)).filter((name) => !name.startsWith('.'))).toEqual([]);
    const asked: number[] = [];
    const watched: FrameDataset = {
      ...dataset,
      buffer: (index, o) => {
        asked.push(index);
        return dataset.buffer(index, o);
      },
    };
    await writeTo(writer, watched, target, { options, resume: true });
    expect(asked).toEqual([1, 2]);
    expect(await namesIn(folder.path)).toEqual(['set']);
    expect(await namesIn(target)).toEqual(['00000.tif', '00001.tif', '00002.tif', 'streakline.json']);
    const format = bufferFolder([reader]);
    await using read = await openWith(format, target);
    await expectSameStored(read, dataset);
    expect(read.info.nav).toEqual(dataset.info.nav);
    await using manifest = await openWith(format, join(target, 'streakline.json'));
    await expectSameStored(manifest, dataset);
  });

  it('replaces only folders of its own', async () => {
    await using folder = await temporaryFolder();
    await using other = await temporaryFolder();
    const job = { options: { files: 'buffer' } };
    const target = join(folder.path, 'set');
    await writeTo(writer, imageSample(), target, job);
    await expect(writeTo(writer, imageSample(), target, job)).rejects.toMatchObject({ code: 'exists' });
    await writeTo(writer, imageSample('f4', { buffers: 1 }), target, { ...job, force: true });
    expect(await namesIn(target)).toEqual(['00000.tif', 'streakline.json']);
    expect(await namesIn(folder.path)).toEqual(['set']);
    await expect(writeTo(writer, imageSample(), other.path, { ...job, force: true })).rejects.toMatchObject({ code: 'exists' });
  });
});

describe('damaged tiff', () => {
  async function fuzzFile(options: Record<string, unknown>): Promise<FuzzFile> {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.tif');
    await writeTo(writer, imageSample('u2', { buffers: 2, frames: 1 }), path, { options });
    return { format: reader, name: 'a.tif', files: new Map([['a.tif', new Uint8Array(await readFile(path))]]) };
  }
  let files: readonly FuzzFile[];
  beforeAll(async () => {
    files = await Promise.all([fuzzFile({}), fuzzFile({ bigtiff: 'yes', compression: 'deflate' })]);
  });

  it('cut anywhere is an error', async () => {
    // The last bytes are texts of the last page, without which everything can be read.
    for (const file of files) expect(await cutEverywhere(file, 7)).toBeLessThan(16);
  });

  it('with flipped bits is an error or data', async () => {
    for (const file of files) {
      const read = await flipBits(file);
      expect(read).toBeGreaterThan(0);
      expect(read).toBeLessThan(1800);
    }
  });
});
