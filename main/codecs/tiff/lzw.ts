import { DataError } from '../../../shared/model/data-error.ts';
import type { BytePlace } from '../cursor.ts';

const CLEAR = 256;
const END = 257;
const FIRST = 258;
const MAX_CODES = 4096;

/**
 * TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, highest bit first, one bit wider a code early. At most `limit` bytes of
 * output; what follows is ignored, as readers do. `malformed` for codes that stand for nothing.
 */
export function decodeLzw(bytes: Uint8Array, limit: number, place: BytePlace): Uint8Array {
  if (bytes[0] === 0 && ((bytes[1] ?? 0) & 1) === 1)
    throw new DataError('unsupported', 'LZW data in the order of bits before TIFF 6.0 are not supported.', place);
  const out = new Uint8Array(limit);
  const prefix = new Int16Array(MAX_CODES);
  const last = new Uint8Array(MAX_CODES);
  const length = new Uint16Array(MAX_CODES);
  for (let code = 0; code < CLEAR; code++) {
    last[code] = code;
    length[code] = 1;
  }
  let next = FIRST;
  let width = 9;
  let previous = -1;
  let buffer = 0;
  let held = 0;
  let at = 0;
  let put = 0;
  while (put < limit) {
    while (held < width && at < bytes.length) {
      buffer = ((buffer << 8) | (bytes[at++] as number)) & 0xffffff;
      held += 8;
    }
    if (held < width) break;
    const code = (buffer >> (held - width)) & ((1 << width) - 1);
    held -= width;
    if (code === END) break;
    if (code === CLEAR) {
      next = FIRST;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0) || (code >= CLEAR && code < FIRST))
      throw new DataError('malformed', `The LZW data at offset ${place.offset} are damaged: code ${code} stands for nothing.`, place);
    // A code that is just being defined is the previous string with its own first byte behind it.
    const known = code < next ? code : previous;
    let size = length[known] as number;
    let from = known;
    for (let i = put + size - 1; i >= put; i--) {
      if (i < limit) out[i] = last[from] as number;
      from = prefix[from] as number;
    }
    const first = out[put] as number;
    if (code === next) {
      if (put + size < limit) out[put + size] = first;
      size++;
    }
    put += size;
    if (previous >= 0 && next < MAX_CODES) {
      prefix[next] = previous;
      last[next] = first;
      length[next] = (length[previous] as number) + 1;
      next++;
      if (next + 1 >= 1 << width && width < 12) width++;
    }
    previous = code;
  }
  return put >= limit ? out : out.subarray(0, put);
}
