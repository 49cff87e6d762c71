import { DataError } from '../../../shared/model/data-error.ts';
import { NO_TRACK, type ParticleSet, type TrackSet } from '../../../shared/model/particles.ts';

/** First snapshot (step * pulses + pulse) and length in snapshots of some tracks. */
export interface TrackRecords {
  readonly start: Uint32Array;
  readonly length: Uint32Array;
}

/** Bytes of the points of one answer. */
const MAX_BYTES = 1 << 30;

export function startsOf(start: Uint32Array, pulses: number): Pick<TrackSet, 'startStep' | 'startPulse'> {
  const [startStep, startPulse] = [new Uint32Array(start.length), new Uint8Array(start.length)];
  for (let i = 0; i < start.length; i++) {
    const snapshot = start[i] as number;
    const step = Math.floor(snapshot / pulses);
    startStep[i] = step;
    startPulse[i] = snapshot - step * pulses;
  }
  return { startStep, startPulse };
}

/** The tracks from `from` on, all points missing. */
export function blankTracks(
  { start, length }: TrackRecords,
  { from, pulses, scalars }: { readonly from: number; readonly pulses: number; readonly scalars: number },
): TrackSet {
  const first = new Uint32Array(length.length + 1);
  let points = 0;
  for (let i = 0; i < length.length; i++) first[i + 1] = points += length[i] as number;
  const bytes = points * 4 * (4 + scalars);
  if (bytes > MAX_BYTES) {
    throw new DataError(
      'too-large',
      `Tracks ${from} to ${from + length.length - 1} have ${points} particles, ${bytes} bytes; at most ${MAX_BYTES} are read at once.`,
      { field: 'track', hint: 'Read fewer tracks at a time.' },
    );
  }
  const missing = (count: number): Float32Array => new Float32Array(count).fill(Number.NaN);
  return {
    from,
    first,
    ...startsOf(start, pulses),
    xyz: missing(3 * points),
    intensity: missing(points),
    scalars: Array.from({ length: scalars }, () => missing(points)),
  };
}

/** The snapshots from the first to before the last that tracks cross. */
export function crossedSnapshots({ start, length }: TrackRecords): readonly [begin: number, end: number] {
  let [begin, end] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < start.length; i++) {
    if (length[i] === 0) continue;
    begin = Math.min(begin, start[i] as number);
    end = Math.max(end, (start[i] as number) + (length[i] as number));
  }
  return [Math.min(begin, end), end];
}

/** Puts those of a snapshot, whose tracks ascend, in their places; of two of one track the last one counts. */
export function addSnapshot(
  tracks: TrackSet,
  start: Uint32Array,
  s: number,
  set: Pick<ParticleSet, 'track' | 'xyz' | 'intensity' | 'scalars'>,
): void {
  const { from, first, xyz, intensity, scalars } = tracks;
  const to = from + start.length;
  for (let i = lowerBound(set.track, from); i < set.track.length; i++) {
    const id = set.track[i] as number;
    if (id === NO_TRACK || id >= to) return;
    const row = (first[id - from] as number) + s - (start[id - from] as number);
    // A file that was written anew may have others than when its tracks were listed.
    if (s < (start[id - from] as number) || row >= (first[id - from + 1] as number)) continue;
    xyz.set(set.xyz.subarray(3 * i, 3 * i + 3), 3 * row);
    intensity[row] = set.intensity[i] as number;
    for (let k = 0; k < scalars.length; k++) (scalars[k] as Float32Array)[row] = set.scalars[k]?.[i] as number;
  }
}

/** The first place whose track is not below `id`. */
function lowerBound(track: Uint32Array, id: number): number {
  let [low, high] = [0, track.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((track[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
