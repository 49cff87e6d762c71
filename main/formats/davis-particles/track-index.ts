import { readFields } from '../../codecs/field-table.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import { FILES, TRACK_BYTES, TRACKS_HEADER, TRACKS_HEADER_BYTES, TRACKS_VERSION } from './layout.ts';
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

const RECORD_WORDS = TRACK_BYTES / 4;

/** Reads the header of tracks.bin; the records are read in windows, when they are wanted. */
export async function openTrackIndex(files: ParticleFiles, options: ReadOptions): Promise<TrackIndex> {
  const source = await files.open(FILES.tracks);
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
    warnings:
      header.count > there
        ? [{ code: 'truncated', message: `${path} promises ${header.count} tracks and holds ${there}.`, path, offset: source.size }]
        : [],
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
