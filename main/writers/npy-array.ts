import { bytesOf } from '../../shared/model/dtype.ts';
import { npyHeaderBytes } from '../codecs/npy.ts';
import { sampleTypeText } from '../codecs/sample-type.ts';
import type { ArrayWriter } from './array-writer.ts';

/** NumPy .npy: little endian, C order; fields become a structured type. */
export const npyArray: ArrayWriter = {
  id: 'npy',
  label: 'NumPy array',
  extensions: ['npy'],
  accepts: () => true,
  begin: async (file, { shape, dtype, fields }) => {
    const type = sampleTypeText({ dtype, littleEndian: true });
    await file.write(npyHeaderBytes(fields ? fields.map((name) => [name, type] as const) : type, shape));
    return { append: (plane) => file.write(bytesOf(plane)) };
  },
};
