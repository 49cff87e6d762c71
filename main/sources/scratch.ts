import type { ReadOptions } from '../../shared/model/dataset.ts';
import type { ByteSource } from './byte-source.ts';

/** Room for what is read and used up at once: a fresh array for each read costs more than the reading. */
export interface Scratch {
  /** Like `read`; the bytes are good until the next read with the same `slot`. They start at a multiple of 8. */
  read(source: ByteSource, slot: number, offset: number, length: number, options?: ReadOptions): Promise<Uint8Array>;
}

export function createScratch(): Scratch {
  const rooms: Uint8Array[] = [];
  return {
    read: async (source, slot, offset, length, options) => {
      // What the file does not hold is refused by the source, before room for it is made.
      if (!source.readInto || offset + length > source.size) return source.read(offset, length, options);
      let room = rooms[slot];
      if (!room || room.byteLength < length) rooms[slot] = room = new Uint8Array(length);
      const bytes = room.subarray(0, length);
      await source.readInto(bytes, offset, options);
      return bytes;
    },
  };
}

/** Fresh arrays, for what is kept. */
export const FRESH: Scratch = { read: (source, _slot, offset, length, options) => source.read(offset, length, options) };

/** Larger arrays are not kept. */
const MOST_SPARE_BYTES = 1 << 25;
let spare: Uint8Array | undefined;

/** Gives `work` bytes that it uses up before it ends; they lie where the last such bytes lay, unless those are still in use. */
export async function lendBytes<T>(
  source: ByteSource,
  offset: number,
  length: number,
  options: ReadOptions | undefined,
  work: (bytes: Uint8Array) => T | Promise<T>,
): Promise<T> {
  // What the file does not hold is refused by the source, before room for it is made.
  if (!source.readInto || length > MOST_SPARE_BYTES || offset + length > source.size)
    return work(await source.read(offset, length, options));
  const room = spare && spare.byteLength >= length ? spare : new Uint8Array(length);
  spare = undefined;
  try {
    const bytes = room.subarray(0, length);
    await source.readInto(bytes, offset, options);
    return await work(bytes);
  } finally {
    spare = room;
  }
}
