/** Sample types as NumPy names them. `f2` is kept as its 16 bits and shown as f4; 8-byte integers are BigInt arrays; complex is interleaved. */
export type DType = 'b1' | 'u1' | 'i1' | 'u2' | 'i2' | 'u4' | 'i4' | 'u8' | 'i8' | 'f2' | 'f4' | 'f8' | 'c8' | 'c16';

export type TypedArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** A typed array whose elements are numbers (everything but 8-byte integers). */
export type NumberArray = Exclude<TypedArray, BigUint64Array | BigInt64Array>;

type ArrayConstructor = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => TypedArray;

/** One row a type: bytes of one sample, the array that holds it, elements of that array per sample. */
const TABLE: Record<DType, readonly [bytes: number, array: ArrayConstructor, elements: number]> = {
  b1: [1, Uint8Array, 1],
  u1: [1, Uint8Array, 1],
  i1: [1, Int8Array, 1],
  u2: [2, Uint16Array, 1],
  i2: [2, Int16Array, 1],
  u4: [4, Uint32Array, 1],
  i4: [4, Int32Array, 1],
  u8: [8, BigUint64Array, 1],
  i8: [8, BigInt64Array, 1],
  f2: [2, Uint16Array, 1],
  f4: [4, Float32Array, 1],
  f8: [8, Float64Array, 1],
  c8: [8, Float32Array, 2],
  c16: [16, Float64Array, 2],
};

export const DTYPES = Object.keys(TABLE) as readonly DType[];

/** Bytes of one sample. */
export function sampleBytes(dtype: DType): number {
  return TABLE[dtype][0];
}

/** Array elements of one sample: 2 for complex, else 1. */
export function sampleElements(dtype: DType): number {
  return TABLE[dtype][2];
}

/** A zeroed array for `samples` samples. */
export function allocateSamples(dtype: DType, samples: number): TypedArray {
  return viewSamples(dtype, new ArrayBuffer(samples * sampleBytes(dtype)), 0, samples);
}

/** A view of `samples` samples; `byteOffset` must be a multiple of the element size. */
export function viewSamples(dtype: DType, buffer: ArrayBufferLike, byteOffset: number, samples: number): TypedArray {
  const [, ArrayType, elements] = TABLE[dtype];
  return new ArrayType(buffer, byteOffset, samples * elements);
}

/** The array as plain bytes, without a copy. */
export function bytesOf(array: TypedArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** The value of 16 bits of an IEEE half float. */
export function halfToNumber(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Sample `index` as a number: half floats decoded, 8-byte integers rounded to f64, complex as its magnitude. */
export function sampleAt(dtype: DType, data: TypedArray, index: number): number {
  if (dtype === 'f2') return halfToNumber(Number(data[index]));
  if (dtype === 'c8' || dtype === 'c16') return Math.hypot(Number(data[2 * index]), Number(data[2 * index + 1]));
  return Number(data[index]);
}
