import { viewSamples, type DType, type TypedArray } from '../../shared/model/dtype.ts';

/** How samples lie in a file. */
export interface SampleType {
  readonly dtype: DType;
  readonly littleEndian: boolean;
}

/** Type names of NumPy without a byte order; `=` and these mean the machine's order, which is little endian here. */
const NAMES: Readonly<Record<string, DType>> = {
  uint8: 'u1',
  int8: 'i1',
  uint16: 'u2',
  int16: 'i2',
  uint32: 'u4',
  int32: 'i4',
  uint64: 'u8',
  int64: 'i8',
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
  complex64: 'c8',
  complex128: 'c16',
  bool: 'b1',
  '?': 'b1',
};

const CODES = new Set<string>(Object.values(NAMES));

/** Bytes that are turned round together; half a sample for complex numbers. */
const SWAPPED_BYTES: Record<DType, number> = {
  b1: 1,
  u1: 1,
  i1: 1,
  u2: 2,
  i2: 2,
  u4: 4,
  i4: 4,
  u8: 8,
  i8: 8,
  f2: 2,
  f4: 4,
  f8: 8,
  c8: 4,
  c16: 8,
};

/** A NumPy type text such as '<u2', '|b1', '>f8', 'float32'; undefined where it names no sample type. */
export function parseSampleType(text: string): SampleType | undefined {
  const order = /^[<>=|]/.test(text) ? text.charAt(0) : '';
  const code = text.slice(order.length);
  if (CODES.has(code)) return { dtype: code as DType, littleEndian: order !== '>' };
  const named = Object.hasOwn(NAMES, code) ? NAMES[code] : undefined;
  return named && (order === '' || code === '?') ? { dtype: named, littleEndian: order !== '>' } : undefined;
}

/** The text of a type with its byte order, as NumPy writes it: '<u2', '|u1', '>f4'. */
export function sampleTypeText({ dtype, littleEndian }: SampleType): string {
  return SWAPPED_BYTES[dtype] === 1 ? `|${dtype}` : `${littleEndian ? '<' : '>'}${dtype}`;
}

/** The name that NumPy shows for a type: 'uint16', or with the order where it is not the machine's: '>u2'. */
export function sampleTypeName(type: SampleType): string {
  if (!type.littleEndian && SWAPPED_BYTES[type.dtype] > 1) return sampleTypeText(type);
  return Object.keys(NAMES).find((name) => NAMES[name] === type.dtype) ?? type.dtype;
}

/** Bytes that are turned round together between the byte orders: half a sample for complex numbers. */
export function swappedBytes(dtype: DType): number {
  return SWAPPED_BYTES[dtype];
}

/** The bytes as samples in the machine's order. Works in place where it can: the bytes must be the caller's own. */
export function decodeSamples(type: SampleType, bytes: Uint8Array, samples: number): TypedArray {
  const unit = SWAPPED_BYTES[type.dtype];
  const aligned = bytes.byteOffset % unit === 0 ? bytes : bytes.slice();
  if (!type.littleEndian && unit > 1) swapBytes(aligned, unit);
  return viewSamples(type.dtype, aligned.buffer, aligned.byteOffset, samples);
}

/** Turns round every group of `unit` bytes in place. */
export function swapBytes(bytes: Uint8Array, unit: number): void {
  for (let at = 0; at + unit <= bytes.length; at += unit) {
    for (let low = at, high = at + unit - 1; low < high; low++, high--) {
      const kept = bytes[low] as number;
      bytes[low] = bytes[high] as number;
      bytes[high] = kept;
    }
  }
}
