import { NO_TRACK, type ParticleSet } from '../../model/particles.ts';
import type { FrameScales } from '../../model/scale.ts';
import type { MotionColumn } from './columns.ts';
import { axisFactors } from './length-units.ts';
import type { Stencil, Stencils } from './stencil.ts';

/*
 * Motion along tracks in physical units: positions differ by slope times the difference of stored numbers, the offset cancels. Where a track
 * has no point (a gap) it counts as ended: both sides are differentiated for themselves. What the points do not tell is NaN.
 */

export type Slopes = readonly [x: number, y: number, z: number];

/** Per axis in the unit of x; in its own where they cannot be compared. */
export function slopesOf(scales: FrameScales): Slopes {
  const [toX, toY, toZ] = axisFactors(scales) ?? [1, 1, 1];
  return [scales.x.slope * toX, scales.y.slope * toY, scales.z.slope * toZ];
}

export function needsAcceleration(names: readonly MotionColumn[]): boolean {
  return names.some((name) => name.startsWith('a') || name === 'curvature');
}

/** What motion needs of a snapshot. */
export type TrackedPositions = Pick<ParticleSet, 'xyz' | 'track'>;

/**
 * Motion of the particles in the middle of `window`, which holds the snapshots from `reach` before to `reach` after it, undefined where there
 * is none; f4, one array a name. Neighbours beyond `half` of the reach are looked up only where there are fewer on the other side.
 */
export function layerMotion(
  window: readonly (TrackedPositions | undefined)[],
  half: number,
  snapshot: number,
  stencils: Stencils,
  slopes: Slopes,
  names: readonly MotionColumn[],
): readonly Float32Array[] {
  const reach = (window.length - 1) / 2;
  const here = window[reach] as TrackedPositions;
  const count = here.track.length;
  const places: (Uint32Array | undefined)[] = [];
  const [back, forward] = [new Uint8Array(count), new Uint8Array(count)];
  const tracked = trackedPlaces(here);
  const look = { window, reach, places };
  findNeighbours(look, -1, 1, half, tracked, back);
  findNeighbours(look, 1, 1, half, tracked, forward);
  if (reach > half) {
    findNeighbours(
      look,
      -1,
      half + 1,
      reach,
      tracked.filter((i) => back[i] === half && (forward[i] as number) < half),
      back,
    );
    findNeighbours(
      look,
      1,
      half + 1,
      reach,
      tracked.filter((i) => forward[i] === half && (back[i] as number) < half),
      forward,
    );
  }
  const motion: Motion = {
    velocity: new Float64Array(3 * count),
    ...(needsAcceleration(names) ? { acceleration: new Float64Array(3 * count) } : {}),
  };
  for (const { back: before, forward: after, particles } of groupsOf(back, forward, reach)) {
    const { first, velocity, acceleration } = stencils(snapshot, before, after);
    for (let j = 0; j < velocity.length; j++) {
      const at = reach + first + j;
      const place = places[at];
      const positions = { here: here.xyz, there: window[at]?.xyz ?? here.xyz, place: at === reach ? undefined : place };
      addWeighted(motion.velocity, particles, positions, velocity[j] as number);
      if (motion.acceleration) addWeighted(motion.acceleration, particles, positions, acceleration[j] as number);
    }
  }
  return names.map((name) => fillMotion(new Float32Array(count), motion, name, slopes));
}

/** Particles with equal numbers of neighbours, which have one stencil; those without any among them. */
function groupsOf(
  back: Uint8Array,
  forward: Uint8Array,
  reach: number,
): readonly { readonly back: number; readonly forward: number; readonly particles: Uint32Array }[] {
  const side = reach + 1;
  const ends = new Uint32Array(side * side + 1);
  for (let i = 0; i < back.length; i++) {
    const key = (back[i] as number) * side + (forward[i] as number) + 1;
    ends[key] = (ends[key] as number) + 1;
  }
  for (let key = 1; key < ends.length; key++) ends[key] = (ends[key] as number) + (ends[key - 1] as number);
  const starts = ends.slice();
  const order = new Uint32Array(back.length);
  for (let i = 0; i < order.length; i++) {
    const key = (back[i] as number) * side + (forward[i] as number);
    order[ends[key] as number] = i;
    ends[key] = (ends[key] as number) + 1;
  }
  return Array.from({ length: side * side }, (_, key) => ({
    back: Math.floor(key / side),
    forward: key % side,
    particles: order.subarray(starts[key], starts[key + 1]),
  })).filter(({ particles }) => particles.length > 0);
}

