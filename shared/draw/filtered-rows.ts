import type { NumberArray } from '../model/dtype.ts';
import { pixelRange, tapsOf } from './pixel-samples.ts';
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
  const { from, to } = pixelRange(columns);
  const sums = new Float64Array(field.width);
  const weights = new Float64Array(field.width);
  const values = new Float64Array(to - from);
  const leavesOut = leavingOut(layer);
  const real = field.data instanceof Float32Array || field.data instanceof Float64Array;
  const checked = real || leavesOut !== undefined;
  const [left, right] = sampleSpan(across.first, across.begin, from, to);
  return (y) => {
    sums.fill(0, left, right);
    weights.fill(0, left, right);
    for (let tap = down.begin[y]!, row = down.first[y]!; tap < down.begin[y + 1]!; tap++, row++) {
      const weight = down.weights[tap]!;
      if (checked) addChecked(field, row * field.width, left, right, weight, leavesOut, sums, weights);
      else addAll(field.data, row * field.width, left, right, weight, sums);
    }
    if (checked) meanAcross(across, sums, weights, from, to, values);
    else sumAcross(across, sums, from, to, values);
    scaleValues(values, field.slope, field.offset);
    if (real) restoreOddSamples(field, rows[y]! * field.width, columns, from, to, values);
    return values;
  };
}

/** Which states take no part: blank, and masked where masked samples are hatched. */
function leavingOut({ state, masked }: ImageLayer): Uint8Array | undefined {
  if (!state || !(state.data.includes(4) || (masked && state.data.includes(1)))) return undefined;
  return state.data.map((sample) => (sample === 4 || (sample === 1 && masked) ? 1 : 0));
}

function sampleSpan(first: Int32Array, begin: Int32Array, from: number, to: number): [left: number, right: number] {
  let left = Number.POSITIVE_INFINITY;
  let right = 0;
  for (const x of [from, to - 1]) {
    left = Math.min(left, first[x]!);
    right = Math.max(right, first[x]! + begin[x + 1]! - begin[x]!);
  }
  return [left, right];
}

/** Integers that all take part: their weights need no sums. */
function addAll(data: NumberArray, start: number, left: number, right: number, weight: number, sums: Float64Array): void {
  for (let i = left; i < right; i++) sums[i]! += weight * data[start + i]!;
}

function addChecked(
  { data }: SampledField, start: number, left: number, right: number, weight: number, leavesOut: Uint8Array | undefined, sums: Float64Array, weights: Float64Array,
): void {
  for (let i = left; i < right; i++) {
    const sample = data[start + i]!;
    if (sample - sample !== 0 || (leavesOut !== undefined && leavesOut[start + i] === 1)) continue;
    sums[i]! += weight * sample;
    weights[i]! += weight;
  }
}

function sumAcross({ first, begin, weights: taps }: Taps, sums: Float64Array, from: number, to: number, values: Float64Array): void {
  for (let x = from; x < to; x++) {
    const end = begin[x + 1]!;
    let sum = 0;
    for (let tap = begin[x]!, i = first[x]!; tap < end; tap++, i++) sum += taps[tap]! * sums[i]!;
    values[x - from] = sum;
  }
}

function meanAcross({ first, begin, weights: taps }: Taps, sums: Float64Array, weights: Float64Array, from: number, to: number, values: Float64Array): void {
  for (let x = from; x < to; x++) {
    const end = begin[x + 1]!;
    let sum = 0;
    let weight = 0;
    for (let tap = begin[x]!, i = first[x]!; tap < end; tap++, i++) {
      sum += taps[tap]! * sums[i]!;
      weight += taps[tap]! * weights[i]!;
    }
    values[x - from] = sum / weight;
  }
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
