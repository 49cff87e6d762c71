import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bufferFolder } from '../../main/formats/buffer-folder.ts';
import { csv as csvReader } from '../../main/formats/csv.ts';
import type { Format } from '../../main/formats/format.ts';
import { npz as npzReader } from '../../main/formats/npz.ts';
import { tecplot as tecplotReader } from '../../main/formats/tecplot.ts';
import { tiff as tiffReader } from '../../main/formats/tiff/tiff.ts';
import { vti as vtiReader } from '../../main/formats/vti.ts';
import { csv } from '../../main/writers/csv.ts';
import { npy } from '../../main/writers/npy.ts';
import { npz } from '../../main/writers/npz.ts';
import { tecplot } from '../../main/writers/tecplot.ts';
import { tiff } from '../../main/writers/tiff.ts';
import { vti } from '../../main/writers/vti.ts';
import type { Writer } from '../../main/writers/writer.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { Dataset, FrameDataset } from '../../shared/model/dataset.ts';
import { vectorSample } from '../support/described-data.ts';
import { expectSameValues, openWith, temporaryFolder, writeTo } from '../support/export-round-trip.ts';

/** Seven buffers, of which 0, 3, 4 and 6 are not there. */
function gappy(): FrameDataset {
  const missing = [
    [0, 1],
    [3, 5],
    [6, 7],
  ] as const;
  const dataset = vectorSample({ buffers: 7 });
  return {
    ...dataset,
    info: { ...dataset.info, missing },
    buffer: (index, o) => {
      if ([0, 3, 4, 6].includes(index)) throw new DataError('not-found', 'gap');
      return dataset.buffer(index, o);
    },
  };
}

const CASES: readonly (readonly [name: string, writer: Writer, reader: Format<Dataset>, options: Record<string, unknown>])[] = [
  ['a.npz', npz, npzReader, {}],
  ['b.npz', npz, npzReader, { layout: 'buffers' }],
  ['a.tif', tiff, tiffReader, {}],
  ['tifs', tiff, bufferFolder([tiffReader]), { files: 'buffer' }],
  ['a.csv', csv, csvReader, {}],
  ['tables', csv, bufferFolder([csvReader]), { files: 'buffer' }],
  ['a.dat', tecplot, tecplotReader, {}],
  ['a.pvd', vti, vtiReader, {}],
];

describe('buffers that are missing', () => {
  it.each(CASES)('stay missing in %s', async (name, writer, reader, options) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, name);
    const dataset = gappy();
    expect((await writeTo(writer, dataset, path, { options })).buffers).toBe(3);
    await using read = await openWith(reader, path);
    expect(read.info.missing).toEqual([
      [0, 1],
      [3, 5],
      [6, 7],
    ]);
    expect(read.info.nav).toEqual(dataset.info.nav);
    for (const index of [1, 2, 5]) await expectSameValues(await read.buffer(index), await dataset.buffer(index), ['u', 'v', 'w', 'valid']);
    for (const index of [0, 3, 4, 6]) await expect(read.buffer(index)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are refused by outputs that cannot tell them', async () => {
    await using folder = await temporaryFolder();
    await expect(writeTo(npy, gappy(), join(folder.path, 'a.npy'))).rejects.toMatchObject({ code: 'unsupported' });
  });
});