interface Positions {
  readonly here: Float32Array;
  readonly there: Float32Array;
  /** Index of every particle there; absent = it is the particle itself. */
  readonly place: Uint32Array | undefined;
}

/** Adds the weighted way from here to there. Weights add up to nothing, so that positions may count from the particle's own. */
function addWeighted(sums: Float64Array, particles: Uint32Array, { here, there, place }: Positions, weight: number): void {
  // A particle is at no distance from itself, but a weight that is not known is to be seen.
  if (!place) {
    if (Number.isNaN(weight))
      for (let k = 0; k < particles.length; k++) sums.fill(weight, 3 * (particles[k] as number), 3 * (particles[k] as number) + 3);
    return;
  }
  for (let k = 0; k < particles.length; k++) {
    const i = particles[k] as number;
    const own = 3 * i;
    const at = 3 * (place[i] as number);
    sums[own] = (sums[own] as number) + weight * ((there[at] as number) - (here[own] as number));
    sums[own + 1] = (sums[own + 1] as number) + weight * ((there[at + 1] as number) - (here[own + 1] as number));
    sums[own + 2] = (sums[own + 2] as number) + weight * ((there[at + 2] as number) - (here[own + 2] as number));
  }
}

/** Particles that have a track and a place. */
function trackedPlaces({ track, xyz }: TrackedPositions): Uint32Array {
  const found = new Uint32Array(track.length);
  let taken = 0;
  for (let i = 0; i < found.length && track[i] !== NO_TRACK; i++) if (isPlace(xyz, i)) found[taken++] = i;
  return found.subarray(0, taken);
}

interface Look {
  readonly window: readonly (TrackedPositions | undefined)[];
  readonly reach: number;
  /** Gets by place in the window the index of every particle's neighbour there. */
  readonly places: (Uint32Array | undefined)[];
}

/** Follows tracks on one side from the neighbour `from` to the neighbour `to`; `counts` gets how many neighbours in a row there are. */
function findNeighbours(
  { window, reach, places }: Look,
  side: 1 | -1,
  from: number,
  to: number,
  particles: Uint32Array,
  counts: Uint8Array,
): void {
  const { track } = window[reach] as TrackedPositions;
  let alive = particles;
  for (let step = from; step <= to && alive.length > 0; step++) {
    const set = window[reach + side * step];
    if (!set) return;
    const place = (places[reach + side * step] ??= new Uint32Array(track.length));
    const kept = step === from ? new Uint32Array(alive.length) : alive;
    alive = kept.subarray(0, followTracks(track, alive, set, place, kept));
    for (let k = 0; k < alive.length; k++) counts[alive[k] as number] = step;
  }
}

/** The particles out of `alive` whose track goes on in `there`, into `kept`; how many they are. Both are in ascending track number; of equal numbers the last counts. */
function followTracks(
  track: Uint32Array,
  alive: Uint32Array,
  { track: there, xyz }: TrackedPositions,
  place: Uint32Array,
  kept: Uint32Array,
): number {
  const end = there.length;
  let [at, taken] = [0, 0];
  for (let k = 0; k < alive.length; k++) {
    const i = alive[k] as number;
    const id = track[i] as number;
    while (at < end && (there[at] as number) < id) at++;
    if (at === end) break;
    if (there[at] !== id) continue;
    let last = at;
    while (last + 1 < end && there[last + 1] === id) last++;
    if (!isPlace(xyz, last)) continue;
    place[i] = last;
    kept[taken++] = i;
  }
  return taken;
}

function isPlace(xyz: Float32Array, i: number): boolean {
  return Number.isFinite((xyz[3 * i] as number) + (xyz[3 * i + 1] as number) + (xyz[3 * i + 2] as number));
}

/** x, y, z of every point, one after the other, in stored units of length. */
interface Motion {
  readonly velocity: Float64Array;
  /** Absent where nothing asks for it. */
  readonly acceleration?: Float64Array;
}

