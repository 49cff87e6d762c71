import type { DType } from '../../../shared/model/dtype.ts';

/*
 * TIFF 6.0 and BigTIFF. A file is a header, and a chain of directories; a directory is a page:
 *   classic  'II' or 'MM', u16 42, u32 first directory;            directory: u16 count, entries of 12 bytes, u32 next or 0
 *   BigTIFF  'II' or 'MM', u16 43, u16 8, u16 0, u64 first one;    directory: u64 count, entries of 20 bytes, u64 next or 0
 * Entry: u16 tag, u16 field type, count, value or its offset (4 or 8 bytes each).
 */
export const TAG = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  description: 270,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  xResolution: 282,
  yResolution: 283,
  planar: 284,
  resolutionUnit: 296,
  software: 305,
  dateTime: 306,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  extraSamples: 338,
  sampleFormat: 339,
} as const;

export const FIELD = { byte: 1, ascii: 2, short: 3, long: 4, rational: 5, long8: 16 } as const;

/** Bytes of one value of a field type; 0 is unknown. Types: byte ascii short long rational sbyte undefined sshort slong srational float double ifd - - long8 slong8 ifd8. */
export const FIELD_BYTES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

export const COMPRESSION = { none: 1, lzw: 5, deflateOld: 32946, deflate: 8, packBits: 32773 } as const;

/** Names of what is refused. */
export const COMPRESSION_NAMES: Readonly<Record<number, string>> = {
  2: 'CCITT',
  3: 'CCITT fax 3',
  4: 'CCITT fax 4',
  6: 'old JPEG',
  7: 'JPEG',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP',
  50002: 'JPEG XL',
};

export const PHOTOMETRIC = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3 } as const;

/** Bits of a sample and SampleFormat (1 unsigned, 2 signed, 3 float, 6 complex float) of our types. */
export const SAMPLES: Record<DType, readonly [bits: number, format: number]> = {
  b1: [8, 1],
  u1: [8, 1],
  i1: [8, 2],
  u2: [16, 1],
  i2: [16, 2],
  u4: [32, 1],
  i4: [32, 2],
  u8: [64, 1],
  i8: [64, 2],
  f2: [16, 3],
  f4: [32, 3],
  f8: [64, 3],
  c8: [64, 6],
  c16: [128, 6],
};

/** The type of samples; undefined where there is none. Fewer than 8, or 9 to 15 unsigned bits are unpacked. */
export function sampleType(bits: number, format: number): DType | undefined {
  if ((format === 1 || format === 4) && bits >= 1 && bits < 16) return bits <= 8 ? 'u1' : 'u2';
  const [type] =
    Object.entries(SAMPLES).find(([name, [ownBits, own]]) => name !== 'b1' && ownBits === bits && own === (format === 4 ? 1 : format)) ??
    [];
  return type as DType | undefined;
}

/**
 * What stands before the JSON of our descriptions: programs that write JSON of their own there (tifffile) would take ours for it. The
 * other descriptions of our files begin with another letter.
 */
export const TIFF_DESCRIPTION_MARK = 'Streakline ';
