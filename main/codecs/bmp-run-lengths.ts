import { DataError } from '../../shared/model/data-error.ts';
import type { Cursor } from './cursor.ts';

/** Second byte behind a zero. */
const END_OF_ROW = 0;
const END_OF_PICTURE = 1;
const MOVE = 2;

/**
 * Palette indices of a BMP with run lengths (BI_RLE8, BI_RLE4), top row first. Pairs of bytes: a count above 0 repeats the second byte (of
 * 4 bits: its two halves in turn); a zero is followed by a command, or by a count of indices as they are, in whole words of 2 bytes.
 * What is jumped over has index 0.
 */
export function decodeRunLengths(
  cursor: Cursor,
  { width, height, bits }: { readonly width: number; readonly height: number; readonly bits: number },
): Uint8Array {
  const out = new Uint8Array(width * height);
  let [x, y] = [0, 0];
  const put = (index: number): void => {
    if (x >= width || y >= height)
      throw new DataError('malformed', `The run lengths at offset ${cursor.offset} lead outside of the picture (column ${x}, row ${y}).`, {
        ...cursor.place,
        offset: cursor.offset,
      });
    out[(height - 1 - y) * width + x++] = index;
  };
  const half = (byte: number, i: number): number => (bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15);
  for (;;) {
    const count = cursor.u8();
    const value = cursor.u8();
    if (count > 0) for (let i = 0; i < count; i++) put(half(value, i));
    else if (value === END_OF_PICTURE) return out;
    else if (value === END_OF_ROW) [x, y] = [0, y + 1];
    else if (value === MOVE) [x, y] = [x + cursor.u8(), y + cursor.u8()];
    else {
      const literal = cursor.take(Math.ceil((value * bits) / 8));
      for (let i = 0; i < value; i++) put(half(literal[(i * bits) >> 3] as number, i));
      if (literal.length % 2 === 1) cursor.take(1);
    }
  }
}
