import { encode } from 'fast-png';
import { planeCount, planeSize, type ArrayWriter } from './array-writer.ts';

/** Grey PNG of 8 or 16 bits with the numbers as they are. */
export const pngArray: ArrayWriter = {
  id: 'png',
  label: 'PNG',
  extensions: ['png'],
  accepts: (layout) => {
    if (layout.fields) return `PNG holds plain numbers, not ${layout.fields.join(', ')} together; choose one with --component`;
    if (!['b1', 'u1', 'u2'].includes(layout.dtype))
      return `PNG holds unsigned samples of 8 or 16 bits, not ${layout.dtype}; write .tiff or .npy`;
    return planeCount(layout) === 1 || `PNG holds one plane, and this would be ${planeCount(layout)}; choose --buffer and --plane`;
  },
  begin: async (file, layout) => {
    const size = planeSize(layout);
    return {
      append: (plane) =>
        file.write(encode({ ...size, data: plane as Uint8Array | Uint16Array, depth: layout.dtype === 'u2' ? 16 : 8, channels: 1 })),
    };
  },
};
