import type { NumberArray } from '../model/dtype.ts';
import { markedRows } from './hatch.ts';
import { tapsOf } from './pixel-samples.ts';
import type { PixelAxis, Taps } from './pixel-samples.ts';
import { sumRows } from './row-sums.ts';
import type { RowTap } from './row-sums.ts';
import type { ImageLayer } from './scene.ts';

/**
 * Unscaled values of the pixels of row y, from the first pixel on the field on: weighted means of samples in y, then in x, over those that
 * are finite and not hatched. A pixel whose own sample is not finite shows that. The returned array is used again for the next row.
 */
export function createFilter(
  layer: ImageLayer,
  axisX: PixelAxis,
  axisY: PixelAxis,
  columns: Int32Array,
  rows: Int32Array,
): (y: number) => Float64Array {
  const { field, smooth } = layer;
  const across = tapsOf(axisX, columns, smooth);
  const down = tapsOf(axisY, rows, smooth);
  // Taps without weight may reach beyond the last sample.
  const sums = new Float64Array(field.width + across.count);
  const values = new Float64Array(across.to - across.from);
  const left = Math.min(across.first[0]!, across.first.at(-1)!);
  const right = Math.min(field.width, Math.max(across.first[0]!, across.first.at(-1)!) + across.count);
  const marks = markedRows(layer);
  const real = field.data instanceof Float32Array || field.data instanceof Float64Array;
  const sumChecked = checkedSum(layer, across, left, right);
  /** Rows with samples that take no part mostly follow each other. */
  let someLeftOut = false;
  return (y) => {
    const taps = tapsAt(down, y, field.width);
    const marked = marks !== undefined && taps.some(({ start }) => marks[start / field.width] === 1);
    if (!marked && !someLeftOut) {
      sumRows(field.data, taps, left, right, sums);
      weighAcross(across, sums, values);
      if (!real || allFinite(values)) return values;
    }
    someLeftOut = sumChecked(taps, values) && real;
    if (someLeftOut) restoreOddSamples(field.data, rows[y]! * field.width, columns, across.from, across.to, values);
    return values;
  };
}

function tapsAt({ from, to, count, first, weights }: Taps, y: number, width: number): readonly RowTap[] {
  const taps: RowTap[] = [];
  for (let tap = 0; tap < count; tap++) {
    const weight = weights[tap * (to - from) + y - from]!;
    if (weight !== 0) taps.push({ start: (first[y - from]! + tap) * width, weight });
  }
  return taps;
}

function allFinite(values: Float64Array): boolean {
  let odd = 0;
  for (let i = 0; i < values.length; i++) odd += values[i]! - values[i]!;
  return odd === 0;
}

/** The means of rows where samples may take no part: the weights of the others are summed up as well. Tells whether there were such samples. */
function checkedSum(
  layer: ImageLayer,
  across: Taps,
  left: number,
  right: number,
): (taps: readonly RowTap[], values: Float64Array) => boolean {
  const {
    field: { data },
    state,
  } = layer;
  const leaves = leftOutStates(layer);
  const sums = new Float64Array(right + across.count);
  const weights = new Float64Array(sums.length);
  const weighed = new Float64Array(across.to - across.from);
  return (taps, values) => {
    sums.fill(0);
    weights.fill(0);
    let leftOut = 0;
    for (const { start, weight } of taps) leftOut += addChecked(data, state?.data, leaves, start, left, right, weight, sums, weights);
    weighAcross(across, sums, values);
    if (leftOut === 0) return false;
    weighAcross(across, weights, weighed);
    for (let i = 0; i < values.length; i++) values[i]! /= weighed[i]!;
    return true;
  };
}

/** By state, 1 where samples take no part: what is hatched. */
function leftOutStates({ masked, filtered }: ImageLayer): Uint8Array {
  return Uint8Array.of(0, masked ? 1 : 0, 0, 0, 1, filtered ? 1 : 0);
}

/** Returns how many samples took no part. */
function addChecked(
  data: NumberArray,
  state: Uint8Array | undefined,
  leaves: Uint8Array,
  start: number,
  left: number,
  right: number,
  weight: number,
  sums: Float64Array,
  weights: Float64Array,
): number {
  let leftOut = 0;
  for (let i = left; i < right; i++) {
    const sample = data[start + i]!;
    if (sample - sample !== 0 || (state !== undefined && leaves[state[start + i]!] === 1)) {
      leftOut++;
      continue;
    }
    sums[i]! += weight * sample;
    weights[i]! += weight;
  }
  return leftOut;
}

/** Loops of fixed length are several times faster than a loop of a few taps for each pixel. */
function weighAcross({ count, first, weights }: Taps, sums: Float64Array, values: Float64Array): void {
  const pixels = values.length;
  if (count === 1) setOne(first, weights, sums, values, pixels);
  else if (count === 2) setTwo(first, weights, sums, values, pixels);
  else setFour(first, weights, sums, values, pixels);
  for (let tap = 4; tap < count; tap++) addOne(first, weights, tap, sums, values, pixels);
}

function setOne(first: Int32Array, weights: Float64Array, sums: Float64Array, values: Float64Array, pixels: number): void {
  for (let i = 0; i < pixels; i++) values[i] = weights[i]! * sums[first[i]!]!;
}

/** The most frequent, two pixels a round: the engine looks at the arrays once then. */
function setTwo(first: Int32Array, weights: Float64Array, sums: Float64Array, values: Float64Array, pixels: number): void {
  const right = weights.subarray(pixels);
  const even = pixels & ~1;
  for (let i = 0; i < even; i += 2) {
    const at = first[i]!;
    const next = first[i + 1]!;
    values[i] = weights[i]! * sums[at]! + right[i]! * sums[at + 1]!;
    values[i + 1] = weights[i + 1]! * sums[next]! + right[i + 1]! * sums[next + 1]!;
  }
  for (let i = even; i < pixels; i++) values[i] = weights[i]! * sums[first[i]!]! + right[i]! * sums[first[i]! + 1]!;
}

function setFour(first: Int32Array, weights: Float64Array, sums: Float64Array, values: Float64Array, pixels: number): void {
  for (let i = 0; i < pixels; i++) {
    const at = first[i]!;
    values[i] =
      weights[i]! * sums[at]! +
      weights[pixels + i]! * sums[at + 1]! +
      weights[2 * pixels + i]! * sums[at + 2]! +
      weights[3 * pixels + i]! * sums[at + 3]!;
  }
}

function addOne(first: Int32Array, weights: Float64Array, tap: number, sums: Float64Array, values: Float64Array, pixels: number): void {
  const start = tap * pixels;
  for (let i = 0; i < pixels; i++) values[i]! += weights[start + i]! * sums[first[i]! + tap]!;
}

function restoreOddSamples(data: NumberArray, start: number, columns: Int32Array, from: number, to: number, values: Float64Array): void {
  for (let x = from; x < to; x++) {
    const sample = data[start + columns[x]!]!;
    if (sample - sample !== 0) values[x - from] = sample;
  }
}
