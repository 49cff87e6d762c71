/** Ticks of an axis: their values with the decimals that tell them apart. */
export interface Ticks {
  readonly step: number;
  readonly values: readonly number[];
  readonly decimals: number;
}

/** The largest 1, 2 or 5 times a power of ten that is not above `value`. */
export function niceBelow(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const lead = value / power;
  return (lead >= 5 - 1e-9 ? 5 : lead >= 2 - 1e-9 ? 2 : 1) * power;
}

/** The smallest 1, 2 or 5 times a power of ten that is not below `value`. */
export function niceAbove(value: number): number {
  const below = niceBelow(value);
  if (below >= value * (1 - 1e-9)) return below;
  const lead = Math.round(below / 10 ** Math.floor(Math.log10(below) + 1e-9));
  return lead === 2 ? below * 2.5 : below * 2;
}

/** Round ticks between a and b (either order), at most about `most` of them, in steps of 1, 2 or 5. */
export function ticksBetween(a: number, b: number, most: number): Ticks {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  if (!(high > low) || !Number.isFinite(high - low)) return { step: 1, values: Number.isFinite(low) ? [low] : [], decimals: 3 };
  const step = niceAbove((high - low) / Math.max(1, most));
  const first = Math.ceil(low / step - 1e-6);
  const last = Math.floor(high / step + 1e-6);
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
  return { step, values, decimals: decimalsOf(step) };
}

/** Decimals that a multiple of `step` needs. */
export function decimalsOf(step: number): number {
  return Math.min(12, Math.max(0, -Math.floor(Math.log10(Math.abs(step)) + 1e-9)));
}
