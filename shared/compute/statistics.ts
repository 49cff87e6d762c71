import type { Plane } from '../model/frames.ts';
import { codesOf, narrowStatistics } from './narrow-statistics.ts';
import { planeNumbers } from './plane-numbers.ts';
import type { PlaneStatistics } from './plane-statistics.ts';
import { wideStatistics } from './wide-statistics.ts';

export type { PlaneStatistics } from './plane-statistics.ts';
export { levelsFromPercentiles, openLevels } from './percentiles.ts';
export { reduceMean } from './reduce-mean.ts';

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
