/** Puts little-endian numbers and texts one after the other into bytes that grow as needed. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  i16(value: number): void {
    this.#view.setInt16(this.#room(2), value, true);
  }

  i32(value: number): void {
    this.#view.setInt32(this.#room(4), value, true);
  }

  u32(value: number): void {
    this.#view.setUint32(this.#room(4), value, true);
  }

  u64(value: number): void {
    this.#view.setBigUint64(this.#room(8), BigInt(value), true);
  }

  bytes(values: Uint8Array): void {
    this.#bytes.set(values, this.#room(values.byteLength));
  }

  zeros(count: number): void {
    this.#room(count);
  }

  /** Everything so far, as a view. */
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Zeroed room for `count` more bytes; where it starts. */
  #room(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.byteLength) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.byteLength));
      larger.set(this.#bytes.subarray(0, start));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }
}
