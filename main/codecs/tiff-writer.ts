import type { DType } from '../../shared/model/dtype.ts';

/*
 * TIFF 6.0, little endian, grey, uncompressed, one strip a page. Pages lie one behind the other, each directory before its samples, so
 * that a file of known size is written from front to end. Layout of the file:
 *   0  u16 'II', u16 42, u32 offset of the first directory (8)
 *   8  per page: directory (u16 count, entries, u32 offset of the next or 0), samples, padding to an even offset
 * Entry: u16 tag, u16 field type, u32 count, u32 value.
 */
const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const SHORT = 3;
const LONG = 4;
const TAGS = 10;
const DIRECTORY_BYTES = 2 + TAGS * ENTRY_BYTES + 4;
/** Offsets have 32 bits. */
export const MAX_TIFF_BYTES = 2 ** 32 - 1;

/** Bits of a sample and TIFF's SampleFormat (1 unsigned, 2 signed, 3 float); types that are not here cannot be written. */
const SAMPLES: Partial<Record<DType, readonly [bits: number, format: number]>> = {
  b1: [8, 1],
  u1: [8, 1],
  i1: [8, 2],
  u2: [16, 1],
  i2: [16, 2],
  u4: [32, 1],
  i4: [32, 2],
  f4: [32, 3],
  f8: [64, 3],
};

export interface TiffPages {
  readonly width: number;
  readonly height: number;
  readonly dtype: DType;
  readonly pages: number;
}

export function tiffHolds(dtype: DType): boolean {
  return SAMPLES[dtype] !== undefined;
}

export function tiffBytes(pages: TiffPages): number {
  return HEADER_BYTES + pages.pages * pageBytes(pages);
}

function stripBytes({ width, height, dtype }: TiffPages): number {
  return (width * height * (SAMPLES[dtype]?.[0] ?? 0)) / 8;
}

function pageBytes(pages: TiffPages): number {
  return DIRECTORY_BYTES + evenBytes(stripBytes(pages));
}

function evenBytes(bytes: number): number {
  return bytes + (bytes % 2);
}

/** The bytes before the first page. */
export function tiffHeader(): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, 42, true);
  view.setUint32(4, HEADER_BYTES, true);
  return new Uint8Array(view.buffer);
}

/** The directory of page `page`: what stands before its samples. */
export function tiffDirectory(pages: TiffPages, page: number): Uint8Array {
  const at = HEADER_BYTES + page * pageBytes(pages);
  const [bits, format] = SAMPLES[pages.dtype] ?? [0, 0];
  const entries: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, LONG, pages.width],
    [257, LONG, pages.height],
    [258, SHORT, bits],
    [259, SHORT, 1], // no compression
    [262, SHORT, 1], // black is zero
    [273, LONG, at + DIRECTORY_BYTES],
    [277, SHORT, 1],
    [278, LONG, pages.height],
    [279, LONG, stripBytes(pages)],
    [339, SHORT, format],
  ];
  const view = new DataView(new ArrayBuffer(DIRECTORY_BYTES));
  view.setUint16(0, TAGS, true);
  entries.forEach(([tag, type, value], i) => {
    const from = 2 + i * ENTRY_BYTES;
    view.setUint16(from, tag, true);
    view.setUint16(from + 2, type, true);
    view.setUint32(from + 4, 1, true);
    if (type === SHORT) view.setUint16(from + 8, value, true);
    else view.setUint32(from + 8, value, true);
  });
  view.setUint32(DIRECTORY_BYTES - 4, page + 1 < pages.pages ? at + pageBytes(pages) : 0, true);
  return new Uint8Array(view.buffer);
}

/** What follows the samples of a page. */
export function tiffPadding(pages: TiffPages): Uint8Array {
  return new Uint8Array(stripBytes(pages) % 2);
}
