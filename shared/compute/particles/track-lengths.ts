import type { ParticleDataset, ReadOptions } from '../../model/dataset.ts';
import { NO_TRACK } from '../../model/particles.ts';

/** Tracks whose records are read at once, and how many such pages are kept: 16 million lengths, 64 MiB. */
const PAGE_TRACKS = 1 << 18;
const MAX_PAGES = 64;

/** Lengths of tracks by number; the parts of the track table that were asked for stay in memory. */
export interface TrackLengths {
  /** Points of the track of every particle as f4, NaN where it has none. Numbers ascend. */
  of(track: Uint32Array, options: ReadOptions): Promise<Float32Array>;
  readonly bytes: number;
}

export function trackLengths(dataset: ParticleDataset): TrackLengths {
  const { tracks } = dataset.info;
  const pages = new Map<number, Uint32Array>();
  const pageOf = async (number: number, options: ReadOptions): Promise<Uint32Array> => {
    const known = pages.get(number);
    if (known) return known;
    const from = number * PAGE_TRACKS;
    const { length } = await dataset.trackTable(from, Math.min(tracks, from + PAGE_TRACKS), options);
    const [oldest] = pages.keys();
    if (pages.size >= MAX_PAGES && oldest !== undefined) pages.delete(oldest);
    pages.set(number, length);
    return length;
  };
  return {
    of: async (track, options) => {
      const lengths = new Float32Array(track.length).fill(Number.NaN);
      let i = 0;
      while (i < track.length && track[i] !== NO_TRACK) {
        const number = Math.floor((track[i] as number) / PAGE_TRACKS);
        const page = await pageOf(number, options);
        const first = number * PAGE_TRACKS;
        for (; i < track.length && (track[i] as number) < first + PAGE_TRACKS; i++)
          lengths[i] = page[(track[i] as number) - first] ?? Number.NaN;
      }
      return lengths;
    },
    get bytes() {
      return [...pages.values()].reduce((sum, page) => sum + page.byteLength, 0);
    },
  };
}
