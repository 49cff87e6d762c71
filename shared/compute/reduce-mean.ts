import type { NumberArray } from '../model/dtype.ts';
import type { Plane } from '../model/frames.ts';
import { allEqual } from './all-equal.ts';
import { planeNumbers } from './plane-numbers.ts';

/**
 * Means of blocks of step x step samples, the last ones cut by the edge: f4, ceil(size / step) a side. Samples left out by `state` (nonzero)
 * and samples that are not finite do not count; NaN where a block has none left.
 */
export function reduceMean(plane: Plane, step: number, state?: Uint8Array): Plane {
  const numbers = planeNumbers(plane);
  const real = numbers instanceof Float32Array || numbers instanceof Float64Array;
  const height = Math.ceil(plane.height / step);
  const width = Math.ceil(plane.width / step);
  const data = new Float32Array(width * height);
  const sums = new Float64Array(plane.width);
  const means = new Float64Array(width);
  for (let row = 0; row < height; row++) {
    const from = row * step * plane.width;
    const to = Math.min(plane.height, (row + 1) * step) * plane.width;
    const allCount = state === undefined || allEqual(state.subarray(from, to), 0);
    // Two lines, and none of their blocks is cut.
    const allFours = step === 2 && to - from === 4 * width;
    if (allCount && allFours) meanOfFours(numbers.subarray(from, from + 2 * width), numbers.subarray(from + 2 * width, to), means);
    else if (allCount) meanOfAll(numbers, from, to, step, sums, means);
    if (!allCount || (real && !allFinite(means))) meanOfCounting(numbers, from, to, step, plane.width, state, means);
    data.set(means, row * width);
  }
  return { dtype: 'f4', width, height, data };
}

/** The blocks most asked for, at once: the engine looks at its arrays once for four samples. */
function meanOfFours(upper: NumberArray, lower: NumberArray, means: Float64Array): void {
  for (let block = 0; block < means.length; block++) {
    const x = 2 * block;
    means[block] = (upper[x]! + lower[x]! + (upper[x + 1]! + lower[x + 1]!)) / 4;
  }
}

/** One row of blocks, the samples [from, to): sums down the columns first, in loops over neighbours. */
function meanOfAll(numbers: NumberArray, from: number, to: number, step: number, sums: Float64Array, means: Float64Array): void {
  const width = sums.length;
  const lines = (to - from) / width;
  if (lines === 1) setLine(numbers, from, width, sums);
  else setLines(numbers, from, from + width, width, sums);
  for (let line = 2; line < lines; line++) addLine(numbers, from + line * width, width, sums);
  const whole = Math.floor(width / step);
  foldBlocks(sums, whole, step, 1 / (lines * step), means);
  if (whole < means.length)
    foldBlocks(sums.subarray(whole * step), 1, width - whole * step, 1 / (lines * (width - whole * step)), means.subarray(whole));
}

function setLine(numbers: NumberArray, start: number, width: number, sums: Float64Array): void {
  for (let x = 0; x < width; x++) sums[x] = numbers[start + x]!;
}

function setLines(numbers: NumberArray, a: number, b: number, width: number, sums: Float64Array): void {
  for (let x = 0; x < width; x++) sums[x] = numbers[a + x]! + numbers[b + x]!;
}

function addLine(numbers: NumberArray, start: number, width: number, sums: Float64Array): void {
  for (let x = 0; x < width; x++) sums[x]! += numbers[start + x]!;
}

function foldBlocks(sums: Float64Array, blocks: number, step: number, factor: number, means: Float64Array): void {
  for (let block = 0, x = 0; block < blocks; block++) {
    let sum = 0;
    for (const end = x + step; x < end; x++) sum += sums[x]!;
    means[block] = sum * factor;
  }
}

function allFinite(means: Float64Array): boolean {
  let odd = 0;
  for (let i = 0; i < means.length; i++) odd += means[i]! - means[i]!;
  return odd === 0;
}

/** The same row where samples may be left out. */
function meanOfCounting(
  numbers: NumberArray,
  from: number,
  to: number,
  step: number,
  width: number,
  state: Uint8Array | undefined,
  means: Float64Array,
): void {
  const counts = new Uint32Array(means.length);
  means.fill(0);
  for (let line = from; line < to; line += width) addCounting(numbers, line, width, step, state, means, counts);
  for (let block = 0; block < means.length; block++) means[block]! /= counts[block]!;
}

function addCounting(
  numbers: NumberArray,
  start: number,
  width: number,
  step: number,
  state: Uint8Array | undefined,
  sums: Float64Array,
  counts: Uint32Array,
): void {
  for (let column = 0, x = 0; x < width; column++) {
    const end = Math.min(width, x + step);
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
