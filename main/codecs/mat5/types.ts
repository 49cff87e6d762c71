import type { DType } from '../../../shared/model/dtype.ts';

/*
 * MAT-file level 5 (MathWorks, "MAT-File Format", 2022): a header of 128 bytes, then elements: tag of u32 type and u32 bytes, data, padding to
 * 8 bytes (none behind compressed ones). Up to 4 bytes of data stand in the tag itself: bytes in its upper, type in its lower 16 bits.
 */
export const HEADER_BYTES = 128;
export const VERSION_AT = 124;
export const VERSION_5 = 0x0100;
/** Version 7.3 is an HDF5 file behind a block of 512 bytes. */
export const VERSION_73 = 0x0200;

/** Types of elements. */
export const MI = { int8: 1, int32: 5, uint32: 6, matrix: 14, compressed: 15, utf8: 16, utf16: 17 } as const;

export const MI_TYPES: Readonly<Record<number, DType>> = {
  1: 'i1',
  2: 'u1',
  3: 'i2',
  4: 'u2',
  5: 'i4',
  6: 'u4',
  7: 'f4',
  9: 'f8',
  12: 'i8',
  13: 'u8',
};

/** Classes of arrays. */
export const MX = { cell: 1, struct: 2, object: 3, char: 4, sparse: 5 } as const;

export const MX_TYPES: Readonly<Record<number, DType>> = {
  6: 'f8',
  7: 'f4',
  8: 'i1',
  9: 'u1',
  10: 'i2',
  11: 'u2',
  12: 'i4',
  13: 'u4',
  14: 'i8',
  15: 'u8',
};

export const MX_NAMES: Readonly<Record<number, string>> = { 1: 'cell array', 2: 'struct', 3: 'object', 4: 'text', 5: 'sparse matrix' };

/** Flags of an array, in the second byte of the flags' first word. */
export const FLAG = { complex: 0x0800, logical: 0x0200 } as const;

/** No element is longer; what is larger does not fit into this version of the format. */
export const MAX_ELEMENT_BYTES = 2 ** 31 - 1;
