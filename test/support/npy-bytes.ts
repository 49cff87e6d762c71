import { bytesOf, type DType, type TypedArray } from '../../shared/model/dtype.ts';

/** The bytes of a .npy file, version 1.0, C order. */
export function npyBytes(dtype: DType, shape: readonly number[], data: TypedArray): Uint8Array {
  const order = dtype.endsWith('1') && dtype.length === 2 ? '|' : '<';
  const text = `{'descr': '${order}${dtype}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(bytesOf(data), 10 + header.length);
  return bytes;
}
