import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { npy as reader } from '../../../main/formats/npy.ts';
import { npy as writer } from '../../../main/writers/npy.ts';
import { fieldPlane } from '../../../shared/compute/derived-plane.ts';
import { imageSample, vectorSample } from '../../support/described-data.ts';
import { openWith, temporaryFolder, writeTo } from '../../support/export-round-trip.ts';

describe('npy of a whole dataset', () => {
  it('keeps the stored numbers of pictures and tells what is left out', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.npy');
    const dataset = imageSample('u2', { frames: 2 });
    const { losses, buffers } = await writeTo(writer, dataset, path, { options: { frame: 1 } });
    expect(buffers).toBe(3);
    expect(losses).toEqual([
      'Scales, units, attributes and masks: .npy holds numbers alone; .npz keeps them.',
      'Only one frame of every buffer is written; .npz keeps all.',
      'Other components are not written: MASK, TS:Temperature <K>.',
    ]);
    await using read = await openWith(reader, path);
    const plane = { component: 'PIXEL', plane: 0 };
    for (let i = 0; i < 3; i++)
      expect((await (await read.buffer(i)).plane({ ...plane, frame: 0 })).data).toEqual(
        (await (await dataset.buffer(i)).plane({ ...plane, frame: 1 })).data,
      );
  });

  it('writes vectors with their components together, which open as vectors', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.npy');
    const dataset = vectorSample();
    await writeTo(writer, dataset, path);
    await using read = await openWith(reader, path, { sig_dims: 3 });
    const [got, wanted] = [await read.buffer(2), await dataset.buffer(2)];
    expect(got.info.frames[0]).toMatchObject({ kind: 'vector', dimensions: 3, planes: 2 });
    for (const name of ['u', 'v', 'w'])
      expect((await fieldPlane(got, { frame: 0, plane: 1 }, name, 'raw')).data).toEqual(
        (await fieldPlane(wanted, { frame: 0, plane: 1 }, name, 'masked')).data,
      );
  });

  it('refuses buffers that make no single array', async () => {
    await using folder = await temporaryFolder();
    const [small, large] = [imageSample(), imageSample('u2', { width: 7 })];
    const mixed = { ...small, buffer: (index: number) => (index === 1 ? large : small).buffer(index) };
    await expect(writeTo(writer, mixed, join(folder.path, 'a.npy'))).rejects.toMatchObject({ code: 'unsupported' });
  });
});
