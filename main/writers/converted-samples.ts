import { toFloat64 } from '../../shared/compute/sample-values.ts';
import { storeNumbers } from '../../shared/compute/store-numbers.ts';
import type { DType, TypedArray } from '../../shared/model/dtype.ts';
import type { Losses } from './losses.ts';

/** Which samples are converted, for what is told of them. */
export interface ConvertedPlace {
  readonly component: string;
  readonly buffer: number;
  readonly frame: number;
  readonly path: string;
}

/** Samples in another type that the user asked for; whatever does not fit is told. NaN in whole-number types is an error. */
export function convertSamples(to: DType, from: DType, samples: TypedArray, place: ConvertedPlace, losses: Losses): TypedArray {
  if (from === to) return samples;
  const { component } = place;
  if (from === 'c8' || from === 'c16') losses.add(`${component}: of complex numbers the magnitude is written.`);
  return storeTold(to, toFloat64(from, samples), place, losses, (to === 'f4' || to === 'f8') && hasBigIntegers(samples));
}

/** Computed numbers in a type, as `convertSamples` does. */
export function storeTold(
  to: DType,
  numbers: Float64Array,
  { component, buffer, frame, path }: ConvertedPlace,
  losses: Losses,
  wereRounded = false,
): TypedArray {
  const { data, rounded, clamped, inexact, infinite } = storeNumbers(
    to,
    numbers,
    `${component} of buffer ${buffer}, frame ${frame},`,
    path,
  );
  if (rounded > 0) losses.add(`${component}: numbers were rounded to whole ones for ${to}.`);
  if (clamped > 0) losses.add(`${component}: numbers outside of the range of ${to} became its least or greatest number.`);
  if (inexact > 0 || wereRounded)
    losses.add(`${component}: numbers were rounded to the nearest ones of ${to}, which has ${DIGITS[to] ?? 'fewer'} digits.`);
  if (infinite > 0) losses.add(`${component}: numbers beyond the range of ${to} became infinite.`);
  return data;
}

/** Decimal digits that floats keep. */
const DIGITS: Readonly<Partial<Record<DType, string>>> = { f4: '7', f8: '15' };

/** True where an 8-byte integer is none that float64 has. */
function hasBigIntegers(samples: TypedArray): boolean {
  if (!(samples instanceof BigInt64Array || samples instanceof BigUint64Array)) return false;
  for (const value of samples) if (BigInt(Number(value)) !== value) return true;
  return false;
}
