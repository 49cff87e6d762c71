import type { ParticleDatasetInfo } from '../model/dataset.ts';
import type { Box } from './space-camera.ts';

type Triple = readonly [x: number, y: number, z: number];

/** The axes of a picture of particles: shown = slope * stored + offset on each. */
export interface ParticleAxes {
  readonly slope: Triple;
  readonly offset: Triple;
  /** Empty where stored positions are shown. */
  readonly units: readonly [x: string, y: string, z: string];
  /** From shown velocities or distances in scaled units to lengths on the axes. */
  readonly perScaled: Triple;
  /** The bounds of the set on these axes, never without extent. */
  readonly box: Box;
}

/** Part of the largest extent that a flat or unknown one gets. */
const LEAST_EXTENT = 0.02;

/** Scaled positions where x, y and z share a unit, so that there is a common length; stored ones otherwise. */
export function particleAxes({ scales: { x, y, z }, bounds }: Pick<ParticleDatasetInfo, 'scales' | 'bounds'>): ParticleAxes {
  const common =
    x.unit === y.unit &&
    y.unit === z.unit &&
    x.slope * y.slope * z.slope !== 0 &&
    Number.isFinite(x.slope * y.slope * z.slope + x.offset + y.offset + z.offset);
  const slope: Triple = common ? [x.slope, y.slope, z.slope] : [1, 1, 1];
  const offset: Triple = common ? [x.offset, y.offset, z.offset] : [0, 0, 0];
  const perScaled = common ? ([1, 1, 1] as const) : ([1 / (x.slope || 1), 1 / (y.slope || 1), 1 / (z.slope || 1)] as const);
  const units = common ? ([x.unit, y.unit, z.unit] as const) : (['', '', ''] as const);
  return { slope, offset, units, perScaled, box: openBox(bounds, slope, offset) };
}

/** Stored positions as they are shown; the array itself is changed. */
export function onAxes(xyz: Float32Array, { slope, offset }: Pick<ParticleAxes, 'slope' | 'offset'>): Float32Array {
  const [sx, sy, sz] = slope;
  const [ox, oy, oz] = offset;
  if (sx === 1 && sy === 1 && sz === 1 && ox === 0 && oy === 0 && oz === 0) return xyz;
  for (let at = 0; at < xyz.length; at += 3) {
    xyz[at] = xyz[at]! * sx + ox;
    xyz[at + 1] = xyz[at + 1]! * sy + oy;
    xyz[at + 2] = xyz[at + 2]! * sz + oz;
  }
  return xyz;
}

/** Diameter of points in pixels that suits a set: few particles are drawn large, so that they are found. */
export function usualPointSize({ particles, steps, pulses }: Pick<ParticleDatasetInfo, 'particles' | 'steps' | 'pulses'>): number {
  const each = particles / Math.max(1, steps * pulses);
  return each < 300 ? 7 : each < 5000 ? 5 : 3;
}

function openBox(bounds: readonly number[], slope: Triple, offset: Triple): Box {
  const ends = [0, 1, 2].map((axis) => {
    const pair = [bounds[axis]!, bounds[axis + 3]!].map((stored) => stored * slope[axis]! + offset[axis]!);
    return pair.every(Number.isFinite) ? ([Math.min(...pair), Math.max(...pair)] as const) : ([0, 0] as const);
  });
  const least = LEAST_EXTENT * Math.max(...ends.map(([low, high]) => high - low)) || 1;
  const opened = ends.map(([low, high]) =>
    high - low < least ? ([(low + high - least) / 2, (low + high + least) / 2] as const) : ([low, high] as const),
  );
  return { low: opened.map(([low]) => low) as never, high: opened.map(([, high]) => high) as never };
}
