import { neededFacts, passingTracks } from '../../../shared/compute/particles/track-selection.ts';
import type { TrackFacts } from '../../../shared/compute/particles/track-facts.ts';
import type { ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import type { TrackBox, TrackSelection } from '../../../shared/model/track-selection.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { TrackCounts } from '../../stores/particle-display.ts';
import type { ParticleWish } from '../messages.ts';
import type { ParticleAccess } from './particle-access.ts';

/** Which tracks are drawn. */
export interface TrackMask {
  /** Of the selection that it was made for, see maskKey. */
  readonly key: string;
  /** 1 = drawn, by track number; absent = all. */
  readonly mask?: Uint8Array;
  readonly counts?: TrackCounts;
}

export interface TrackFilter {
  /** The mask of the selection as far as it is known: the last one until facts of the tracks are there. */
  mask(
    dataset: string,
    wish: Pick<ParticleWish, 'info' | 'display'>,
    axes: ParticleAxes,
  ): { readonly mask: TrackMask; readonly isReady: boolean; readonly error?: unknown };
  cancel(): void;
  forget(): void;
}

export function isFiltered({ filters, box, every = 1 }: TrackSelection): boolean {
  return filters.length > 0 || box !== undefined || every > 1;
}

const ALL: TrackMask = { key: '' };

/** Who is told of what comes in. */
export interface FilterEvents {
  /** Facts are there or failed. */
  changed(): void;
  /** What the pass over the set found wrong in its files. */
  warned(dataset: string, warnings: readonly Warning[]): void;
}

/** Facts are kept for the last wish: other limits of the same filters cost no reading. */
export function trackFilter(access: () => Promise<ParticleAccess>, { changed, warned }: FilterEvents): TrackFilter {
  let facts: { readonly key: string; readonly facts: TrackFacts } | undefined;
  let failed: { readonly key: string; readonly error: unknown } | undefined;
  let loading: { readonly key: string; readonly abort: AbortController } | undefined;
  let last: TrackMask = ALL;

  const load = async (
    key: string,
    dataset: string,
    wish: ReturnType<typeof neededFacts>,
    display: ParticleWish['display'],
  ): Promise<void> => {
    loading?.abort.abort();
    const own = { key, abort: new AbortController() };
    loading = own;
    try {
      const read = await (await access()).facts({ dataset, ...wish, differentiation: display.differentiation }, own.abort.signal);
      if (loading !== own) return;
      facts = { key, facts: read };
      if (read.warnings.length > 0) warned(dataset, read.warnings);
    } catch (error) {
      if (loading !== own) return;
      failed = { key, error };
    }
    loading = undefined;
    changed();
  };

  return {
    mask(dataset, { info, display }, axes) {
      const { selection } = display;
      if (info.tracks === 0 || !isFiltered(selection)) {
        last = ALL;
        return { mask: ALL, isReady: true };
      }
      const wish = neededFacts(selection);
      const isRead = wish.columns.length > 0 || wish.box;
      const key = JSON.stringify([dataset, wish, isRead ? display.differentiation : null]);
      const own = JSON.stringify([key, selection]);
      if (last.key === own) return { mask: last, isReady: true };
      if (facts?.key === key) {
        const box = selection.box && scaledBox(selection.box, info.scales, axes);
        last = { key: own, ...passingTracks(facts.facts, { ...selection, ...(box ? { box } : {}) }) };
        return { mask: last, isReady: true };
      }
      if (failed?.key === key) return { mask: ALL, isReady: true, error: failed.error };
      if (loading?.key !== key) void load(key, dataset, wish, display);
      return { mask: last, isReady: false };
    },
    cancel() {
      loading?.abort.abort();
      loading = undefined;
    },
    forget() {
      this.cancel();
      facts = undefined;
      failed = undefined;
      last = ALL;
    },
  };
}

/** Boxes are in the units of the axes, facts of tracks are scaled: the same unless the axes show stored positions. */
export function scaledBox({ low, high, whole }: TrackBox, { x, y, z }: ParticleWish['info']['scales'], axes: ParticleAxes): TrackBox {
  const ends = [x, y, z].map(({ slope, offset }, axis) => {
    const scaled = [low[axis]!, high[axis]!].map((place) => slope * ((place - axes.offset[axis]!) / axes.slope[axis]!) + offset);
    return [Math.min(...scaled), Math.max(...scaled)] as const;
  });
  return { low: ends.map(([end]) => end) as never, high: ends.map(([, end]) => end) as never, whole };
}
