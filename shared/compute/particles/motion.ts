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
  const own = Uint32Array.from({ length: count }, (_, i) => i);
  const places: Uint32Array[] = Array.from({ length: window.length }, () => own);
  const back = countNeighbours(window, reach, -1, places);
  const forward = countNeighbours(window, reach, 1, places);
  const positions = window.map((set) => set?.xyz ?? here.xyz);
  const table: Stencil[] = [];
  const motion = new Float64Array(6);
  const out = names.map(() => new Float32Array(count));
  const codes = names.map((name) => CODES[name]);
  for (let i = 0; i < count; i++) {
    const key = (back[i] as number) * (reach + 1) + (forward[i] as number);
    const stencil = (table[key] ??= stencils(snapshot, back[i] as number, forward[i] as number));
    weigh(motion, stencil, places, positions, reach, i, slopes);
    for (let k = 0; k < codes.length; k++) (out[k] as Float32Array)[i] = motionValue(codes[k] as number, motion);
  }
  return out;
}

/** How many neighbours in a row every particle has on one side; `places` gets their indices. */
function countNeighbours(window: readonly (TrackedPositions | undefined)[], reach: number, side: 1 | -1, places: Uint32Array[]): Uint8Array {
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

/** Velocity and acceleration of particle i into `motion`. Weights add up to nothing, so positions may count from the particle's own. */
function weigh(motion: Float64Array, { first, velocity, acceleration }: Stencil, places: readonly Uint32Array[], positions: readonly Float32Array[], reach: number, i: number, slopes: Slopes): void {
  const own = positions[reach] as Float32Array;
  const [x, y, z] = [own[3 * i] as number, own[3 * i + 1] as number, own[3 * i + 2] as number];
  let [u, v, w, ax, ay, az] = [0, 0, 0, 0, 0, 0];
  for (let j = 0; j < velocity.length; j++) {
    const at = 3 * ((places[reach + first + j] as Uint32Array)[i] as number);
    const xyz = positions[reach + first + j] as Float32Array;
    const [dx, dy, dz] = [(xyz[at] as number) - x, (xyz[at + 1] as number) - y, (xyz[at + 2] as number) - z];
    const [weight, second] = [velocity[j] as number, acceleration[j] as number];
    u += weight * dx;
    v += weight * dy;
    w += weight * dz;
    ax += second * dx;
    ay += second * dy;
    az += second * dz;
  }
  motion[0] = u * slopes[0];
  motion[1] = v * slopes[1];
  motion[2] = w * slopes[2];
  motion[3] = ax * slopes[0];
  motion[4] = ay * slopes[1];
  motion[5] = az * slopes[2];
}

const CODES: Readonly<Record<MotionColumn, number>> = { u: 0, v: 1, w: 2, ax: 3, ay: 4, az: 5, speed: 6, acceleration: 7, curvature: 8 };

/** Curvature is |v x a| / |v|^3. */
function motionValue(code: number, motion: Float64Array): number {
  if (code < 6) return motion[code] as number;
  const [u, v, w] = [motion[0] as number, motion[1] as number, motion[2] as number];
  if (code === 6) return Math.sqrt(u * u + v * v + w * w);
  const [ax, ay, az] = [motion[3] as number, motion[4] as number, motion[5] as number];
  if (code === 7) return Math.sqrt(ax * ax + ay * ay + az * az);
  const [cx, cy, cz] = [v * az - w * ay, w * ax - u * az, u * ay - v * ax];
  const speed = Math.sqrt(u * u + v * v + w * w);
  return speed > 0 ? Math.sqrt(cx * cx + cy * cy + cz * cz) / (speed * speed * speed) : Number.NaN;
}

/** Motion at the points of one track, the first of them at `snapshot`; a gap is NaN. f8, one array a name. */
export function trackMotion(xyz: Float32Array, snapshot: number, reach: number, stencils: Stencils, slopes: Slopes, names: readonly MotionColumn[]): readonly Float64Array[] {
  const points = xyz.length / 3;
  const out = names.map(() => new Float64Array(points).fill(Number.NaN));
  const codes = names.map((name) => CODES[name]);
  const motion = new Float64Array(6);
  const before = runs(xyz, 1);
  const after = runs(xyz, -1);
  for (let i = 0; i < points; i++) {
    const [back, forward] = [Math.min(reach, (before[i] as number) - 1), Math.min(reach, (after[i] as number) - 1)];
    if (back < 0) continue;
    weighPoint(motion, stencils(snapshot + i, back, forward), xyz, i, slopes);
    for (let k = 0; k < codes.length; k++) (out[k] as Float64Array)[i] = motionValue(codes[k] as number, motion);
  }
  return out;
}

/** Length of the run of points that are there up to this one, forwards or backwards; 0 = a gap. */
function runs(xyz: Float32Array, side: 1 | -1): Uint32Array {
  const points = xyz.length / 3;
  const lengths = new Uint32Array(points);
  let run = 0;
  for (let i = side === 1 ? 0 : points - 1; i >= 0 && i < points; i += side) lengths[i] = run = isPlace(xyz, i) ? run + 1 : 0;
  return lengths;
}

function weighPoint(motion: Float64Array, { first, velocity, acceleration }: Stencil, xyz: Float32Array, i: number, slopes: Slopes): void {
  for (let axis = 0; axis < 3; axis++) {
    const own = xyz[3 * i + axis] as number;
    let [speed, change] = [0, 0];
    for (let j = 0; j < velocity.length; j++) {
      const way = (xyz[3 * (i + first + j) + axis] as number) - own;
      speed += (velocity[j] as number) * way;
      change += (acceleration[j] as number) * way;
    }
    motion[axis] = speed * (slopes[axis] as number);
    motion[3 + axis] = change * (slopes[axis] as number);
  }
}
