import { ByteBuilder } from '../byte-builder.ts';

/** Where a text lies in the global heap. */
export interface TextPlace {
  readonly bytes: number;
  readonly collection: bigint;
  readonly index: number;
}

/** Least size that the library reads in one go. */
const MIN_COLLECTION_BYTES = 4096;
const FULL_BYTES = 65536;
const HEADER_BYTES = 16;

/** Collects texts of variable length and writes them in collections "GCOL" (HDF5 File Format Specification 3.0, III.E). */
export function textHeap(append: (bytes: Uint8Array) => Promise<number>): {
  /** A place that counts once `flush` has been awaited. */
  add(text: string): () => TextPlace;
  flush(): Promise<void>;
} {
  let waiting: { readonly bytes: Uint8Array; place?: TextPlace }[] = [];
  const flush = async (): Promise<void> => {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; ) {
      let size = HEADER_BYTES;
      let to = from;
      while (to < all.length && (to === from || size < FULL_BYTES)) size += objectBytes(all[to++]?.bytes.length ?? 0);
      const part = all.slice(from, to);
      const collection = BigInt(await append(encodeCollection(part.map(({ bytes }) => bytes))));
      for (const [i, entry] of part.entries()) entry.place = { bytes: entry.bytes.length, collection, index: i + 1 };
      from = to;
    }
  };
  return {
    add: (text) => {
      const entry: { readonly bytes: Uint8Array; place?: TextPlace } = { bytes: new TextEncoder().encode(text) };
      waiting.push(entry);
      return () => {
        if (!entry.place) throw new Error('the text heap was not flushed');
        return entry.place;
      };
    },
    flush,
  };
}

function objectBytes(length: number): number {
  return HEADER_BYTES + 8 * Math.ceil(length / 8);
}

/** Objects of u16 index from 1, u16 references, 4 spare bytes, u64 bytes, data up to a multiple of 8; the rest is the free object 0. */
function encodeCollection(objects: readonly Uint8Array[]): Uint8Array {
  const used = HEADER_BYTES + objects.reduce((sum, { length }) => sum + objectBytes(length), 0);
  const size = Math.max(MIN_COLLECTION_BYTES, used + HEADER_BYTES);
  const bytes = new ByteBuilder().text('GCOL').u8(1, 0, 0, 0).u64(size);
  for (const [i, object] of objects.entries()) {
    const end = bytes.length + objectBytes(object.length);
    bytes
      .u16(i + 1)
      .u16(0)
      .u32(0)
      .u64(object.length)
      .put(object);
    bytes.zeros(end - bytes.length);
  }
  bytes
    .u16(0)
    .u16(0)
    .u32(0)
    .u64(size - used);
  return bytes.zeros(size - bytes.length).done();
}
