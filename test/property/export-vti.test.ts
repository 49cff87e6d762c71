import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bufferFolder } from '../../main/formats/buffer-folder.ts';
import { vti as reader } from '../../main/formats/vti.ts';
import { vti as writer } from '../../main/writers/vti.ts';
import type { FrameDataset } from '../../shared/model/dataset.ts';
import { imageSample, vectorSample } from '../support/described-data.ts';
import { cutEverywhere, flipBits } from '../support/export-fuzz.ts';
import { expectSameFacts, expectSameValues, namesIn, openWith, temporaryFolder, writeTo } from '../support/export-round-trip.ts';

const SAMPLES: readonly (readonly [string, () => FrameDataset, readonly string[]])[] = [
  ['pictures of two frames', () => imageSample(), ['PIXEL', 'TS:Temperature <K>', 'valid', 'x', 'y', 'z']],
  ['vectors in volumes', () => vectorSample(), ['u', 'v', 'w', 'speed', 'TS:Temperature <K>', 'valid', 'x', 'y', 'z']],
];

/** Frame 1 of every buffer lies elsewhere. */
function otherGrid(dataset: FrameDataset): FrameDataset {
  return {
    ...dataset,
    buffer: async (index, options) => {
      const buffer = await dataset.buffer(index, options);
      const frames = buffer.info.frames.map((frame, k) =>
        k === 1 ? { ...frame, scales: { ...frame.scales, x: { ...frame.scales.x, offset: 100 } } } : frame,
      );
      return { ...buffer, info: { ...buffer.info, frames } };
    },
  };
}

describe('vti', () => {
  it.each(SAMPLES)('keeps %s in a collection', async (_, sample, components) => {
    await using folder = await temporaryFolder();
    const dataset = sample();
    const path = join(folder.path, 'run.pvd');
    await writeTo(writer, dataset, path);
    expect(await namesIn(folder.path)).toEqual(['run', 'run.pvd']);
    await using read = await openWith(reader, path);
    await expectSameFacts(read, dataset);
    for (let i = 0; i < 3; i++) await expectSameValues(await read.buffer(i), await dataset.buffer(i), components);
    await using asFolder = await openWith(bufferFolder([reader]), join(folder.path, 'run'));
    await expectSameFacts(asFolder, dataset);
    expect(await readFile(path, 'utf8')).toContain('<DataSet timestep="0.501" part="0" file="run/00001.vti"/>');
  });

  it('writes one buffer as one file, in single precision where asked', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.vti');
    const { losses } = await writeTo(writer, vectorSample({ buffers: 1 }), path, { options: { precision: 'single' } });
    expect(losses.join()).toContain('single precision');
    await using read = await openWith(reader, path);
    const buffer = await read.buffer(0);
    const wanted = await vectorSample().buffer(0);
    const plane = { frame: 0, component: 'TS:Temperature <K>', plane: 1 };
    const [got, stored] = [(await buffer.plane(plane)).data, (await wanted.plane(plane)).data];
    expect(got[1]).toBe(Math.fround(Number(stored[1]) * 0.25 + 273.15));
  });

  it('refuses what one file cannot hold', async () => {
    await using folder = await temporaryFolder();
    await expect(writeTo(writer, vectorSample(), join(folder.path, 'a.vti'))).rejects.toMatchObject({ code: 'invalid-option' });
    await expect(writeTo(writer, otherGrid(imageSample('u2', { buffers: 1 })), join(folder.path, 'a.vti'))).rejects.toMatchObject({
      code: 'invalid-option',
    });
    expect(await namesIn(folder.path)).toEqual([]);
  });

  it('writes frames with another grid into files of their own', async () => {
    await using folder = await temporaryFolder();
    const dataset = otherGrid(imageSample('u2', { buffers: 2, frames: 3 }));
    const path = join(folder.path, 'run.pvd');
    await writeTo(writer, dataset, path);
    expect(await namesIn(join(folder.path, 'run'))).toEqual([
      '00000.vti',
      '00000_part1.vti',
      '00001.vti',
      '00001_part1.vti',
      'streakline.json',
    ]);
    expect(await readFile(path, 'utf8')).toContain('<DataSet timestep="0.501" part="1" file="run/00001_part1.vti"/>');
    const components = ['PIXEL', 'TS:Temperature <K>', 'valid', 'x', 'y', 'z'];
    for (const [format, place] of [
      [reader, path],
      [bufferFolder([reader]), join(folder.path, 'run')],
    ] as const) {
      await using read = await openWith(format, place);
      await expectSameFacts(read, dataset);
      for (let i = 0; i < 2; i++) await expectSameValues(await read.buffer(i), await dataset.buffer(i), components);
    }
    await using part = await openWith(reader, join(folder.path, 'run', '00001_part1.vti'));
    expect((await part.buffer(0)).info.frames).toHaveLength(1);
    await rm(join(folder.path, 'run', '00001_part1.vti'));
    await using rest = await openWith(reader, path);
    await expect((await rest.buffer(1)).plane({ frame: 1, component: 'PIXEL', plane: 0 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes the times of a collection of another program where its files have none', async () => {
    await using read = await openWith(reader, join(import.meta.dirname, '..', '..', 'fixtures', 'vti', 'two_times.pvd'));
    const times = [(await read.buffer(0)).info.time, (await read.buffer(1)).info.time];
    expect(times).toEqual([
      { seconds: 0.75, source: 'TimeValue' },
      { seconds: 1.5, source: 'timestep' },
    ]);
  });

  it('names no files outside of the folder of the collection', async () => {
    await using folder = await temporaryFolder();
    const inside = join(folder.path, 'inside');
    await mkdir(inside);
    await writeTo(writer, imageSample('u1', { buffers: 1, frames: 1 }), join(folder.path, 'secret.vti'), {});
    const collection = '<VTKFile type="Collection"><Collection><DataSet file="../secret.vti"/></Collection></VTKFile>';
    await writeFile(join(inside, 'run.pvd'), collection);
    await expect(openWith(reader, join(inside, 'run.pvd'))).rejects.toMatchObject({ code: 'access-denied', field: '../secret.vti' });
  });

  it('leaves no collection when it is cancelled, and goes on', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'run.pvd');
    const abort = new AbortController();
    const dataset = vectorSample();
    const cancelled = { signal: abort.signal, progress: () => abort.abort() };
    await expect(writeTo(writer, dataset, path, cancelled)).rejects.toMatchObject({ code: 'aborted' });
    expect(await namesIn(folder.path)).toEqual([]);
    await expect(writeTo(writer, dataset, path, { ...cancelled, resume: true })).rejects.toMatchObject({ code: 'aborted' });
    expect((await namesIn(folder.path)).filter((name) => !name.startsWith('.'))).toEqual([]);
    await writeTo(writer, dataset, path, { resume: true });
    await using read = await openWith(reader, path);
    await expectSameValues(await read.buffer(0), await dataset.buffer(0), ['u', 'v', 'w', 'valid']);
    await expect(writeTo(writer, dataset, path)).rejects.toMatchObject({ code: 'exists' });
  });

  it('that is damaged is an error or data', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.vti');
    await writeTo(writer, imageSample('u1', { buffers: 1, frames: 1 }), path);
    const file = { format: reader, name: 'a.vti', files: new Map([['a.vti', new Uint8Array(await readFile(path))]]) };
    // Behind the data there is the end of the XML, which is not needed.
    expect(await cutEverywhere(file, 3)).toBeLessThan(12);
    const read = await flipBits(file);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(1800);
  });
});
