import { DataError } from '../../shared/model/data-error.ts';

/** Where bytes come from, for errors: the file and the offset of their first byte in it. */
export interface BytePlace {
  readonly path: string;
  readonly offset: number;
}

/**
 * Reads numbers and texts one after the other out of bytes of a file. Little endian unless told; every read is checked first and a
 * short one is `truncated` with path and offset in the file.
 */
export class Cursor {
  /** Index of the next byte in `bytes`. */
  position = 0;
  readonly bytes: Uint8Array;
  readonly place: BytePlace;
  readonly #view: DataView;
  readonly #little: boolean;

  constructor(bytes: Uint8Array, place: BytePlace, order: 'little' | 'big' = 'little') {
    this.bytes = bytes;
    this.place = place;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = order === 'little';
  }

  get remaining(): number {
    return this.bytes.byteLength - this.position;
  }

  /** Offset of the next byte in the file. */
  get offset(): number {
    return this.place.offset + this.position;
  }

  i16(): number {
    return this.#view.getInt16(this.#take(2), this.#little);
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), this.#little);
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4), this.#little);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), this.#little);
  }

  f32(): number {
    return this.#view.getFloat32(this.#take(4), this.#little);
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8), this.#little);
  }

  /** An unsigned 64-bit number, rounded where it is above 2^53. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), this.#little));
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  /** The next `length` bytes as a view. */
  take(length: number): Uint8Array {
    const start = this.#take(length);
    return this.bytes.subarray(start, start + length);
  }

  /** The next `length` bytes as text, one character a byte. */
  latin1(length: number): string {
    return latin1(this.take(length));
  }

  #take(length: number): number {
    if (length < 0 || length > this.remaining) {
      throw new DataError('truncated', `${length} bytes are needed at offset ${this.offset}, only ${this.remaining} are left.`, {
        path: this.place.path,
        offset: this.offset,
      });
    }
    const start = this.position;
    this.position += length;
    return start;
  }
}

const CHUNK_BYTES = 8192;

/** Text of bytes where byte n is code point n, also for 0x80 to 0x9f (TextDecoder's latin1 maps those to other characters). */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES));
  }
  return text;
}
