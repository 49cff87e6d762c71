import { DataError } from '../../shared/model/data-error.ts';
import { Cursor, type BytePlace } from './cursor.ts';
import { decodeRunLengths } from './bmp-run-lengths.ts';
import { checkPictureSize, paintIndices, type Picture } from './picture.ts';

/*
 * BMP (Windows bitmap, little endian). File header: 0 'BM', 10 u32 offset of the pixels. Then at 14 the bitmap header, whose u32 length tells
 * its kind: 12 (OS/2) or 40 to 124 (Windows). Windows:
 *   18 i32 width     26 u16 planes, 1                                   30 u32 compression
 *   22 i32 height    28 u16 bits per pixel: 1, 2, 4, 8, 16, 24, 32      46 u32 colours of the palette, 0 for all
 * OS/2: u16 width, height, planes, bits; palette of 3 bytes a colour. A negative height is a picture from top to bottom; others begin below.
 * Masks of red, green, blue (and alpha) stand at 54, in the header or behind one of 40 bytes. Rows fill whole words of 4 bytes.
 */
const OS2_HEADER = 12;
const WINDOWS_HEADER = 40;
const MASKS_OFFSET = 54;
const COMPRESSION = { none: 0, runs8: 1, runs4: 2, masks: 3, alphaMasks: 6 } as const;

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly compression: number;
  /** Red, green, blue, alpha. */
  readonly masks: readonly number[];
  readonly palette: Uint8Array;
  readonly pixels: number;
}

/** Decodes a BMP; 8-bit channels. Run lengths, palettes and channel masks included. */
export function decodeBmp(bytes: Uint8Array, path: string): Picture {
  const place = { path, offset: 0 };
  const header = readHeader(bytes, place);
  const { width, height, bits } = header;
  const pixels = new Cursor(bytes, place);
  pixels.position = Math.min(header.pixels, bytes.length);
  if (header.compression === COMPRESSION.runs8 || header.compression === COMPRESSION.runs4) {
    const indices = decodeRunLengths(pixels, { width, height, bits });
    return { width, height, isTransparent: false, text: {}, ...paintIndices(indices, header.palette, path) };
  }
  const stride = Math.ceil((width * bits) / 32) * 4;
  // The padding of the last row may be missing.
  const packed = pixels.take(stride * (height - 1) + Math.ceil((width * bits) / 8));
  const rowOf = (row: number): number => (header.isTopDown ? row : height - 1 - row) * stride;
  if (bits > 8) {
    const isTransparent = header.masks[3] !== 0;
    return { width, height, channels: 3, isTransparent, text: {}, data: unpackColors(packed, header, rowOf, place) };
  }
  const indices = new Uint8Array(width * height);
  const mask = (1 << bits) - 1;
  for (let row = 0, put = 0; row < height; row++) {
    const from = rowOf(row);
    for (let bit = 0; bit < width * bits; bit += bits)
      indices[put++] = ((packed[from + (bit >> 3)] as number) >> (8 - bits - (bit & 7))) & mask;
  }
  return { width, height, isTransparent: false, text: {}, ...paintIndices(indices, header.palette, path) };
}

