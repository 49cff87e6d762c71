import { DataError } from '../../shared/model/data-error.ts';
import type { BytePlace } from './cursor.ts';

const MAX_CODES = 4096;

/** The most indices that so many bytes can hold: every code adds one index at most to the longest string. */
export function gifBound(bytes: number): number {
  const codes = Math.ceil((bytes * 8) / 2);
  return codes * Math.min(codes, MAX_CODES);
}

/** Indices of an image of a GIF: LZW with codes of growing size, lowest bit first. More than `count` are left out, fewer are an error. */
export function decodeGifLzw(data: Uint8Array, codeBits: number, count: number, place: BytePlace): Uint8Array {
  const clear = 1 << codeBits;
  const prefix = new Uint16Array(MAX_CODES);
  const last = new Uint8Array(MAX_CODES);
  const first = new Uint8Array(MAX_CODES);
  const lengths = new Uint16Array(MAX_CODES);
  for (let code = 0; code < clear; code++) {
    last[code] = first[code] = code;
    lengths[code] = 1;
  }
  const out = new Uint8Array(count);
  let [next, size, previous] = [clear + 2, codeBits + 1, -1];
  for (let put = 0, at = 0, bits = 0, held = 0; put < count; ) {
    while (held < size && at < data.length) {
      bits |= (data[at++] as number) << held;
      held += 8;
    }
    const code = bits & ((1 << size) - 1);
    if (held < size || code === clear + 1) throw ended(put, count, place);
    bits >>>= size;
    held -= size;
    if (code === clear) {
      [next, size, previous] = [clear + 2, codeBits + 1, -1];
      continue;
    }
    if (code > next || (code >= clear && previous < 0) || (code === next && next >= MAX_CODES))
      throw new DataError('malformed', `The LZW data at offset ${place.offset} have a code that does not exist yet (${code}).`, place);
    if (previous >= 0 && next < MAX_CODES) {
      prefix[next] = previous;
      first[next] = first[previous] as number;
      last[next] = first[code === next ? previous : code] as number;
      lengths[next] = (lengths[previous] as number) + 1;
      next++;
      if (next === 1 << size && size < 12) size++;
    }
    const length = lengths[code] as number;
    for (let i = put + length - 1, from = code; i >= put; i--) {
      if (i < count) out[i] = last[from] as number;
      from = prefix[from] as number;
    }
    put += length;
    previous = code;
  }
  return out;
}

function ended(put: number, count: number, place: BytePlace): DataError {
  return new DataError('truncated', `The LZW data at offset ${place.offset} hold ${put} pixels, the image has ${count}.`, place);
}
