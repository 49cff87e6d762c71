import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { ByteSource } from './byte-source.ts';
import { checkRange } from './read-range.ts';

/** Bytes that are in memory already: dropped files and tests. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  let open = true;
  return {
    name,
    size: bytes.byteLength,
    read: async (offset, length, options) => {
      throwIfAborted(options?.signal);
      if (!open) throw new DataError('closed', `${name} is closed.`, { path: name });
      checkRange({ name, size: bytes.byteLength }, offset, length);
      return bytes.slice(offset, offset + length);
    },
    [Symbol.asyncDispose]: async () => {
      open = false;
    },
  };
}
