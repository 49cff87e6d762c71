import { decode } from 'fast-png';
import { DataError } from '../../shared/model/data-error.ts';
import { inflateBound } from './inflate.ts';
import type { Picture } from './picture.ts';

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
    const { width, height, depth, channels, data, palette, text } = decode(bytes);
    const rows = depth < 8 ? unpackBits(data as Uint8Array, width, height, depth) : data;
    const samples = rows instanceof Uint16Array ? rows : new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    if (palette) return { width, height, channels: 3, data: paint(samples, palette), text };
    return { width, height, channels, data: samples, text };
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new DataError('malformed', `The PNG picture cannot be decoded: ${what}.`, { path, cause });
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

/** Entries of a palette as RGB; an index beyond it is black. */
function paint(indices: ArrayLike<number>, palette: readonly (readonly number[])[]): Uint8Array {
  const out = new Uint8Array(indices.length * 3);
  for (let i = 0; i < indices.length; i++) {
    const color = palette[indices[i] as number] ?? [0, 0, 0];
    for (let channel = 0; channel < 3; channel++) out[3 * i + channel] = color[channel] ?? 0;
  }
  return out;
}
