/** PackBits (TIFF 6.0, section 9): a count byte n, then n + 1 literal bytes, or for n > 128 one byte 257 - n times; 128 is nothing. */
export function decodePackBits(bytes: Uint8Array, limit: number): Uint8Array {
  const out = new Uint8Array(limit);
  let put = 0;
  for (let at = 0; at < bytes.length && put < limit; ) {
    const n = bytes[at++] as number;
    if (n === 128) continue;
    if (n < 128) {
      const literal = bytes.subarray(at, at + Math.min(n + 1, limit - put));
      out.set(literal, put);
      put += literal.length;
      at += n + 1;
    } else {
      const count = Math.min(257 - n, limit - put);
      if (at < bytes.length) out.fill(bytes[at] as number, put, put + count);
      put += at < bytes.length ? count : 0;
      at++;
    }
  }
  return out.subarray(0, put);
}
