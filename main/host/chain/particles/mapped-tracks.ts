import { DataError, throwIfAborted } from '../../../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo, ReadOptions } from '../../../../shared/model/dataset.ts';
import { NO_TRACK, type ParticleSet, type TrackSet } from '../../../../shared/model/particles.ts';
import type { TrackMap } from './track-map.ts';

/** Bytes of the points of one answer. */
const MAX_BYTES = 1 << 30;

/** The calls about tracks of a dataset whose track table is in memory; particles come from its steps, one track from the dataset behind it. */
export function mappedTracks(
  info: Pick<ParticleDatasetInfo, 'title' | 'path' | 'pulses' | 'scalars'>,
  map: TrackMap,
  step: (snapshot: number, options: ReadOptions) => Promise<ParticleSet>,
  track: (id: number, options: ReadOptions) => Promise<TrackSet>,
): Pick<ParticleDataset, 'tracks' | 'track' | 'trackTable'> {
  const count = map.length.length;
  const check = (from: number, to: number): void => {
    if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= count) return;
    const all = count === 0 ? `${info.title} has no tracks` : `${info.title} has ${count} (0 to ${count - 1})`;
    throw new DataError(
      'out-of-range',
      to - from === 1 ? `There is no track ${from}: ${all}.` : `There are no tracks ${from} to ${to}: ${all}.`,
      { path: info.path, field: 'track' },
    );
  };
  return {
    tracks: async (from, to, options = {}) => {
      check(from, to);
      const tracks = blankTracks(info, map, from, to);
      const [first, end] = span(map, from, to);
      for (let s = first; s < end; s++) {
        throwIfAborted(options.signal);
        addSnapshot(tracks, map, s, await step(s, options));
      }
      return tracks;
    },
    track: async (id, options = {}) => {
      check(id, id + 1);
      return track(id, options);
    },
    trackTable: async (from, to) => {
      check(from, to);
      return { from, length: map.length.slice(from, to), ...startsOf(map.start.subarray(from, to), info.pulses) };
    },
  };
}

export function startsOf(start: Uint32Array, pulses: number): Pick<TrackSet, 'startStep' | 'startPulse'> {
  return { startStep: start.map((s) => Math.floor(s / pulses)), startPulse: Uint8Array.from(start, (s) => s % pulses) };
}

function span({ start, length }: TrackMap, from: number, to: number): readonly [first: number, end: number] {
  let [first, end] = [Number.POSITIVE_INFINITY, 0];
  for (let id = from; id < to; id++) {
    first = Math.min(first, start[id] as number);
    end = Math.max(end, (start[id] as number) + (length[id] as number));
  }
  return [first, end];
}

/** All points missing. */
function blankTracks(
  { pulses, scalars }: Pick<ParticleDatasetInfo, 'pulses' | 'scalars'>,
  map: TrackMap,
  from: number,
  to: number,
): TrackSet {
  const first = new Uint32Array(to - from + 1);
  let points = 0;
  for (let i = 0; i < to - from; i++) first[i + 1] = points += map.length[from + i] as number;
  const bytes = points * 4 * (4 + scalars.length);
  if (bytes > MAX_BYTES) {
    throw new DataError(
      'too-large',
      `Tracks ${from} to ${to - 1} have ${points} particles, ${bytes} bytes; at most ${MAX_BYTES} are read at once.`,
      { field: 'track', hint: 'Read fewer tracks at a time.' },
    );
  }
  const missing = (count: number): Float32Array => new Float32Array(count).fill(Number.NaN);
  return {
    from,
    first,
    ...startsOf(map.start.subarray(from, to), pulses),
    xyz: missing(3 * points),
    intensity: missing(points),
    scalars: scalars.map(() => missing(points)),
  };
}

function addSnapshot(tracks: TrackSet, { start, length }: TrackMap, s: number, set: ParticleSet): void {
  const { from, first, xyz, intensity, scalars } = tracks;
  for (let i = 0; i < set.count; i++) {
    const id = set.track[i] as number;
    if (id === NO_TRACK) return;
    const place = id - from;
    const point = s - (start[id] as number);
    if (place < 0 || place >= first.length - 1 || point < 0 || point >= (length[id] as number)) continue;
    const row = (first[place] as number) + point;
    xyz.set(set.xyz.subarray(3 * i, 3 * i + 3), 3 * row);
    intensity[row] = set.intensity[i] as number;
    for (let k = 0; k < scalars.length; k++) (scalars[k] as Float32Array)[row] = set.scalars[k]?.[i] ?? Number.NaN;
  }
}
