import type { Geometry } from './geometry.ts';

/*
 * Pack type 3: 12-bit pixels, rows packed on their own. Groups of four pixels a b c d take three words a | (b & 15) << 12,
 * b >> 4 | (c & 255) << 8, c >> 8 | d << 4; the last (width mod 4) pixels of a row are plain words.
 */

function rowWords(width: number): number {
  return Math.floor(width / 4) * 3 + (width % 4);
}

/** Bytes of the packed data section. */
export function packed12Bytes(geometry: Geometry): number {
  return 2 * rowWords(geometry.width) * geometry.height * geometry.planes * geometry.frames;
}

/**
 * Bytes that the data section occupies: room for whole groups in every row, though the rows follow one another without gaps. So lvpyio finds
 * what comes after the pixels.
 */
export function occupied12Bytes(geometry: Geometry): number {
  return 6 * Math.ceil(geometry.width / 4) * geometry.height * geometry.planes * geometry.frames;
}

/** Unpacks all rows; `packed` has exactly `packed12Bytes` bytes and starts at an even address. */
export function decode12(packed: Uint8Array, geometry: Geometry): Uint16Array {
  const { width } = geometry;
  const rows = geometry.height * geometry.planes * geometry.frames;
  const words = new Uint16Array(packed.buffer, packed.byteOffset, packed.byteLength / 2);
  const pixels = new Uint16Array(width * rows);
  if (width % 4 === 0) {
    decodeGroups(words, new Uint32Array(pixels.buffer));
    return pixels;
  }
  const grouped = width - (width % 4);
  let word = 0;
  for (let row = 0; row < rows; row++) {
    let pixel = row * width;
    for (const end = pixel + grouped; pixel < end; pixel += 4, word += 3) {
      const first = words[word] as number;
      const second = words[word + 1] as number;
      const third = words[word + 2] as number;
      pixels[pixel] = first & 0xfff;
      pixels[pixel + 1] = (first >> 12) | ((second & 0xff) << 4);
      pixels[pixel + 2] = (second >> 8) | ((third & 15) << 8);
      pixels[pixel + 3] = third >> 4;
    }
    for (const end = (row + 1) * width; pixel < end; pixel++, word++) pixels[pixel] = words[word] ?? 0;
  }
  return pixels;
}

/** Groups only, two pixels in a little-endian word at a time: a fifth faster. */
function decodeGroups(words: Uint16Array, pairs: Uint32Array): void {
  for (let word = 0, pair = 0; pair < pairs.length; word += 3, pair += 2) {
    const first = words[word] as number;
    const second = words[word + 1] as number;
    const third = words[word + 2] as number;
    pairs[pair] = (first & 0xfff) | ((first & 0xf000) << 4) | ((second & 0xff) << 20);
    pairs[pair + 1] = (second >> 8) | ((third & 15) << 8) | ((third & 0xfff0) << 12);
  }
}
