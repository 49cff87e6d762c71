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
    const start = this.#room(2);
    this.#view.setInt16(start, value, true);
  }

  i32(value: number): void {
    const start = this.#room(4);
    this.#view.setInt32(start, value, true);
  }

  u32(value: number): void {
    const start = this.#room(4);
    this.#view.setUint32(start, value, true);
  }

  u64(value: number): void {
    const start = this.#room(8);
    this.#view.setBigUint64(start, BigInt(value), true);
  }

  bytes(values: Uint8Array): void {
    const start = this.#room(values.byteLength);
    this.#bytes.set(values, start);
  }

  zeros(count: number): void {
    this.#room(count);
  }

  /** Everything so far, as a view. */
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Zeroed room for `count` more bytes; where it starts. Asked for before the view is taken, which it may replace. */
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
