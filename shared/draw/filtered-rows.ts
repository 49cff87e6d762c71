import type { NumberArray } from '../model/dtype.ts';
import { tapsOf } from './pixel-samples.ts';
import type { PixelAxis, Taps } from './pixel-samples.ts';
import type { ImageLayer, SampledField } from './scene.ts';

/**
 * Values of the pixels of row y, from the first pixel on the field on: weighted means of samples in y, then in x, over those that are
 * finite and not hatched. A pixel whose own sample is not finite shows that. The returned array is used again for the next row.
 */
export function createFilter(layer: ImageLayer, axisX: PixelAxis, axisY: PixelAxis, columns: Int32Array, rows: Int32Array): (y: number) => Float64Array {
  const { field, smooth } = layer;
  const across = tapsOf(axisX, columns, smooth);
  const down = tapsOf(axisY, rows, smooth);
  // Taps without weight may reach beyond the last sample.
  const sums = new Float64Array(field.width + across.count);
  const weights = new Float64Array(field.width + across.count);
  const values = new Float64Array(across.to - across.from);
  const meanWeights = new Float64Array(values.length);
  const state = statesThatCount(layer);
  const leaves = leftOutStates(layer);
  const real = field.data instanceof Float32Array || field.data instanceof Float64Array;
  const checked = real || state !== undefined;
  const left = Math.min(across.first[0]!, across.first.at(-1)!);
  const right = Math.min(field.width, Math.max(across.first[0]!, across.first.at(-1)!) + across.count);
  return (y) => {
    sums.fill(0, left, right);
    weights.fill(0, left, right);
    let leftOut = 0;
    for (let tap = 0; tap < down.count; tap++) {
      const weight = down.weights[tap * (down.to - down.from) + y - down.from]!;
      const start = (down.first[y - down.from]! + tap) * field.width;
      if (weight === 0) continue;
      if (checked) leftOut += addChecked(field.data, state, leaves, start, left, right, weight, sums, weights);
      else addAll(field.data, start, left, right, weight, sums);
    }
    weighAcross(across, sums, values);
    if (leftOut > 0) {
      weighAcross(across, weights, meanWeights);
      for (let i = 0; i < values.length; i++) values[i]! /= meanWeights[i]!;
    }
    if (field.slope !== 1 || field.offset !== 0) scaleValues(values, field.slope, field.offset);
    if (real && leftOut > 0) restoreOddSamples(field, rows[y]! * field.width, columns, across.from, across.to, values);
    return values;
  };
}

/** By state, 1 where samples take no part: what is hatched. */
function leftOutStates({ masked, filtered }: ImageLayer): Uint8Array {
  return Uint8Array.of(0, masked ? 1 : 0, 0, 0, 1, filtered ? 1 : 0);
}

/** The states, where some sample takes no part. */
function statesThatCount({ state, masked, filtered }: ImageLayer): Uint8Array | undefined {
  return state && (state.data.includes(4) || (masked && state.data.includes(1)) || (filtered && state.data.includes(5))) ? state.data : undefined;
}

/** Integers that all take part: their weights need no sums. */
function addAll(data: NumberArray, start: number, left: number, right: number, weight: number, sums: Float64Array): void {
  for (let i = left; i < right; i++) sums[i]! += weight * data[start + i]!;
}

/** Returns how many samples took no part. */
function addChecked(
  data: NumberArray, state: Uint8Array | undefined, leaves: Uint8Array, start: number, left: number, right: number, weight: number,
  sums: Float64Array, weights: Float64Array,
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

/** Tap after tap over all pixels: loops of fixed length are several times faster than a loop of a few taps for each pixel. */
function weighAcross({ count, first, weights }: Taps, sums: Float64Array, values: Float64Array): void {
  setTap(first, weights, sums, values, values.length);
  for (let tap = 1; tap < count; tap++) addTap(first, weights, tap, sums, values, values.length);
}

function setTap(first: Int32Array, weights: Float64Array, sums: Float64Array, values: Float64Array, pixels: number): void {
  for (let i = 0; i < pixels; i++) values[i] = weights[i]! * sums[first[i]!]!;
}

function addTap(first: Int32Array, weights: Float64Array, tap: number, sums: Float64Array, values: Float64Array, pixels: number): void {
  const start = tap * pixels;
  for (let i = 0; i < pixels; i++) values[i]! += weights[start + i]! * sums[first[i]! + tap]!;
}

function scaleValues(values: Float64Array, slope: number, offset: number): void {
  for (let i = 0; i < values.length; i++) values[i] = slope * values[i]! + offset;
}

function restoreOddSamples({ data, slope, offset }: SampledField, start: number, columns: Int32Array, from: number, to: number, values: Float64Array): void {
  for (let x = from; x < to; x++) {
    const sample = data[start + columns[x]!]!;
    if (sample - sample !== 0) values[x - from] = slope * sample + offset;
  }
}