const AXIS: Readonly<Partial<Record<MotionColumn, number>>> = { u: 0, v: 1, w: 2, ax: 0, ay: 1, az: 2 };

/** One column out of the motion of all points. */
function fillMotion<A extends Float32Array | Float64Array>(
  out: A,
  { velocity, acceleration = velocity }: Motion,
  name: MotionColumn,
  slopes: Slopes,
): A {
  const from = name.startsWith('a') ? acceleration : velocity;
  const axis = AXIS[name];
  if (axis !== undefined) fillAxis(out, from, axis, slopes[axis] as number);
  else if (name === 'curvature') fillCurvature(out, velocity, acceleration, slopes);
  else fillLength(out, from, slopes);
  return out;
}

function fillAxis(out: Float32Array | Float64Array, values: Float64Array, axis: number, slope: number): void {
  for (let i = 0, at = axis; i < out.length; i++, at += 3) out[i] = slope * (values[at] as number);
}

function fillLength(out: Float32Array | Float64Array, values: Float64Array, [sx, sy, sz]: Slopes): void {
  for (let i = 0, at = 0; i < out.length; i++, at += 3) {
    const x = sx * (values[at] as number);
    const y = sy * (values[at + 1] as number);
    const z = sz * (values[at + 2] as number);
    out[i] = Math.sqrt(x * x + y * y + z * z);
  }
}

function fillCurvature(out: Float32Array | Float64Array, v: Float64Array, a: Float64Array, [sx, sy, sz]: Slopes): void {
  for (let i = 0, at = 0; i < out.length; i++, at += 3) {
    out[i] = curvature(
      sx * (v[at] as number),
      sy * (v[at + 1] as number),
      sz * (v[at + 2] as number),
      sx * (a[at] as number),
      sy * (a[at + 1] as number),
      sz * (a[at + 2] as number),
    );
  }
}

/** |v x a| / |v|^3. */
function curvature(u: number, v: number, w: number, ax: number, ay: number, az: number): number {
  const [x, y, z] = [v * az - w * ay, w * ax - u * az, u * ay - v * ax];
  const square = u * u + v * v + w * w;
  return square > 0 ? Math.sqrt((x * x + y * y + z * z) / square) / square : Number.NaN;
}

/** Motion at the points of one track, the first of them at `snapshot`; a gap is NaN. f8, one array a name. */
export function trackMotion(
  xyz: Float32Array,
  snapshot: number,
  reach: number,
  stencils: Stencils,
  slopes: Slopes,
  names: readonly MotionColumn[],
): readonly Float64Array[] {
  const points = xyz.length / 3;
  const motion = { velocity: new Float64Array(3 * points).fill(Number.NaN), acceleration: new Float64Array(3 * points).fill(Number.NaN) };
  const before = runs(xyz, 1);
  const after = runs(xyz, -1);
  for (let i = 0; i < points; i++) {
    const [back, forward] = [Math.min(reach, (before[i] as number) - 1), Math.min(reach, (after[i] as number) - 1)];
    if (back < 0) continue;
    weighPoint(motion, stencils(snapshot + i, back, forward), xyz, i);
  }
  return names.map((name) => fillMotion(new Float64Array(points), motion, name, slopes));
}

/** Length of the run of points that are there up to this one, forwards or backwards; 0 = a gap. */
function runs(xyz: Float32Array, side: 1 | -1): Uint32Array {
  const points = xyz.length / 3;
  const lengths = new Uint32Array(points);
  let run = 0;
  for (let i = side === 1 ? 0 : points - 1; i >= 0 && i < points; i += side) lengths[i] = run = isPlace(xyz, i) ? run + 1 : 0;
  return lengths;
}

function weighPoint(motion: Required<Motion>, { first, velocity, acceleration }: Stencil, xyz: Float32Array, i: number): void {
  for (let axis = 0; axis < 3; axis++) {
    const own = xyz[3 * i + axis] as number;
    let [speed, change] = [0, 0];
    for (let j = 0; j < velocity.length; j++) {
      const way = (xyz[3 * (i + first + j) + axis] as number) - own;
      speed += (velocity[j] as number) * way;
      change += (acceleration[j] as number) * way;
    }
    motion.velocity[3 * i + axis] = speed;
    motion.acceleration[3 * i + axis] = change;
  }
}
