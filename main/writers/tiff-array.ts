import { bytesOf } from '../../shared/model/dtype.ts';
import { MAX_TIFF_BYTES, tiffBytes, tiffDirectory, tiffHeader, tiffHolds, tiffPadding, type TiffPages } from '../codecs/tiff-writer.ts';
import { planeCount, planeSize, type ArrayLayout, type ArrayWriter } from './array-writer.ts';

/** Grey TIFF with the numbers as they are, one page a plane. */
export const tiffArray: ArrayWriter = {
  id: 'tiff',
  label: 'TIFF',
  extensions: ['tif', 'tiff'],
  accepts: (layout) => {
    if (layout.fields) return `TIFF holds plain numbers, not ${layout.fields.join(', ')} together; choose one with --component`;
    if (!tiffHolds(layout.dtype)) return `TIFF has no samples of type ${layout.dtype}`;
    const bytes = tiffBytes(pagesOf(layout));
    return bytes <= MAX_TIFF_BYTES || `a TIFF of ${bytes} bytes is over the limit of ${MAX_TIFF_BYTES}; choose --buffer, or write .npy`;
  },
  begin: async (file, layout) => {
    const pages = pagesOf(layout);
    let page = 0;
    await file.write(tiffHeader());
    return {
      append: async (plane) => {
        await file.write(tiffDirectory(pages, page++));
        await file.write(bytesOf(plane));
        await file.write(tiffPadding(pages));
      },
    };
  },
};

function pagesOf(layout: ArrayLayout): TiffPages {
  return { ...planeSize(layout), dtype: layout.dtype, pages: planeCount(layout) };
}
