import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { crc32 } from '../codecs/crc32.ts';

/** A picture as PNG holds it: 16-bit samples are big endian. */
export interface PngPicture {
  readonly width: number;
  readonly height: number;
  readonly kind: 'grey8' | 'grey16' | 'rgb8' | 'rgb16' | 'rgba8';
  /** Row by row, no padding. */
  readonly bytes: Uint8Array;
  /** Keywords of at most 79 letters, and their texts, both ASCII. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Depth, colour type (PNG specification, 11.2.1) and bytes of a pixel. */
const KINDS = { grey8: [8, 0, 1], grey16: [16, 0, 2], rgb8: [8, 2, 3], rgb16: [16, 2, 6], rgba8: [8, 6, 4] } as const;
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Filter 2: the difference to the byte above. Packs measured pictures almost as well as trying all. */
const FILTER_UP = 2;
const LEVEL = 4;

const deflateAsync = promisify<Uint8Array, { level: number }, Buffer>(deflate);

/** Signature and chunks of a PNG file (PNG specification, third edition). */
export async function encodePng(picture: PngPicture): Promise<readonly Uint8Array[]> {
  const { width, height, kind, texts } = picture;
  const [depth, color] = KINDS[kind];
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head[8] = depth;
  head[9] = color;
  const words = Object.entries(texts).map(([keyword, text]) => chunk('tEXt', new TextEncoder().encode(`${keyword}\0${text}`)));
  const data = await deflateAsync(filteredRows(picture), { level: LEVEL });
  return [SIGNATURE, chunk('IHDR', head), ...words, chunk('IDAT', data), chunk('IEND', new Uint8Array(0))];
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function filteredRows({ width, height, kind, bytes }: PngPicture): Uint8Array {
  const row = width * KINDS[kind][2];
  const out = new Uint8Array((row + 1) * height);
  for (let y = 0, put = 0; y < height; y++) {
    out[put++] = FILTER_UP;
    const from = y * row;
    if (y === 0) out.set(bytes.subarray(0, row), put);
    else for (let i = 0; i < row; i++) out[put + i] = (bytes[from + i] as number) - (bytes[from - row + i] as number);
    put += row;
  }
  return out;
}
