import { throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import type { TrackIndex } from './track-index.ts';

/** The track table and what its records have to fit into. */
export interface TableOfTracks {
  readonly table: TrackIndex;
  readonly index: SnapshotIndex;
  readonly pulses: number;
}

/** Tracks by whose records nothing can be read. Records are looked through in pages, each when it is needed first. */
export interface LostTracks {
  /** Whether one is known to be lost; asked after its page was looked through. */
  has(track: number): boolean;
  /** Known ones. */
  readonly count: number;
  /** Looks through the tracks from ... to - 1. */
  find(from: number, to: number, options: ReadOptions): Promise<void>;
  /** Looks through the pages of these tracks, NO_TRACK among them. */
  findAmong(tracks: Uint32Array, options: ReadOptions): Promise<void>;
  /** About all that are known: none or one. */
  warnings(): readonly Warning[];
}

const PAGE_TRACKS = 1 << 18;

export function lostTracks(store: TableOfTracks): LostTracks {
  const { table } = store;
  const pages = Math.ceil(table.count / PAGE_TRACKS);
  const isDone = new Uint8Array(pages);
  /** A byte a track of those pages that have lost ones; 1 = lost. */
  const masks = new Map<number, Uint8Array>();
  let [undone, count] = [pages, 0];
  let first: { readonly track: number; readonly text: string } | undefined;
  const lookThrough = async (page: number, options: ReadOptions): Promise<void> => {
    throwIfAborted(options.signal);
    const from = page * PAGE_TRACKS;
    const { start, length } = await table.read(from, Math.min(table.count, from + PAGE_TRACKS), options);
    if (isDone[page] === 1) return;
    for (let i = 0; i < start.length; i++) {
      const text = wrongRecord(store, from + i, start[i] as number, length[i] as number);
      if (text === undefined) continue;
      const mask = masks.get(page) ?? new Uint8Array(start.length);
      masks.set(page, mask);
      mask[i] = 1;
      count += 1;
      if (first === undefined || from + i < first.track) first = { track: from + i, text };
    }
    isDone[page] = 1;
    undone -= 1;
  };
  return {
    has: (track) => masks.get(Math.floor(track / PAGE_TRACKS))?.[track % PAGE_TRACKS] === 1,
    get count() {
      return count;
    },
    find: async (from, to, options) => {
      for (let page = Math.floor(from / PAGE_TRACKS); undone > 0 && page * PAGE_TRACKS < to; page++)
        if (isDone[page] === 0) await lookThrough(page, options);
    },
    findAmong: async (tracks, options) => {
      if (undone === 0) return;
      const wanted = new Set<number>();
      for (let i = 0; i < tracks.length; i++) {
        const page = Math.floor((tracks[i] as number) / PAGE_TRACKS);
        if (tracks[i] !== NO_TRACK && isDone[page] === 0) wanted.add(page);
      }
      for (const page of wanted) await lookThrough(page, options);
    },
    warnings: () => {
      if (first === undefined) return [];
      const [more, whose] = count === 1 ? ['', 'Its particles are'] : [` The same of ${count - 1} more.`, 'Their particles are'];
      return [{ code: 'damaged-tracks', message: `${first.text}${more} ${whose} shown without track.`, ...table.placeOf(first.track) }];
    },
  };
}

/** Where a record leaves the set, or with several pulses its step, nothing can be read by it. */
export function wrongRecord({ index, pulses }: TableOfTracks, track: number, first: number, points: number): string | undefined {
  const limit = pulses === 1 ? index.snapshots : (Math.floor(first / pulses) + 1) * pulses;
  if (first + points <= Math.min(limit, index.snapshots)) return undefined;
  const where = pulses === 1 ? `the set has ${index.snapshots}` : `its step ends with snapshot ${limit - 1}`;
  return `Track ${track} has ${points} particles from snapshot ${first} on, but ${where}.`;
}
