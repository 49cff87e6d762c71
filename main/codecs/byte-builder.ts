const START_BYTES = 256;

/** An address or size that is not there, in HDF5's words "undefined". */
export const UNDEFINED_ADDRESS = 0xffffffffffffffffn;

/** Little-endian bytes that grow. */
export class ByteBuilder {
  private bytes = new Uint8Array(START_BYTES);
  private view = new DataView(this.bytes.buffer);
  length = 0;

  private room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.length, 2 * this.bytes.length));
      grown.set(this.bytes.subarray(0, at));
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return at;
  }

  u8(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.room(1);
      this.bytes[at] = value;
    }
    return this;
  }

  u16(value: number): this {
    const at = this.room(2);
    this.view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.room(4);
    this.view.setUint32(at, value, true);
    return this;
  }

  u64(value: number | bigint): this {
    const at = this.room(8);
    this.view.setBigUint64(at, BigInt(value), true);
    return this;
  }

  put(bytes: Uint8Array): this {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
    return this;
  }

  text(text: string): this {
    return this.put(new TextEncoder().encode(text));
  }

  zeros(count: number): this {
    this.room(count);
    return this;
  }

  /** The bytes so far; valid until more is added. */
  done(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}
