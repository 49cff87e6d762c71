import { NO_TRACK, type ParticleSet } from '../../model/particles.ts';
import type { FrameScales } from '../../model/scale.ts';
import type { MotionColumn } from './columns.ts';
import { matchTracks } from './match-tracks.ts';
import type { Stencil, Stencils } from './stencil.ts';

/*
 * Motion along tracks in physical units: positions differ by slope times the difference of stored numbers, the offset cancels. Where a track
 * has no point (a gap) it counts as ended: both sides are differentiated for themselves. What the points do not tell is NaN.
 */

export type Slopes = readonly [x: number, y: number, z: number];

export function slopesOf({ x, y, z }: FrameScales): Slopes {
  return [x.slope, y.slope, z.slope];
}

export function needsAcceleration(names: readonly MotionColumn[]): boolean {
  return names.some((name) => name.startsWith('a') || name === 'curvature');
}

/** What motion needs of a snapshot. */
export type TrackedPositions = Pick<ParticleSet, 'xyz' | 'track'>;

/**
 * Motion of the particles in the middle of `window`, which holds the snapshots from `reach` before to `reach` after it, undefined where there
 * is none; f4, one array a name.
 */
export function layerMotion(window: readonly (TrackedPositions | undefined)[], snapshot: number, stencils: Stencils, slopes: Slopes, names: readonly MotionColumn[]): readonly Float32Array[] {
  const reach = (window.length - 1) / 2;
  const here = window[reach] as TrackedPositions;
  const count = here.track.length;
  const places: (Uint32Array | undefined)[] = [];
  const back = countNeighbours(window, reach, -1, places);
  const forward = countNeighbours(window, reach, 1, places);
  const table: Stencil[] = [];
  const stencilFor = (i: number): Stencil => {
    const key = (back[i] as number) * (reach + 1) + (forward[i] as number);
    return (table[key] ??= stencils(snapshot, back[i] as number, forward[i] as number));
  };
  const positions = window.map((set) => set?.xyz);
  const motion = new Float64Array(MOTION_VALUES * count);
  const isAlone = (i: number): boolean => back[i] === 0 && forward[i] === 0;
  for (let i = 0; i < count; i++) {
    if (isAlone(i)) motion.fill(Number.NaN, MOTION_VALUES * i, MOTION_VALUES * (i + 1));
    else weighNeighbours(motion, stencilFor(i), places, positions, reach, i);
  }
  return names.map((name) => fillMotion(new Float32Array(count), motion, CODES[name], slopes));
}

/** How many neighbours in a row every particle has on one side; `places` gets their indices. */
function countNeighbours(window: readonly (TrackedPositions | undefined)[], reach: number, side: 1 | -1, places: (Uint32Array | undefined)[]): Uint8Array {
  const { track, xyz } = window[reach] as TrackedPositions;
  const counts = new Uint8Array(track.length);
  for (let step = 1; step <= reach; step++) {
    const set = window[reach + side * step];
    if (!set) break;
    const found = matchTracks(track, set.track);
    let any = false;
    for (let i = 0; i < found.length; i++) {
      const at = found[i] as number;
      if (at === NO_TRACK || counts[i] !== step - 1 || !isPlace(set.xyz, at) || !isPlace(xyz, i)) continue;
      counts[i] = step;
      any = true;
    }
    if (!any) break;
    places[reach + side * step] = found;
  }
  return counts;
}

function isPlace(xyz: Float32Array, i: number): boolean {
  return Number.isFinite((xyz[3 * i] as number) + (xyz[3 * i + 1] as number) + (xyz[3 * i + 2] as number));
}

/** u v w ax ay az of every particle, one after the other, in stored units of length. */
const MOTION_VALUES = 6;

