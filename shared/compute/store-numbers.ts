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
  /** Numbers that a float type has only nearly. */
  readonly inexact: number;
  /** Finite numbers beyond the range of a float type, which became infinite. */
  readonly infinite: number;
}

/** True for types that `storeNumbers` can fill. */
export function canStore(dtype: DType): boolean {
  return dtype in RANGES || dtype === 'f4' || dtype === 'f8';
}

/**
 * Numbers as samples of a type: whole-number types take the nearest one (halves up) inside of their range. NaN fits none of them: `out-of-range`,
 * since any number in its place would be made up. `what` and `path` are for that error.
 */
export function storeNumbers(dtype: DType, values: ArrayLike<number>, what: string, path?: string): StoredNumbers {
  const data = allocateSamples(dtype, values.length) as NumberArray;
  const range = RANGES[dtype];
  if (!range) return storeFloats(data, values);
  const [min, max] = range;
  let rounded = 0;
  let clamped = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const whole = Math.floor(value + 0.5);
    if (Number.isNaN(value)) throw notANumber(what, dtype, i, path);
    if (whole < min || whole > max) clamped++;
    else if (whole !== value) rounded++;
    data[i] = Math.min(Math.max(whole, min), max);
  }
  return { data, rounded, clamped, inexact: 0, infinite: 0 };
}

function storeFloats(data: NumberArray, values: ArrayLike<number>): StoredNumbers {
  let inexact = 0;
  let infinite = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    data[i] = value;
    const stored = data[i] as number;
    if (stored === value || Number.isNaN(value)) continue;
    if (Number.isFinite(stored)) inexact++;
    else infinite++;
  }
  return { data, rounded: 0, clamped: 0, inexact, infinite };
}

function notANumber(what: string, dtype: DType, index: number, path: string | undefined): DataError {
  return new DataError('out-of-range', `${what} is not a number at sample ${index}, and the type ${dtype} has no NaN.`, {
    path,
    hint: 'Put a number in its place, such as where(isnan(x), 0, x).',
  });
}
