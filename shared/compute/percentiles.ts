import type { StatisticsReply } from '../contract/planes.ts';

/** Percents of every statistics reply, ascending. */
const PERCENTS: readonly number[] = [0, 0.1, 0.5, 1, 2, 5, 25, 50, 75, 95, 98, 99, 99.5, 99.8, 99.9, 100];

/** Ranks (0-based) around every percent of `count` samples, ascending, each once. */
export function percentRanks(count: number): number[] {
  const ranks = new Set<number>();
  for (const percent of PERCENTS) {
    const place = (percent / 100) * (count - 1);
    ranks.add(Math.floor(place)).add(Math.ceil(place));
  }
  return [...ranks].sort((a, b) => a - b);
}

/** The percents with their values, linear between the samples at the two ranks around; `ranked` holds those of `percentRanks`. */
export function percentilesOf(count: number, ranked: ReadonlyMap<number, number>): [percent: number, value: number][] {
  return PERCENTS.map((percent) => {
    const place = (percent / 100) * (count - 1);
    const below = ranked.get(Math.floor(place)) ?? 0;
    const above = ranked.get(Math.ceil(place)) ?? 0;
    const part = place - Math.floor(place);
    return [percent, below === above ? below : below * (1 - part) + above * part];
  });
}

/** Value at any percent, linear between the percents of the reply. */
function valueAt(reply: StatisticsReply, percent: number): number {
  const table = reply.percentiles;
  const above = table.findIndex(([known]) => known >= percent);
  if (above < 0) return reply.max;
  const [upper, high] = table[above]!;
  const [lower, low] = table[Math.max(0, above - 1)]!;
  if (upper === lower || low === high) return high;
  const part = (percent - lower) / (upper - lower);
  return low * (1 - part) + high * part;
}

/** Percent of samples below a value: the inverse of `valueAt`. */
function percentBelow(reply: StatisticsReply, value: number): number {
  const table = reply.percentiles;
  const above = table.findIndex(([, known]) => known > value);
  if (above < 0) return 100;
  if (above === 0) return 0;
  const [lower, low] = table[above - 1]!;
  const [upper, high] = table[above]!;
  return lower + ((upper - lower) * (value - low)) / (high - low);
}

/**
 * Levels at two percents. Symmetric levels are plus and minus the value that `high` percent of the samples stay within, so zero is
 * in the middle; `low` does not matter then.
 */
export function levelsFromPercentiles(reply: StatisticsReply, low: number, high: number, symmetric: boolean): [low: number, high: number] {
  if (!symmetric) return [valueAt(reply, low), valueAt(reply, high)];
  let inside = 0;
  let outside = Math.max(Math.abs(reply.min), Math.abs(reply.max));
  for (let round = 0; round < 50; round++) {
    const middle = inside / 2 + outside / 2;
    if (percentBelow(reply, middle) - percentBelow(reply, -middle) < high) inside = middle;
    else outside = middle;
  }
  return [-outside, outside];
}

/** The same, never of no width: a field of one value gets a range with the value in the middle, one without values 0 to 1. */
export function openLevels(
  reply: StatisticsReply,
  lowPercent: number,
  highPercent: number,
  symmetric: boolean,
): [low: number, high: number] {
  if (reply.count === 0) return [0, 1];
  const [low, high] = levelsFromPercentiles(reply, lowPercent, highPercent, symmetric);
  if (high > low) return [low, high];
  const half = Math.abs(low) * 0.5 || 0.5;
  return [low - half, low + half];
}
