import { DataError } from '../../../shared/model/data-error.ts';
import type { BytePlace } from '../../codecs/cursor.ts';

/** Codes of the byte mode; every other byte is a signed difference to the pixel before. */
const NEXT_IS_WORD = -128;
const NIBBLES_FOLLOW = -127;
const RUN_OF_WORDS = 127;
/** A low nibble of this value ends the nibble mode. */
const END_OF_NIBBLES = 8;

/**
 * Unpacks IMX (byte delta) data: a preview picture (u8 width, u8 height, bytes) to skip, then codes over all rows and frames as one
 * sequence. Returns the pixels and how many bytes were used; `truncated` where the codes end before the pixels.
 * Source: ReadIMX.cpp of the Python package ReadIM 0.8.4, checked against lvpyio.
 */
export function decodeImx(bytes: Uint8Array, count: number, place: BytePlace): { pixels: Uint16Array; used: number } {
  const start = 2 + (bytes[0] ?? 0) * (bytes[1] ?? 0);
  const left = Math.max(0, bytes.length - start);
  if (count > 2 * left) throw shortage(place, `${left} bytes cannot hold the ${count} pixels that the header promises`);
  const pixels = new Uint16Array(count);
  const used = decodeCodes(bytes, start, pixels);
  if (used < 0) throw shortage(place, `the codes end before the ${count} pixels that the header promises`);
  return { pixels, used };
}

function shortage(place: BytePlace, what: string): DataError {
  return new DataError('truncated', `The IMX-packed pixels at offset ${place.offset} are cut: ${what}.`, place);
}

/** Fills `pixels` from the codes at `start`; the position after the last code, or -1 where the bytes end too early. */
function decodeCodes(bytes: Uint8Array, start: number, pixels: Uint16Array): number {
  const end = bytes.length;
  const count = pixels.length;
  let at = start;
  let pixel = 0;
  let last = 0;
  while (pixel < count) {
    if (at >= end) return -1;
    const code = ((bytes[at++] ?? 0) << 24) >> 24;
    if (code > NIBBLES_FOLLOW && code < RUN_OF_WORDS) {
      last = (last + code) & 0xffff;
      pixels[pixel++] = last;
    } else if (code === NIBBLES_FOLLOW) {
      for (let open = true; open && pixel < count; ) {
        if (at >= end) return -1;
        const pair = bytes[at++] ?? 0;
        last = (last + nibbleStep(pair >> 4)) & 0xffff;
        pixels[pixel++] = last;
        const low = pair & 15;
        if (low === END_OF_NIBBLES) open = false;
        else if (pixel < count) {
          last = (last + nibbleStep(low)) & 0xffff;
          pixels[pixel++] = last;
        }
      }
    } else {
      const words = code === NEXT_IS_WORD ? 1 : (bytes[at++] ?? 0);
      if (at + 2 * words > end) return -1;
      for (let word = 0; word < words && pixel < count; word++, at += 2) {
        last = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
        pixels[pixel++] = last;
      }
    }
  }
  return at;
}

/** 0 to 7 stand for themselves, 9 to 15 for -7 to -1; 8 in the high position for -8. */
function nibbleStep(nibble: number): number {
  return nibble < 8 ? nibble : nibble - 16;
}
