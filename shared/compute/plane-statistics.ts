import type { StatisticsReply } from '../contract/planes.ts';
import { percentilesOf } from './percentiles.ts';

export interface PlaneStatistics {
  readonly reply: StatisticsReply;
  /** Counts in equal bins over [min, max]; the last bin holds its upper edge. A single value is counted in the first bin. */
  readonly histogram: Uint32Array;
}

export const HISTOGRAM_BINS = 256;

/** Samples a call of an inner loop: many short calls are compiled early and stay compiled, one endless call is not. */
export const CHUNK_SAMPLES = 1024;

/** Where no sample takes part: zeros, so that a reply is always plain JSON. */
export function emptyStatistics(left: { readonly masked: number; readonly notFinite: number }): PlaneStatistics {
  const reply = { min: 0, max: 0, mean: 0, std: 0, count: 0, ...left, percentiles: percentilesOf(1, new Map()) };
  return { reply, histogram: new Uint32Array(HISTOGRAM_BINS) };
}
