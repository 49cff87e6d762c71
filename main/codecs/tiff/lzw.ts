import { DataError } from '../../../shared/model/data-error.ts';
import type { BytePlace } from '../cursor.ts';

const CLEAR = 256;
const END = 257;
const FIRST = 258;
const MAX_CODES = 4096;
const MIN_WIDTH = 9;
const MAX_WIDTH = 12;

/** The strings that codes stand for: each is another one with a byte behind it. */
class LzwTable {
  next = FIRST;
  readonly #prefix = new Int16Array(MAX_CODES);
  readonly #last = new Uint8Array(MAX_CODES);
  readonly #length = new Uint16Array(MAX_CODES);

  constructor() {
    for (let code = 0; code < CLEAR; code++) {
      this.#last[code] = code;
      this.#length[code] = 1;
    }
  }

  /** Writes the string of a code at `put`, as far as there is room, and returns its length. */
  write(code: number, out: Uint8Array, put: number): number {
    const size = this.#length[code] as number;
    for (let i = put + size - 1, from = code; i >= put; i--) {
      if (i < out.length) out[i] = this.#last[from] as number;
      from = this.#prefix[from] as number;
    }
    return size;
  }

  add(previous: number, byte: number): void {
    if (this.next === MAX_CODES) return;
    this.#prefix[this.next] = previous;
    this.#last[this.next] = byte;
    this.#length[this.next] = (this.#length[previous] as number) + 1;
    this.next++;
  }
}

/**
 * TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, highest bit first, one bit wider a code early. At most `limit` bytes of
 * output; what follows is ignored, as readers do. `malformed` for codes that stand for nothing.
 */
export function decodeLzw(bytes: Uint8Array, limit: number, place: BytePlace): Uint8Array {
  if (bytes[0] === 0 && ((bytes[1] ?? 0) & 1) === 1)
    throw new DataError('unsupported', 'LZW data in the order of bits before TIFF 6.0 are not supported.', place);
  const out = new Uint8Array(limit);
  const table = new LzwTable();
  let width = MIN_WIDTH;
  let previous = -1;
  let buffer = 0;
  let held = 0;
  let put = 0;
  for (let at = 0; put < limit; ) {
    while (held < width && at < bytes.length) {
      buffer = ((buffer << 8) | (bytes[at++] as number)) & 0xffffff;
      held += 8;
    }
    if (held < width) break;
    held -= width;
    const code = (buffer >> held) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      table.next = FIRST;
      width = MIN_WIDTH;
      previous = -1;
      continue;
    }
    put = writeCode(table, { code, previous, put }, out, place);
    previous = code;
    if (table.next + 1 >= 1 << width && width < MAX_WIDTH) width++;
  }
  return put >= limit ? out : out.subarray(0, put);
}

/** Writes a code's string and defines the next code; returns the new end of the output. */
function writeCode(table: LzwTable, at: { code: number; previous: number; put: number }, out: Uint8Array, place: BytePlace): number {
  const { code, previous, put } = at;
  const isNew = code === table.next;
  if (code > table.next || (isNew && previous < 0))
    throw new DataError('malformed', `The LZW data at offset ${place.offset} are damaged: code ${code} stands for nothing.`, place);
  // A code that is just being defined is the previous string with its own first byte behind it.
  let end = put + table.write(isNew ? previous : code, out, put);
  const first = out[put] as number;
  if (isNew) {
    if (end < out.length) out[end] = first;
    end++;
  }
  if (previous >= 0) table.add(previous, first);
  return end;
}
