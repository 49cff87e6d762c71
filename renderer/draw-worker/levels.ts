import { openLevels } from '../../shared/compute/statistics.ts';
import type { LevelSettings } from '../stores/display-settings.ts';
import type { BarStatistics } from '../stores/view-store.ts';

export interface Levels {
  readonly low: number;
  readonly high: number;
}

/** True where a picture cannot be drawn before its statistics are there. */
export function waitsForStatistics(settings: LevelSettings): boolean {
  return settings.mode === 'per-buffer' || settings.low === undefined || settings.high === undefined;
}

/** Limits at the percents of the settings, or symmetric about zero; never of no width. */
export function levelsFrom(
  settings: Pick<LevelSettings, 'lowPercent' | 'highPercent' | 'symmetric'>,
  { statistics }: BarStatistics,
): Levels {
  const [low, high] = openLevels(statistics, settings.lowPercent, settings.highPercent, settings.symmetric);
  return { low, high };
}

/** How many samples lie below low and above high, estimated from the histogram. */
export function clippedCounts({ statistics, histogram }: BarStatistics, { low, high }: Levels): { under: number; over: number } {
  const { min, max } = statistics;
  const width = (max - min) / Math.max(1, histogram.length);
  let under = 0;
  let over = 0;
  for (const [bin, count] of histogram.entries()) {
    const from = min + bin * width;
    under += count * part(low - from, width);
    over += count * (1 - part(high - from, width));
  }
  return { under: min >= low ? 0 : Math.round(under), over: max <= high ? 0 : Math.round(over) };
}

function part(length: number, width: number): number {
  if (width > 0) return Math.min(1, Math.max(0, length / width));
  return length > 0 ? 1 : 0;
}
