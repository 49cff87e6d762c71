import { DataError } from '../model/data-error.ts';
import { allocateSamples, type DType, type NumberArray, type TypedArray } from '../model/dtype.ts';

/** Least and greatest whole number of a type. */
const RANGES: Readonly<Partial<Record<DType, readonly [min: number, max: number]>>> = {
  b1: [0, 1],
  u1: [0, 255],
  i1: [-128, 127],
  u2: [0, 65_535],
  i2: [-32_768, 32_767],
  u4: [0, 4_294_967_295],
  i4: [-2_147_483_648, 2_147_483_647],
};

/** Numbers in a type, and how many of them had to give way for it. */
export interface StoredNumbers {
  readonly data: TypedArray;
  readonly rounded: number;
  readonly clamped: number;
}

/** True for types that `storeNumbers` can fill. */
export function canStore(dtype: DType): boolean {
  return dtype in RANGES || dtype === 'f4' || dtype === 'f8';
}

/**
 * Numbers as samples of a type: whole-number types take the nearest one (halves up) inside of their range. NaN fits none of them: `out-of-range`,
 * since any number in its place would be made up.
 */
export function storeNumbers(dtype: DType, values: ArrayLike<number>, what: string): StoredNumbers {
  const data = allocateSamples(dtype, values.length) as NumberArray;
  const range = RANGES[dtype];
  if (!range) {
    for (let i = 0; i < values.length; i++) data[i] = values[i] as number;
    return { data, rounded: 0, clamped: 0 };
  }
  const [min, max] = range;
  let rounded = 0;
  let clamped = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const whole = Math.floor(value + 0.5);
    if (Number.isNaN(value)) throw notANumber(what, dtype, i);
    if (whole < min || whole > max) clamped++;
    else if (whole !== value) rounded++;
    data[i] = Math.min(Math.max(whole, min), max);
  }
  return { data, rounded, clamped };
}

function notANumber(what: string, dtype: DType, index: number): DataError {
  return new DataError('out-of-range', `${what} is not a number at sample ${index}, and the type ${dtype} has no NaN.`, {
    hint: 'Put a number in its place, such as where(isnan(x), 0, x).',
  });
}
