import type { NumberArray } from '../model/dtype.ts';

/** A row of samples that takes part in a row of pixels: where it starts in the data. */
export interface RowTap {
  readonly start: number;
  readonly weight: number;
}

/**
 * Weighted sums of rows, whatever the samples are, into [left, right) of `sums`. In the loops nothing but the place changes: rows are arrays
 * of their own, and the weights come out of an array of doubles. Places that are sums, and numbers that may be integers, would be checked
 * again for every sample, which takes as long as the sums. The arrays themselves are looked at once a round: hence four samples a round.
 */
export function sumRows(data: NumberArray, taps: readonly RowTap[], left: number, right: number, sums: Float64Array): void {
  const rows = taps.map(({ start }) => data.subarray(start + left, start + right));
  const weights = Float64Array.from([...taps.map(({ weight }) => weight), 0]);
  const into = sums.subarray(left, right);
  const [first, second, third, ...others] = rows;
  if (!first) into.fill(0);
  else if (!second || !third) setTwo(first, second ?? first, weights, into);
  else setThree(first, second, third, weights, into);
  for (const [index, row] of others.entries()) addOne(row, weights.subarray(3 + index), into);
}

function setTwo(a: NumberArray, b: NumberArray, weights: Float64Array, sums: Float64Array): void {
  const weightA = weights[0]!;
  const weightB = weights[1]!;
  const rounds = a.length & ~3;
  for (let i = 0; i < rounds; i += 4) {
    sums[i] = weightA * a[i]! + weightB * b[i]!;
    sums[i + 1] = weightA * a[i + 1]! + weightB * b[i + 1]!;
    sums[i + 2] = weightA * a[i + 2]! + weightB * b[i + 2]!;
    sums[i + 3] = weightA * a[i + 3]! + weightB * b[i + 3]!;
  }
  for (let i = rounds; i < a.length; i++) sums[i] = weightA * a[i]! + weightB * b[i]!;
}

function setThree(a: NumberArray, b: NumberArray, c: NumberArray, weights: Float64Array, sums: Float64Array): void {
  const weightA = weights[0]!;
  const weightB = weights[1]!;
  const weightC = weights[2]!;
  const rounds = a.length & ~3;
  for (let i = 0; i < rounds; i += 4) {
    sums[i] = weightA * a[i]! + weightB * b[i]! + weightC * c[i]!;
    sums[i + 1] = weightA * a[i + 1]! + weightB * b[i + 1]! + weightC * c[i + 1]!;
    sums[i + 2] = weightA * a[i + 2]! + weightB * b[i + 2]! + weightC * c[i + 2]!;
    sums[i + 3] = weightA * a[i + 3]! + weightB * b[i + 3]! + weightC * c[i + 3]!;
  }
  for (let i = rounds; i < a.length; i++) sums[i] = weightA * a[i]! + weightB * b[i]! + weightC * c[i]!;
}

function addOne(row: NumberArray, weights: Float64Array, sums: Float64Array): void {
  const weight = weights[0]!;
  for (let i = 0; i < row.length; i++) sums[i]! += weight * row[i]!;
}
