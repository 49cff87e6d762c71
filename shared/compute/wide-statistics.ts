import { selectRanks } from './order-statistics.ts';
import type { FloatArray } from './order-statistics.ts';
import { percentRanks, percentilesOf } from './percentiles.ts';
import { CHUNK_SAMPLES, emptyStatistics, HISTOGRAM_BINS } from './plane-statistics.ts';
import type { PlaneStatistics } from './plane-statistics.ts';

/** Bins of the fine histogram that percentiles are read from; a multiple of HISTOGRAM_BINS. */
const FINE_BINS = 65536;

/** Percentiles are read from the fine histogram where 98 % of the samples spread over at least this many of its bins. */
const ENOUGH_BINS = 1024;

/** Floats: one pass for sums and range, one for the histogram; a third only where few far samples leave the others in few bins. */
export function wideStatistics(numbers: FloatArray, state: Uint8Array | undefined): PlaneStatistics {
  const samples: Samples = { numbers, state };
  const sums = sumSamples(samples);
  const { count, masked, min, max } = sums;
  const left = { masked, notFinite: numbers.length - masked - count };
  if (count === 0) return emptyStatistics(left);
  const fine = countFine(samples, min, max);
  const percentiles = percentilesOf(count, rankedSamples(samples, sums, fine));
  const reply = { min: min + 0, max: max + 0, ...momentsOf(samples, sums), count, ...left, percentiles };
  return { reply, histogram: coarseHistogram(fine) };
}

interface Samples {
  readonly numbers: FloatArray;
  readonly state: Uint8Array | undefined;
}

/** Sums of (sample - shift) and its square; the shift keeps small spreads far from zero exact. */
interface Sums {
  count: number;
  masked: number;
  min: number;
  max: number;
  readonly shift: number;
  sum: number;
  squares: number;
}

function sumSamples(samples: Samples): Sums {
  const { numbers, state } = samples;
  const shift = numbers.find((value, i) => Number.isFinite(value) && (state === undefined || state[i] === 0)) ?? 0;
  const sums: Sums = { count: 0, masked: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, shift, sum: 0, squares: 0 };
  for (let from = 0; from < numbers.length; from += CHUNK_SAMPLES)
    sumChunk(samples, from, Math.min(numbers.length, from + CHUNK_SAMPLES), sums);
  return sums;
}

function sumChunk({ numbers, state }: Samples, from: number, to: number, sums: Sums): void {
  let { min, max } = sums;
  const { shift } = sums;
  let taken = 0;
  let masked = 0;
  let sum = 0;
  let squares = 0;
  for (let i = from; i < to; i++) {
    if (state !== undefined && state[i] !== 0) {
      masked++;
      continue;
    }
    const value = numbers[i]!;
    // value - value is 0 for finite numbers only.
    if (value - value !== 0) continue;
    const distance = value - shift;
    taken++;
    sum += distance;
    squares += distance * distance;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  sums.count += taken;
  sums.masked += masked;
  sums.min = min;
  sums.max = max;
  sums.sum += sum;
  sums.squares += squares;
}

/** Mean and standard deviation (of the population); a second look at the samples where the shifted sums would lose digits or overflow. */
function momentsOf({ numbers, state }: Samples, sums: Sums): { mean: number; std: number } {
  const { count, shift, min, max } = sums;
  const offset = sums.sum / count;
  const variance = sums.squares / count - offset * offset;
  if (variance > 1e-6 * offset * offset && Number.isFinite(sums.squares)) return { mean: shift + offset, std: Math.sqrt(variance) };
  if (min === max) return { mean: min + 0, std: 0 };
  const unit = Math.max(Math.abs(min), Math.abs(max));
  let mean = shift / unit;
  let squares = 0;
  for (const last of [false, true]) {
    let sum = 0;
    for (let i = 0; i < numbers.length; i++) {
      const distance = numbers[i]! / unit - mean;
      if ((state !== undefined && state[i] !== 0) || distance - distance !== 0) continue;
      sum += distance;
      squares += last ? distance * distance : 0;
    }
    mean += sum / count;
  }
  return { mean: mean * unit, std: Math.sqrt(squares / count) * unit };
}

/** FINE_BINS equal bins over [min, max], and one more for the upper edge. */
function countFine({ numbers, state }: Samples, min: number, max: number): Uint32Array {
  const fine = new Uint32Array(FINE_BINS + 1);
  // Halves, so that a span beyond the largest number stays finite.
  const perUnit = FINE_BINS / 2 / (max / 2 - min / 2);
  const binsPerUnit = Number.isFinite(perUnit) ? perUnit : 0;
  for (let from = 0; from < numbers.length; from += CHUNK_SAMPLES) {
    countChunk(numbers, state, from, Math.min(numbers.length, from + CHUNK_SAMPLES), min, binsPerUnit, fine);
  }
  return fine;
}

function countChunk(
  numbers: FloatArray,
  state: Uint8Array | undefined,
  from: number,
  to: number,
  min: number,
  binsPerUnit: number,
  fine: Uint32Array,
): void {
  for (let i = from; i < to; i++) {
    if (state !== undefined && state[i] !== 0) continue;
    const value = numbers[i]!;
    if (value - value === 0) fine[((value - min) * binsPerUnit) | 0]!++;
  }
}

function coarseHistogram(fine: Uint32Array): Uint32Array {
  const histogram = new Uint32Array(HISTOGRAM_BINS);
  const share = FINE_BINS / HISTOGRAM_BINS;
  for (let bin = 0; bin <= FINE_BINS; bin++) histogram[Math.min(HISTOGRAM_BINS - 1, Math.floor(bin / share))]! += fine[bin]!;
  return histogram;
}

/** Samples at the ranks of the percents: to a 65,536th of the range from the fine histogram, or exact ones where that is too coarse. */
function rankedSamples(samples: Samples, { count, min, max }: Sums, fine: Uint32Array): Map<number, number> {
  const ranks = percentRanks(count);
  const places = finePlaces(
    fine,
    [0.01 * count, ...ranks, 0.99 * count].sort((a, b) => a - b),
  );
  const spread = (places.get(0.99 * count) ?? 0) - (places.get(0.01 * count) ?? 0);
  if (spread < ENOUGH_BINS) {
    const exact = selectRanks(takingPart(samples, count), ranks);
    return new Map(ranks.map((rank, i) => [rank, exact[i]! + 0]));
  }
  return new Map(
    ranks.map((rank) => {
      const part = rank === 0 ? 0 : rank === count - 1 ? 1 : places.get(rank)! / FINE_BINS;
      return [rank, min * (1 - part) + max * part];
    }),
  );
}

/** Where ranks (ascending) lie, in bins from the minimum; samples are spread evenly inside a bin. */
function finePlaces(fine: Uint32Array, ranks: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  let bin = 0;
  let before = 0;
  for (const rank of ranks) {
    while (rank >= before + fine[bin]! && bin < FINE_BINS) before += fine[bin++]!;
    places.set(rank, Math.min(FINE_BINS, bin + (rank - before + 0.5) / Math.max(1, fine[bin]!)));
  }
  return places;
}

/** A copy of the valid, finite samples. */
function takingPart({ numbers, state }: Samples, count: number): FloatArray {
  const out = numbers instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  let used = 0;
  for (let i = 0; i < numbers.length; i++) {
    if (Number.isFinite(numbers[i]) && (state === undefined || state[i] === 0)) out[used++] = numbers[i]!;
  }
  return out;
}
