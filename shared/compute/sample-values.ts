import { halfToNumber, type DType, type NumberArray, type TypedArray } from '../model/dtype.ts';

/**
 * The samples as f64 in a fresh array: half floats decoded, 8-byte integers rounded, complex as magnitude.
 * The engine's own array conversion keeps the loops that follow on one element type, which is what makes them fast.
 */
export function toFloat64(dtype: DType, data: TypedArray): Float64Array {
  if (dtype === 'u8' || dtype === 'i8') return Float64Array.from(data as BigInt64Array | BigUint64Array, Number);
  if (dtype === 'f2') return Float64Array.from(data as Uint16Array, halfToNumber);
  if (dtype === 'c8' || dtype === 'c16') return magnitudes(data as NumberArray);
  return new Float64Array(data as NumberArray);
}

function magnitudes(data: NumberArray): Float64Array {
  const out = new Float64Array(data.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Math.hypot(data[2 * i] as number, data[2 * i + 1] as number);
  return out;
}

/** (values[i] * slope + offset) * sign, in place and in this order of operations (the reference reader's); no shortcut for 1 and 0, which would keep -0. */
export function scaleInPlace(values: Float64Array, scale: { readonly slope: number; readonly offset: number }, sign = 1): Float64Array {
  const { slope, offset } = scale;
  for (let i = 0; i < values.length; i++) values[i] = ((values[i] as number) * slope + offset) * sign;
  return values;
}
