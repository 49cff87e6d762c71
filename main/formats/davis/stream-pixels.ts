import { viewSamples } from '../../../shared/model/dtype.ts';

/** How the frames of a stream are packed; `pixels` are as many as `bytes` hold. */
export interface StreamDecoder {
  readonly bits: number;
  /** Pixels that stand together; a frame has a whole number of groups. */
  readonly group: number;
  decode(bytes: Uint8Array, pixels: number): Uint16Array;
}

/** Encodings by the id in PREFIX-decoder.xml. Others of the same size differ in their bit order, so they are refused rather than guessed. */
export const STREAM_DECODERS: ReadonlyMap<string, StreamDecoder> = new Map([
  [
    'raw-16-bit',
    {
      bits: 16,
      group: 1,
      decode: (bytes: Uint8Array, pixels: number) => viewSamples('u2', bytes.buffer, bytes.byteOffset, pixels) as Uint16Array,
    },
  ],
  ['raw-8-bit', { bits: 8, group: 1, decode: (bytes: Uint8Array) => Uint16Array.from(bytes) }],
  ['mono-12p', { bits: 12, group: 2, decode: decode12p }],
  ['mono-10p', { bits: 10, group: 4, decode: decode10p }],
]);

/** Two pixels in three bytes, low bits first: b0 | (b1 & 15) << 8, b1 >> 4 | b2 << 4. */
function decode12p(bytes: Uint8Array, count: number): Uint16Array {
  const pixels = new Uint16Array(count);
  for (let pixel = 0, at = 0; pixel < count; pixel += 2, at += 3) {
    const middle = bytes[at + 1] as number;
    pixels[pixel] = (bytes[at] as number) | ((middle & 15) << 8);
    pixels[pixel + 1] = (middle >> 4) | ((bytes[at + 2] as number) << 4);
  }
  return pixels;
}

/** Four pixels in five bytes, low bits first. */
function decode10p(bytes: Uint8Array, count: number): Uint16Array {
  const pixels = new Uint16Array(count);
  for (let pixel = 0, at = 0; pixel < count; pixel += 4, at += 5) {
    const [b1, b2, b3] = [bytes[at + 1] as number, bytes[at + 2] as number, bytes[at + 3] as number];
    pixels[pixel] = (bytes[at] as number) | ((b1 & 3) << 8);
    pixels[pixel + 1] = (b1 >> 2) | ((b2 & 15) << 6);
    pixels[pixel + 2] = (b2 >> 4) | ((b3 & 63) << 4);
    pixels[pixel + 3] = (b3 >> 6) | ((bytes[at + 4] as number) << 2);
  }
  return pixels;
}

/** Pixels less the dark image of their camera, never below zero. */
export function subtractDark(pixels: Uint16Array, dark: Uint16Array): Uint16Array {
  const out = new Uint16Array(pixels.length);
  for (let index = 0; index < pixels.length; index++) out[index] = Math.max(0, (pixels[index] as number) - (dark[index] as number));
  return out;
}

/** The frame turned by 180 degrees: rows and columns both in reverse. */
export function rotateHalf(pixels: Uint16Array): Uint16Array {
  return pixels.slice().reverse();
}
