import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import { growing } from '../particle-table/growing.ts';
import type { TrackRecords } from '../particles/track-points.ts';

/** The tracks of a series of files: where each begins and how long it is. */
export interface TrackList extends TrackRecords {
  /** The numbers that the files give them, ascending; undefined where these are 0, 1 ... */
  readonly ids: Float64Array | undefined;
}

/** What a map can hold. */
const MAX_TRACKS = 2 ** 24 - 1;
/** 2^64 - 1 as a number: no track. */
const NO_TRACK_NUMBER = 2 ** 64;

/** The track numbers of a snapshot; undefined where it has none. */
export type ReadTracks = (snapshot: number) => Promise<ArrayLike<number> | undefined>;

/** One pass over the track numbers of a series, whose tracks may have any numbers. */
export async function listTracks(snapshots: number, read: ReadTracks, path: string, options: ReadOptions): Promise<TrackList> {
  const places = new Map<number, number>();
  const first = growing<Uint32Array>((length) => new Uint32Array(length), 1024);
  const last = growing<Uint32Array>((length) => new Uint32Array(length), 1024);
  await eachTrack(snapshots, read, options, (id, s) => {
    let place = places.get(id);
    if (place === undefined) {
      place = places.size;
      if (place >= MAX_TRACKS) throw new DataError('too-large', `The files have more than ${MAX_TRACKS} tracks.`, { path, field: 'track' });
      places.set(id, place);
      first.room(place + 1)[place] = s;
    }
    last.room(place + 1)[place] = s;
  });
  const ids = Float64Array.from(places.keys()).sort();
  const count = ids.length;
  const [begins, ends] = [first.done(count), last.done(count)];
  const order = Uint32Array.from(ids, (id) => places.get(id) as number);
  const start = order.map((place) => begins[place] as number);
  return {
    ids: count === 0 || ids[count - 1] === count - 1 ? undefined : ids,
    start,
    length: order.map((place, i) => (ends[place] as number) - (start[i] as number) + 1),
  };
}

/** The same where there are so many, numbered from 0 on; those that no particle has get no length. */
export async function listKnownTracks(snapshots: number, read: ReadTracks, count: number, options: ReadOptions): Promise<TrackList> {
  const [start, length] = [new Uint32Array(count), new Uint32Array(count)];
  await eachTrack(snapshots, read, options, (id, s) => {
    if (id >= count) return;
    if (length[id] === 0) start[id] = s;
    length[id] = s - (start[id] as number) + 1;
  });
  return { ids: undefined, start, length };
}

async function eachTrack(
  snapshots: number,
  read: ReadTracks,
  options: ReadOptions,
  use: (id: number, snapshot: number) => void,
): Promise<void> {
  for (let s = 0; s < snapshots; s++) {
    throwIfAborted(options.signal);
    const ids = (await read(s)) ?? [];
    for (let i = 0; i < ids.length; i++) if (isTrackNumber(ids[i] as number)) use(ids[i] as number, s);
  }
}

function isTrackNumber(id: number): boolean {
  return id >= 0 && id < NO_TRACK_NUMBER;
}

/** The place of a track number of a file in the list of `count` tracks; NO_TRACK where it is not there. */
export function trackPlace(id: number, ids: Float64Array | undefined, count: number): number {
  if (!ids) return id >= 0 && id < count ? id : NO_TRACK;
  let [low, high] = [0, ids.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : NO_TRACK;
}