function readHeader(bytes: Uint8Array, place: BytePlace): BmpHeader {
  const cursor = new Cursor(bytes, place);
  if (cursor.latin1(2) !== 'BM')
    throw new DataError('malformed', 'The file does not begin with the signature of BMP.', { ...place, field: 'signature' });
  cursor.position = 10;
  const pixels = cursor.u32();
  const length = cursor.u32();
  if (length !== OS2_HEADER && (length < WINDOWS_HEADER || length > 124))
    throw new DataError('unsupported', `A BMP header of ${length} bytes is not known; 12 and 40 to 124 are.`, { ...place, offset: 14 });
  const isOs2 = length === OS2_HEADER;
  const [width, signed] = isOs2 ? [cursor.u16(), cursor.u16()] : [cursor.i32(), cursor.i32()];
  cursor.take(2);
  const bits = cursor.u16();
  const compression = isOs2 ? COMPRESSION.none : cursor.u32();
  checkKind(bits, compression, place);
  const height = Math.abs(signed);
  const isPacked = compression === COMPRESSION.runs8 || compression === COMPRESSION.runs4;
  // Two bytes of run lengths hold 255 pixels, or move anywhere: as much again is taken for a picture with gaps.
  checkPictureSize(width, height, { ...place, offset: 18 }, isPacked ? 65_536 + 255 * bytes.length : (8 * bytes.length) / bits);
  cursor.position = 46;
  const colors = isOs2 || bits > 8 ? 0 : cursor.u32();
  const masks = readMasks(cursor, bits, compression, length);
  const start = 14 + length + (length === WINDOWS_HEADER && compression === COMPRESSION.masks ? 12 : 0);
  const palette =
    bits > 8
      ? new Uint8Array(0)
      : readPalette(bytes, { start, end: pixels, size: isOs2 ? 3 : 4, colors: Math.min(colors || 256, 1 << bits) });
  return { width, height, isTopDown: signed < 0, bits, compression, masks, palette, pixels };
}

function checkKind(bits: number, compression: number, place: BytePlace): void {
  const known: Readonly<Record<number, readonly number[]>> = {
    [COMPRESSION.none]: [1, 2, 4, 8, 16, 24, 32],
    [COMPRESSION.runs8]: [8],
    [COMPRESSION.runs4]: [4],
    [COMPRESSION.masks]: [16, 32],
    [COMPRESSION.alphaMasks]: [16, 32],
  };
  if (known[compression]?.includes(bits)) return;
  throw new DataError('unsupported', `BMP with ${bits} bits per pixel and compression ${compression} is not supported.`, {
    ...place,
    offset: 28,
    hint: 'Supported are 1, 2, 4, 8, 16, 24 and 32 bits, run lengths of 4 and 8 bits, and channel masks.',
  });
}

function readMasks(cursor: Cursor, bits: number, compression: number, length: number): readonly number[] {
  if (compression === COMPRESSION.none) return bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0];
  if (bits <= 8) return [];
  cursor.position = MASKS_OFFSET;
  const colors = [cursor.u32(), cursor.u32(), cursor.u32()];
  return [...colors, length > 52 || compression === COMPRESSION.alphaMasks ? cursor.u32() : 0];
}

/** RGB of the entries between the header and the pixels, which are stored as blue, green, red and perhaps a byte more. */
function readPalette(
  bytes: Uint8Array,
  at: { readonly start: number; readonly end: number; readonly size: number; readonly colors: number },
): Uint8Array {
  const colors = Math.max(0, Math.min(at.colors, Math.floor((Math.min(at.end, bytes.length) - at.start) / at.size)));
  const palette = new Uint8Array(colors * 3);
  for (let color = 0; color < colors; color++)
    for (let channel = 0; channel < 3; channel++) palette[3 * color + channel] = bytes[at.start + color * at.size + 2 - channel] as number;
  return palette;
}

function unpackColors(
  packed: Uint8Array,
  { width, height, bits, masks }: BmpHeader,
  rowOf: (row: number) => number,
  place: BytePlace,
): Uint8Array {
  const channels = masks.slice(0, 3).map((mask) => channelOf(mask, place));
  const out = new Uint8Array(width * height * 3);
  const size = bits / 8;
  for (let row = 0, put = 0; row < height; row++) {
    for (let column = 0, from = rowOf(row); column < width; column++, from += size) {
      let pixel = 0;
      for (let byte = 0; byte < size; byte++) pixel |= (packed[from + byte] as number) << (8 * byte);
      for (const { shift, most } of channels) out[put++] = Math.round((255 * ((pixel >>> shift) & most)) / most);
    }
  }
  return out;
}

function channelOf(mask: number, place: BytePlace): { readonly shift: number; readonly most: number } {
  const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  if (most === 0 || most > 255 || (most & (most + 1)) !== 0)
    throw new DataError('unsupported', `The channel mask 0x${mask.toString(16)} is none of 1 to 8 bits in a row.`, {
      ...place,
      offset: MASKS_OFFSET,
    });
  return { shift, most };
}
