import type { FieldTable } from '../../codecs/field-table.ts';
import type { DType } from '../../../shared/model/dtype.ts';

/*
 * Byte layouts of .im7 / .vc7 files (DaVis 7 and newer). Sources: LaVision's ReadIM7/ReadIMX C source as published in the Python package
 * ReadIM 0.8.4, and files read back with lvpyio 1.5.0. All numbers are little endian.
 *
 * A file is: header | data | attribute block | mask section? | typed scalar section? | offset table?
 */

export const HEADER_BYTES = 256;

export const HEADER = {
  version: [0, 'i16'],
  pack: [2, 'i16'],
  format: [4, 'i16'],
  sparse: [6, 'i16'],
  width: [8, 'i32'],
  height: [12, 'i32'],
  planes: [16, 'i32'],
  frames: [20, 'i32'],
  grid: [26, 'i16'],
  flags: [28, 'i16'],
  scalarPack: [30, 'i16'],
  gridY: [32, 'i16'],
  gridZ: [34, 'i16'],
  hasIsValid: [36, 'i16'],
  minMajor: [38, 'i16'],
  minMinor: [40, 'i16'],
} as const satisfies FieldTable;

export const FLAG_OFFSET_TABLE = 1;
export const FLAG_OWN_GRIDS = 2;
export const FLAG_MINIMAL_VERSION = 4;

/** Header versions of DaVis 5/6 files, whatever the extension. */
export const LEGACY_TYPES = { first: 18, last: 23 } as const;

export const PACK = { raw: 0, imx: 1, zlib: 2, bits12: 3 } as const;

/** The offset table is the last 256 bytes: 32 u64 file offsets, 0 = absent. */
export const OFFSET_TABLE_BYTES = 256;
export const OFFSET_ENTRY = { attributes: 0, mask: 2, scalars: 3, packedScalars: 4, packedMask: 5 } as const;

/** What the planes of one frame hold in the file, in file order: pixels, header plane, vector components, peak ratio. */
export type StoredPlane = 'PIXEL' | 'HEADER' | 'PEAK_RATIO' | `${'U' | 'V' | 'W'}${0 | 1 | 2 | 3}`;

export interface BufferFormat {
  readonly kind: 'image' | 'vector';
  /** Sample type in the file; bytes are delivered as u2. */
  readonly dtype: DType;
  readonly stored: readonly StoredPlane[];
  /** Vector choices and components; 0 for images. */
  readonly choices: 0 | 1 | 4;
  readonly dimensions: 0 | 2 | 3;
}

function image(dtype: DType): BufferFormat {
  return { kind: 'image', dtype, stored: ['PIXEL'], choices: 0, dimensions: 0 };
}

const CHOICES_2C: readonly StoredPlane[] = ['HEADER', 'U0', 'V0', 'U1', 'V1', 'U2', 'V2', 'U3', 'V3'];
const CHOICES_3C: readonly StoredPlane[] = ['HEADER', 'U0', 'V0', 'W0', 'U1', 'V1', 'W1', 'U2', 'V2', 'W2', 'U3', 'V3', 'W3'];

function vectors(dimensions: 2 | 3, choices: 1 | 4, stored: readonly StoredPlane[]): BufferFormat {
  return { kind: 'vector', dtype: 'f4', stored, choices, dimensions };
}

/** Buffer formats by the number in the header. Formats that are not here are refused, as lvpyio does. */
export const BUFFER_FORMATS: ReadonlyMap<number, BufferFormat> = new Map([
  [0, image('u2')],
  [-2, image('u1')],
  [-3, image('f4')],
  [-4, image('u2')],
  [-5, image('f8')],
  [-10, image('u2')],
  [-21, image('i4')],
  [1, vectors(2, 4, CHOICES_2C)],
  [2, vectors(2, 1, ['U0', 'V0'])],
  [3, vectors(2, 4, [...CHOICES_2C, 'PEAK_RATIO'])],
  [4, vectors(3, 1, ['U0', 'V0', 'W0'])],
  [5, vectors(3, 4, [...CHOICES_3C, 'PEAK_RATIO'])],
  [6, vectors(3, 4, CHOICES_3C)],
]);

/** Sample types of typed scalar fields by the format number of their record. */
export const SCALAR_DTYPES: ReadonlyMap<number, DType> = new Map([
  [-3, 'f4'],
  [-4, 'u2'],
  [0, 'u2'],
  [-10, 'u2'],
  [-5, 'f8'],
  [-21, 'i4'],
]);

/** Item kinds of the attribute block. */
export const ITEM = {
  end: 0,
  scaleX: 1,
  scaleY: 2,
  scaleZ: 3,
  scaleI: 4,
  comment: 5,
  text: 6,
  frameScale: 7,
  f32Array: 8,
  i32Array: 9,
  u16Array: 10,
  time: 11,
  date: 12,
  f64Array: 13,
  f32Plane: 14,
  i32Plane: 15,
  u16Plane: 16,
  f64Plane: 17,
  textWithNul: 19,
} as const;

/** Files of DaVis 5/6 (.imx .img .vec): the packed 256-byte header. */
export const LEGACY_HEADER = {
  type: [0, 'i16'],
  rows: [10, 'i16'],
  columns: [12, 'i16'],
  subType: [14, 'i16'],
  yDimension: [16, 'i16'],
  frames: [18, 'i16'],
  grid: [20, 'i16'],
  version: [33, 'u8'],
  longRows: [228, 'i32'],
  longColumns: [232, 'i32'],
  planes: [236, 'i32'],
} as const satisfies FieldTable;

/** Texts of the legacy header: offset and bytes. */
export const LEGACY_TEXT = { date: [34, 9], time: [43, 9], comment1: [148, 40], comment2: [188, 40] } as const;

/** Scales of the legacy header: i16, f32 slope at +2, f32 offset at +6, 11 bytes description at +10, 11 bytes unit at +21. */
export const LEGACY_SCALES = { x: 52, y: 84, i: 116 } as const;
export const LEGACY_SCALE = { slope: 2, offset: 6, description: 10, unit: 21, textBytes: 11 } as const;

export const LEGACY_TYPE = { raw: 18, imx: 19, float: 20, byte: 23 } as const;

/** More frames than this are taken for a damaged header. */
export const MAX_FRAMES = 65536;
/** More typed scalar fields than this are taken for a damaged section. */
export const MAX_SCALARS = 256;
