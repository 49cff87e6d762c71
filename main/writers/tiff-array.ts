import { bytesOf } from '../../shared/model/dtype.ts';
import { createTiffWriter, MAX_CLASSIC_BYTES, tiffBytesAtMost } from '../codecs/tiff/write-tiff.ts';
import { planeCount, planeSize, type ArrayWriter } from './array-writer.ts';
import { SOFTWARE } from './version.ts';

/** Grey TIFF with the numbers as they are, one page a plane; BigTIFF where it passes 4 GB. */
export const tiffArray: ArrayWriter = {
  id: 'tiff',
  label: 'TIFF',
  extensions: ['tif', 'tiff'],
  accepts: (layout) => !layout.fields || `TIFF holds plain numbers, not ${layout.fields.join(', ')} together; choose one with --component`,
  begin: async (file, layout) => {
    const page = { ...planeSize(layout), dtype: layout.dtype };
    const pages = planeCount(layout);
    const isBig = tiffBytesAtMost(page, pages) > MAX_CLASSIC_BYTES;
    const writer = createTiffWriter((bytes) => file.write(bytes), { isBig, software: SOFTWARE });
    let left = pages;
    return {
      append: async (plane) => {
        await writer.add({ ...page, data: bytesOf(plane) });
        if (--left === 0) await writer.finish();
      },
    };
  },
};
