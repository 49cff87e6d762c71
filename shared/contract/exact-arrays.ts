import { bytesOf, viewSamples, sampleBytes } from '../model/dtype.ts';
import type { WireArray } from './payload.ts';

/** The array in a buffer of exactly its size: a view is copied, since sending it would drag its whole buffer along. */
export function exactArray(array: WireArray): WireArray {
  const { dtype, data } = array;
  if (data.byteLength === data.buffer.byteLength) return array;
  const bytes = bytesOf(data).slice();
  return { dtype, data: viewSamples(dtype, bytes.buffer, 0, bytes.byteLength / sampleBytes(dtype)) };
}

/** The buffers behind the arrays, each once; shared memory is left out, since it cannot be transferred. */
export function transferList(arrays: readonly WireArray[]): readonly ArrayBuffer[] {
  return [...new Set(arrays.map(({ data }) => data.buffer).filter((buffer) => buffer instanceof ArrayBuffer))];
}