/** Of particle i. Weights add up to nothing, so that positions may count from the particle's own. */
function weighNeighbours(
  motion: Float64Array, { first, velocity, acceleration }: Stencil, places: readonly (Uint32Array | undefined)[], positions: readonly (Float32Array | undefined)[], reach: number, i: number,
): void {
  const own = positions[reach] as Float32Array;
  const x = own[3 * i] as number;
  const y = own[3 * i + 1] as number;
  const z = own[3 * i + 2] as number;
  let u = 0;
  let v = 0;
  let w = 0;
  let ax = 0;
  let ay = 0;
  let az = 0;
  for (let j = 0; j < velocity.length; j++) {
    const place = places[reach + first + j];
    // Without a place it is the particle itself.
    if (!place) continue;
    const at = 3 * (place[i] as number);
    const xyz = positions[reach + first + j] as Float32Array;
    const dx = (xyz[at] as number) - x;
    const dy = (xyz[at + 1] as number) - y;
    const dz = (xyz[at + 2] as number) - z;
    const weight = velocity[j] as number;
    const second = acceleration[j] as number;
    u += weight * dx;
    v += weight * dy;
    w += weight * dz;
    ax += second * dx;
    ay += second * dy;
    az += second * dz;
  }
  const at = MOTION_VALUES * i;
  motion[at] = u;
  motion[at + 1] = v;
  motion[at + 2] = w;
  motion[at + 3] = ax;
  motion[at + 4] = ay;
  motion[at + 5] = az;
}

const CODES: Readonly<Record<MotionColumn, number>> = { u: 0, v: 1, w: 2, ax: 3, ay: 4, az: 5, speed: 6, acceleration: 7, curvature: 8 };

/** One column out of u v w ax ay az of all points. */
function fillMotion<A extends Float32Array | Float64Array>(out: A, motion: Float64Array, code: number, [sx, sy, sz]: Slopes): A {
  if (code < MOTION_VALUES) {
    const slope = [sx, sy, sz][code % 3] as number;
    for (let i = 0, at = code; i < out.length; i++, at += MOTION_VALUES) out[i] = slope * (motion[at] as number);
    return out;
  }
  const first = code === CODES.acceleration ? 3 : 0;
  for (let i = 0, at = 0; i < out.length; i++, at += MOTION_VALUES) {
    const x = sx * (motion[at + first] as number);
    const y = sy * (motion[at + first + 1] as number);
    const z = sz * (motion[at + first + 2] as number);
    out[i] = code === CODES.curvature ? curvature(x, y, z, sx * (motion[at + 3] as number), sy * (motion[at + 4] as number), sz * (motion[at + 5] as number)) : Math.sqrt(x * x + y * y + z * z);
  }
  return out;
}

/** |v x a| / |v|^3. */
function curvature(u: number, v: number, w: number, ax: number, ay: number, az: number): number {
  const [x, y, z] = [v * az - w * ay, w * ax - u * az, u * ay - v * ax];
  const square = u * u + v * v + w * w;
  return square > 0 ? Math.sqrt((x * x + y * y + z * z) / square) / square : Number.NaN;
}

/** Motion at the points of one track, the first of them at `snapshot`; a gap is NaN. f8, one array a name. */
export function trackMotion(xyz: Float32Array, snapshot: number, reach: number, stencils: Stencils, slopes: Slopes, names: readonly MotionColumn[]): readonly Float64Array[] {
  const points = xyz.length / 3;
  const motion = new Float64Array(MOTION_VALUES * points).fill(Number.NaN);
  const before = runs(xyz, 1);
  const after = runs(xyz, -1);
  for (let i = 0; i < points; i++) {
    const [back, forward] = [Math.min(reach, (before[i] as number) - 1), Math.min(reach, (after[i] as number) - 1)];
    if (back < 0) continue;
    weighPoint(motion, stencils(snapshot + i, back, forward), xyz, i);
  }
  return names.map((name) => fillMotion(new Float64Array(points), motion, CODES[name], slopes));
}

/** Length of the run of points that are there up to this one, forwards or backwards; 0 = a gap. */
function runs(xyz: Float32Array, side: 1 | -1): Uint32Array {
  const points = xyz.length / 3;
  const lengths = new Uint32Array(points);
  let run = 0;
  for (let i = side === 1 ? 0 : points - 1; i >= 0 && i < points; i += side) lengths[i] = run = isPlace(xyz, i) ? run + 1 : 0;
  return lengths;
}

function weighPoint(motion: Float64Array, { first, velocity, acceleration }: Stencil, xyz: Float32Array, i: number): void {
  for (let axis = 0; axis < 3; axis++) {
    const own = xyz[3 * i + axis] as number;
    let [speed, change] = [0, 0];
    for (let j = 0; j < velocity.length; j++) {
      const way = (xyz[3 * (i + first + j) + axis] as number) - own;
      speed += (velocity[j] as number) * way;
      change += (acceleration[j] as number) * way;
    }
    motion[MOTION_VALUES * i + axis] = speed;
    motion[MOTION_VALUES * i + 3 + axis] = change;
  }
}
