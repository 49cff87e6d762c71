import { decode } from 'fast-png';
import { DataError } from '../../shared/model/data-error.ts';
import { inflateBound } from './inflate.ts';
import { decodeError, paintIndices, type Picture } from './picture.ts';

/*
 * PNG (W3C PNG specification): 8 bytes signature, then chunks of u32 length, 4 letters, data, u32 CRC. The first is IHDR:
 *   offset 16  u32 be  width          offset 24  u8  bits per channel: 1, 2, 4, 8, 16
 *   offset 20  u32 be  height         offset 25  u8  colour type: 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGB + alpha
 */
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const HEADER_BYTES = 33;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function hasPngSignature(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** Decodes a PNG whole; what its header promises is checked against the size of the file before anything is allocated. */
export function decodePng(bytes: Uint8Array, path: string): Picture {
  checkHeader(bytes, path);
  try {
    const { width, height, depth, channels, data, palette, transparency, text } = decode(bytes);
    const rows = depth < 8 ? unpackBits(data as Uint8Array, width, height, depth) : data;
    const samples = rows instanceof Uint16Array ? rows : new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    const isTransparent =
      channels === 2 || channels === 4 || (transparency?.length ?? 0) > 0 || (palette?.some(({ length }) => length > 3) ?? false);
    if (palette && samples instanceof Uint8Array)
      return { width, height, isTransparent, text, ...paintIndices(samples, rgbOf(palette), path) };
    return { width, height, channels, isTransparent, data: samples, text };
  } catch (cause) {
    throw decodeError('PNG', path, cause);
  }
}

function checkHeader(bytes: Uint8Array, path: string): void {
  if (!hasPngSignature(bytes))
    throw new DataError('malformed', 'The file does not begin with the signature of PNG.', { path, offset: 0, field: 'signature' });
  if (bytes.byteLength < HEADER_BYTES)
    throw new DataError('truncated', `The file has ${bytes.byteLength} bytes, too few for a PNG header.`, { path, offset: 0 });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height, depth, type] = [view.getUint32(16), view.getUint32(20), view.getUint8(24), view.getUint8(25)];
  const channels = CHANNELS[type] ?? 4;
  const needed = height * (1 + Math.ceil((width * channels * depth) / 8));
  if (width === 0 || height === 0 || needed > inflateBound(bytes.byteLength)) {
    throw new DataError(
      'malformed',
      `The header promises ${width} x ${height} samples of ${channels} x ${depth} bits, which ${bytes.byteLength} bytes cannot hold.`,
      { path, offset: 16, field: 'IHDR' },
    );
  }
}

/** Rows of 1, 2 or 4 bits a sample, first sample in the highest bits, every row from a byte on. */
function unpackBits(packed: Uint8Array, width: number, height: number, depth: number): Uint8Array {
  const out = new Uint8Array(width * height);
  const rowBytes = Math.ceil((width * depth) / 8);
  const mask = (1 << depth) - 1;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const bit = column * depth;
      out[row * width + column] = ((packed[row * rowBytes + (bit >> 3)] as number) >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return out;
}

/** The colours of a palette one behind the other; alpha is left out. */
function rgbOf(palette: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(palette.flatMap((color) => color.slice(0, 3)));
}
