import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { joinedColumn, type SnapshotFiles } from './snapshot-files.ts';
import { listKnownTracks, listTracks, type TrackList } from './track-list.ts';

/** The tracks of a series. */
export interface SeriesTracks {
  readonly count: number;
  /** Their numbers in the files, ascending, where these are not 0, 1 ... */
  readonly ids: Float64Array | undefined;
  /** Where they begin and how long they are: found by a pass over the track numbers of all files, once. */
  list(options: ReadOptions): Promise<TrackList>;
  /** Ends that pass where it is under way. */
  stop(): void;
}

const MAX_TRACKS = 2 ** 27;

/** Where it is not known how many there are they are listed at once, else when they are needed. */
export async function findTracks(
  files: SnapshotFiles,
  o: { readonly known: number | undefined; readonly hasColumn: boolean; readonly particles: number; readonly path: string },
  options: ReadOptions,
): Promise<SeriesTracks> {
  const { known, hasColumn, particles, path } = o;
  const { snapshots } = files;
  if (known === undefined) {
    const empty: TrackList = { ids: undefined, start: new Uint32Array(0), length: new Uint32Array(0) };
    const list = hasColumn ? await listTracks(snapshots, (s) => readIds(files, s, options), path, options) : empty;
    return { count: list.start.length, ids: list.ids, list: async () => list, stop: () => undefined };
  }
  if (known > Math.min(particles, MAX_TRACKS))
    throw new DataError('malformed', `The description names ${known} tracks of ${particles} particles.`, { path, field: 'tracks' });
  const stopping = new AbortController();
  let listing: Promise<TrackList> | undefined;
  return {
    count: known,
    ids: undefined,
    list: async ({ signal }) => {
      // Others may wait for the same pass: who no longer wants it does not end it.
      const how = { signal: stopping.signal };
      listing ??= listKnownTracks(snapshots, (s) => readIds(files, s, how), known, how).catch((error: unknown) => {
        listing = undefined;
        throw error;
      });
      const list = await listing;
      throwIfAborted(signal);
      return list;
    },
    stop: () => stopping.abort(),
  };
}

/** The track numbers of a snapshot; undefined where it has none. */
async function readIds(files: SnapshotFiles, s: number, options: ReadOptions): Promise<ArrayLike<number> | undefined> {
  const pieces = await files.columns(s, ['track'], options);
  const [first] = pieces;
  return pieces.length === 1 ? first?.values[0] : joinedColumn(pieces, 0, -1);
}
