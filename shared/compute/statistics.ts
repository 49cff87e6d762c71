import type { NumberArray } from '../model/dtype.ts';
import type { Plane } from '../model/frames.ts';
import { codesOf, narrowStatistics } from './narrow-statistics.ts';
import { planeNumbers } from './plane-numbers.ts';
import type { PlaneStatistics } from './plane-statistics.ts';
import { wideStatistics } from './wide-statistics.ts';

export type { PlaneStatistics } from './plane-statistics.ts';
export { levelsFromPercentiles } from './percentiles.ts';

/**
 * Facts of the valid, finite samples of a plane; `state` (one byte a sample, nonzero = left out) has the geometry of the plane.
 * Percentiles are those of numpy.percentile: exact for integers up to 16 bits, for others to a 65,536th of the range or better.
 * All numbers are 0 where no sample takes part (count 0), so that a reply is always plain JSON.
 */
export function planeStatistics(plane: Plane, state?: Uint8Array): PlaneStatistics {
  const codes = codesOf(plane.dtype, plane.data);
  if (codes) return narrowStatistics(codes, state);
  const numbers = planeNumbers(plane);
  return wideStatistics(numbers instanceof Float32Array || numbers instanceof Float64Array ? numbers : new Float64Array(numbers), state);
}

/**
 * Means of blocks of step x step samples, the last ones cut by the edge: f4, ceil(size / step) a side. Samples left out by `state` (nonzero)
 * and samples that are not finite do not count; NaN where a block has none left.
 */
export function reduceMean(plane: Plane, step: number, state?: Uint8Array): Plane {
  const numbers = planeNumbers(plane);
  const width = Math.ceil(plane.width / step);
  const height = Math.ceil(plane.height / step);
  const data = new Float32Array(width * height);
  const sums = new Float64Array(width);
  const counts = new Uint32Array(width);
  const whole = state === undefined && !(numbers instanceof Float32Array || numbers instanceof Float64Array);
  for (let row = 0; row < height; row++) {
    sums.fill(0);
    counts.fill(0);
    const lastLine = Math.min(plane.height, (row + 1) * step);
    for (let line = row * step; line < lastLine; line++) {
      if (whole) addWholeLine(numbers, line * plane.width, plane.width, step, sums, counts);
      else addLine(numbers, line * plane.width, plane.width, step, state, sums, counts);
    }
    const start = row * width;
    for (let column = 0; column < width; column++) data[start + column] = sums[column]! / counts[column]!;
  }
  return { dtype: 'f4', width, height, data };
}

function addLine(
  numbers: NumberArray, start: number, length: number, step: number, state: Uint8Array | undefined, sums: Float64Array, counts: Uint32Array,
): void {
  for (let column = 0, x = 0; x < length; column++) {
    const end = Math.min(length, x + step);
    let sum = 0;
    let count = 0;
    for (; x < end; x++) {
      const value = numbers[start + x]!;
      if ((state !== undefined && state[start + x] !== 0) || value - value !== 0) continue;
      sum += value;
      count++;
    }
    sums[column]! += sum;
    counts[column]! += count;
  }
}

/** A line of integers that all count. */
function addWholeLine(numbers: NumberArray, start: number, length: number, step: number, sums: Float64Array, counts: Uint32Array): void {
  for (let column = 0, x = 0; x < length; column++) {
    const from = x;
    const end = Math.min(length, x + step);
    let sum = 0;
    for (; x < end; x++) sum += numbers[start + x]!;
    sums[column]! += sum;
    counts[column]! += end - from;
  }
}
