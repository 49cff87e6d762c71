/** Particles of every step, all pulses together, from the counts of the pulses [step, pulse]. */
export function stepCounts(counts: ArrayLike<number>, pulses: number): Float64Array {
  const sums = new Float64Array(Math.floor(counts.length / pulses));
  for (let at = 0; at < counts.length; at++) sums[Math.floor(at / pulses)]! += counts[at]!;
  return sums;
}

/** Mean of the values that fall on each of `columns` places. */
export function columnMeans(values: ArrayLike<number>, columns: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    let sum = 0;
    for (let at = from; at < to; at++) sum += values[at] ?? 0;
    return sum / (to - from);
  });
}

export interface Spread {
  readonly least: number;
  readonly mean: number;
  readonly most: number;
}

export function spreadOf(values: ArrayLike<number>): Spread | undefined {
  if (values.length === 0) return undefined;
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (value < least) least = value;
    if (value > most) most = value;
    sum += value;
  }
  return { least, mean: sum / values.length, most };
}

/** Facts of the lengths, from how many tracks there are of the lengths 1, 2 ... */
export function lengthFacts(
  tracks: ArrayLike<number>,
): { readonly shortest: number; readonly median: number; readonly mean: number; readonly longest: number } | undefined {
  let [all, points, shortest] = [0, 0, 0];
  for (let at = 0; at < tracks.length; at++) {
    all += tracks[at]!;
    points += tracks[at]! * (at + 1);
    if (shortest === 0 && tracks[at]! > 0) shortest = at + 1;
  }
  if (all === 0) return undefined;
  let [median, before] = [0, 0];
  while (median < tracks.length && before + tracks[median]! < all / 2) before += tracks[median++]!;
  return { shortest, median: median + 1, mean: points / all, longest: tracks.length };
}
