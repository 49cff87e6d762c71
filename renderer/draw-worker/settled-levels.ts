import type { LevelSettings } from '../stores/display-settings.ts';
import type { BarStatistics } from '../stores/view-store.ts';
import type { StatisticsWish } from './fetch-plan.ts';
import { levelsFrom, type Levels } from './levels.ts';
import { REFERENCE_LEVELS, statisticsKey, type LevelMemory } from './scene-loader.ts';

/**
 * Levels that were asked to stay but came without numbers: the first picture settles them, and they hold until the page sends the
 * numbers back or another field or percent is wanted. Pictures in between (playing) then neither wait nor flicker.
 */
export interface SettledLevels extends LevelMemory {
  /** The levels in effect; undefined where nothing is known yet. */
  levels(
    dataset: string,
    wish: StatisticsWish,
    settings: LevelSettings,
    statistics: ReadonlyMap<string, BarStatistics>,
  ): Levels | undefined;
  /** The same, but levels without numbers of a user grow where another picture reaches far beyond them. */
  growing(
    dataset: string,
    wish: StatisticsWish,
    settings: LevelSettings,
    statistics: ReadonlyMap<string, BarStatistics>,
  ): Levels | undefined;
  /** Speed of an arrow that is one spacing long. */
  reference(dataset: string, wish: StatisticsWish, statistics: ReadonlyMap<string, BarStatistics>): number;
}

/** Part of their width by which levels may be exceeded before they grow: colours then change seldom. */
const GROWTH = 0.2;

export function settledLevels(): SettledLevels {
  const settled = new Map<string, Levels>();
  const keyOf = (dataset: string, wish: StatisticsWish, { lowPercent, highPercent, symmetric }: LevelSettings): string =>
    `${dataset}|${statisticsKey(wish)}|${lowPercent}|${highPercent}|${symmetric}`;
  const levels: SettledLevels['levels'] = (dataset, wish, settings, statistics) => {
    const { mode, low, high } = settings;
    const key = keyOf(dataset, wish, settings);
    if (mode === 'locked' && low !== undefined && high !== undefined) {
      settled.delete(key);
      return { low, high };
    }
    const bar = statistics.get(statisticsKey(wish));
    if (mode === 'per-buffer') return bar && levelsFrom(settings, bar);
    const found = settled.get(key) ?? (bar && levelsFrom(settings, bar));
    if (found) settled.set(key, found);
    return found;
  };
  return {
    known: (dataset, wish, settings) => settings.mode === 'locked' && settled.has(keyOf(dataset, wish, settings)),
    levels,
    growing(dataset, wish, settings, statistics) {
      const found = levels(dataset, wish, settings, statistics);
      const bar = statistics.get(statisticsKey(wish));
      const key = keyOf(dataset, wish, settings);
      if (!found || !bar || !settled.has(key) || settings.mode !== 'locked') return found;
      const own = levelsFrom(settings, bar);
      const room = GROWTH * (found.high - found.low);
      if (own.low >= found.low - room && own.high <= found.high + room) return found;
      const grown = { low: Math.min(found.low, own.low), high: Math.max(found.high, own.high) };
      settled.set(key, grown);
      return grown;
    },
    reference: (dataset, wish, statistics) => Math.abs(levels(dataset, wish, REFERENCE_LEVELS, statistics)?.high ?? 1) || 1,
  };
}
