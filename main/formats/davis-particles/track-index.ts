import { readFields } from '../../codecs/field-table.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import { FILES, TRACK_BYTES, TRACKS_HEADER, TRACKS_HEADER_BYTES, TRACKS_VERSION } from './layout.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import type { ParticleFiles } from './particle-files.ts';

/** Starts and lengths of tracks in snapshots, as stored. */
export interface TrackRecords {
  readonly start: Uint32Array;
  /** Index of the first particle in its snapshot; a hint that need not be right. */
  readonly index: Uint32Array;
  readonly length: Uint32Array;
}

export interface TrackIndex {
  readonly count: number;
  readonly warnings: readonly Warning[];
  /** Tracks from ... to - 1, within the count. */
  read(from: number, to: number, options: ReadOptions): Promise<TrackRecords>;
  /** Where the record of a track stands, for errors. */
  placeOf(track: number): { readonly path: string; readonly offset: number };
}

/** The table of a set that shows fewer snapshots than it promises: tracks end with the last one that is there. */
export function endingWith({ snapshots }: { readonly snapshots: number }, promised: number, table: TrackIndex): TrackIndex {
  if (snapshots === promised) return table;
  return {
    ...table,
    read: async (from, to, options) => {
      const records = await table.read(from, to, options);
      const { start, length } = records;
      for (let i = 0; i < start.length; i++) {
        const [first, points] = [start[i] as number, length[i] as number];
        // What leaves the promised set, too, is damaged.
        if (first + points > promised) continue;
        start[i] = first < snapshots ? first : 0;
        length[i] = Math.min(points, Math.max(0, snapshots - first));
      }
      return records;
    },
  };
}

const RECORD_WORDS = TRACK_BYTES / 4;

/** tracks.bin; a table without tracks where the file is not there or too short for any, which leaves the particles readable. */
export async function findTracks(files: ParticleFiles): Promise<ByteSource | TrackIndex> {
  const path = files.pathOf(FILES.tracks);
  const source = await files.find(FILES.tracks);
  if (source && source.size >= TRACKS_HEADER_BYTES) return source;
  const warning = source
    ? { code: 'truncated', message: `${path} has ${source.size} of ${TRACKS_HEADER_BYTES} bytes of its head`, path, offset: source.size }
    : { code: 'missing-companion', message: `${path} is missing`, path };
  return {
    count: 0,
    warnings: [{ ...warning, message: `${warning.message}: all particles are shown without track.` }],
    read: async () => ({ start: new Uint32Array(0), index: new Uint32Array(0), length: new Uint32Array(0) }),
    placeOf: () => ({ path, offset: 0 }),
  };
}

/** A table that ends before the promised number of tracks. */
export function fewerTracks(path: string, offset: number, there: number, promised: number): readonly Warning[] {
  if (there >= promised) return [];
  return [{ code: 'truncated', message: `${path} promises ${promised} tracks and holds ${there}.`, path, offset }];
}

/** Reads the header of tracks.bin; the records are read in windows, when they are wanted. */
export async function openTrackIndex(files: ParticleFiles, options: ReadOptions): Promise<TrackIndex> {
  const source = await findTracks(files);
  if ('count' in source) return source;
  const path = source.name;
  const header = readFields(await source.read(0, Math.min(TRACKS_HEADER_BYTES, source.size), options), TRACKS_HEADER, { path, offset: 0 });
  if (header.version !== TRACKS_VERSION || header.recordBytes !== TRACK_BYTES) {
    throw new DataError(
      'unsupported',
      `${path} has version ${header.version} with ${header.recordBytes} bytes a track, not version ${TRACKS_VERSION} with ${TRACK_BYTES}.`,
      { path, offset: 0, field: 'version' },
    );
  }
  const there = Math.floor((source.size - TRACKS_HEADER_BYTES) / TRACK_BYTES);
  const count = Math.min(header.count, there);
  if (count >= NO_TRACK)
    throw new DataError('too-large', `${path} has ${header.count} tracks; fewer than ${NO_TRACK} are read.`, {
      path,
      offset: TRACKS_HEADER.count[0],
      field: 'tracks',
    });
  return {
    count,
    warnings: fewerTracks(path, source.size, there, header.count),
    read: async (from, to, readOptions) => {
      const bytes = await source.read(TRACKS_HEADER_BYTES + TRACK_BYTES * from, TRACK_BYTES * (to - from), readOptions);
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
      return { start: column(words, 0), index: column(words, 1), length: column(words, 2) };
    },
    placeOf: (track) => ({ path, offset: TRACKS_HEADER_BYTES + TRACK_BYTES * track }),
  };
}

/** One of the words of every record. */
function column(words: Uint32Array, word: number): Uint32Array {
  const values = new Uint32Array(words.length / RECORD_WORDS);
  for (let i = 0, at = word; i < values.length; i++, at += RECORD_WORDS) values[i] = words[at] as number;
  return values;
}
