import type { ByteSource } from '../../sources/byte-source.ts';
import { lendBytes } from '../../sources/scratch.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { DataError } from '../../../shared/model/data-error.ts';

/** Small files are read in one go; of big ones this much comes with the header. */
const HEAD_BYTES = 65536;

/** Checked reads from one file; bytes near its start come from the first read. */
export interface FileBytes {
  readonly path: string;
  readonly size: number;
  /** `length` bytes in an array of their own, so they start at an aligned address; `truncated` where the file is shorter. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** The same for bytes that are used up before `work` ends; they start at an even address. */
  lend<T>(offset: number, length: number, work: (bytes: Uint8Array) => T | Promise<T>): Promise<T>;
}

export async function readAhead(source: ByteSource, options?: ReadOptions): Promise<FileBytes> {
  const { size, name: path } = source;
  const head = await source.read(0, Math.min(size, HEAD_BYTES), options);
  const check = (offset: number, length: number): void => {
    if (offset + length <= size) return;
    throw new DataError('truncated', `${length} bytes are needed at offset ${offset}, the file ends after ${size}.`, { path, offset });
  };
  return {
    path,
    size,
    read: async (offset, length) => {
      check(offset, length);
      return offset + length <= head.byteLength ? head.slice(offset, offset + length) : source.read(offset, length, options);
    },
    lend: async (offset, length, work) => {
      check(offset, length);
      return offset + length <= head.byteLength
        ? work(head.slice(offset, offset + length))
        : lendBytes(source, offset, length, options, work);
    },
  };
}
