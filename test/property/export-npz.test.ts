import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { npz as reader } from '../../main/formats/npz.ts';
import { npz as writer } from '../../main/writers/npz.ts';
import { bufferCount, type FrameDataset } from '../../shared/model/dataset.ts';
import { DTYPES } from '../../shared/model/dtype.ts';
import { imageSample, vectorSample } from '../support/described-data.ts';
import { cutEverywhere, flipBits, type FuzzFile } from '../support/export-fuzz.ts';
import { expectSameStored, namesIn, openWith, temporaryFolder, writeTo } from '../support/export-round-trip.ts';

async function roundTrip(dataset: FrameDataset, options: Record<string, unknown> = {}): Promise<void> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'a.npz');
  await writeTo(writer, dataset, path, { options });
  expect(await namesIn(folder.path)).toEqual(['a.npz']);
  await using read = await openWith(reader, path);
  await expectSameStored(read, dataset);
  expect(read.info).toMatchObject({ title: dataset.info.title, nav: dataset.info.nav, firstNumber: 1, typeId: dataset.info.typeId });
  expect(read.info.attributes).toEqual({ ...dataset.info.attributes, _StreaklineVersion: expect.any(String) });
}

describe('npz', () => {
  it.each(DTYPES)('keeps pictures of %s', (dtype) => roundTrip(imageSample(dtype)));
  it('keeps vectors in volumes', () => roundTrip(vectorSample()));
  it('keeps them one array per buffer', () => roundTrip(vectorSample(), { layout: 'buffers' }));

  it('writes buffers that differ one by one, and says so', async () => {
    await using folder = await temporaryFolder();
    const [small, large] = [imageSample(), imageSample('u2', { width: 7 })];
    const mixed: FrameDataset = { ...small, buffer: (index, o) => (index === 1 ? large : small).buffer(index, o) };
    const path = join(folder.path, 'a.npz');
    const { losses } = await writeTo(writer, mixed, path);
    expect(losses.join()).toContain('one array per buffer');
    await using read = await openWith(reader, path);
    await expectSameStored(read, mixed);
    await expect(writeTo(writer, mixed, path, { options: { layout: 'stack' }, force: true })).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(await namesIn(folder.path)).toEqual(['a.npz']);
  });

  it('does not replace a file unasked, and leaves nothing when it is cancelled', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.npz');
    const abort = new AbortController();
    const progress: number[] = [];
    const job = writeTo(writer, imageSample(), path, {
      signal: abort.signal,
      progress: (done) => {
        progress.push(done);
        abort.abort();
      },
    });
    await expect(job).rejects.toMatchObject({ code: 'aborted' });
    expect(progress).toEqual([1]);
    expect(await namesIn(folder.path)).toEqual([]);
    await writeTo(writer, imageSample(), path);
    await expect(writeTo(writer, imageSample(), path)).rejects.toMatchObject({ code: 'exists' });
    await writeTo(writer, vectorSample(), path, { force: true });
    await using read = await openWith(reader, path);
    expect(bufferCount(read.info)).toBe(3);
  });
});

describe('damaged npz', () => {
  let file: FuzzFile;
  beforeAll(async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.npz');
    await writeTo(writer, imageSample('u2', { buffers: 2, frames: 1 }), path);
    file = { format: reader, name: 'a.npz', files: new Map([['a.npz', new Uint8Array(await readFile(path))]]) };
  });

  it('cut anywhere is an error', async () => {
    expect(await cutEverywhere(file)).toBe(0);
  });

  it('with flipped bits is an error or data', async () => {
    const read = await flipBits(file);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(1500);
  });
});
