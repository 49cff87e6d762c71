import { readFileSync } from 'node:fs';

/** The f8 numbers of an .npy file. */
export function npyNumbers(path: string): Float64Array {
  const bytes = readFileSync(path);
  const start = 10 + bytes.readUInt16LE(8);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length));
}
