import { ticksBetween } from '../../../shared/draw/ticks.ts';
import { fixedText } from '../../../shared/draw/number-text.ts';
import { tickText } from './time-text.ts';

export interface StripTick {
  /** 0 at the first buffer, 1 at the last. */
  readonly share: number;
  readonly label: string;
  /** Behind the label; the first one tells it for all. */
  readonly unit?: string;
}

/** Labels are at least this far apart. */
const TICK_PIXELS = 90;

/** Ticks of the line: by time where the axis is evenly spaced in time, else by buffer number (first is 0 or 1). */
export function stripTicks(count: number, first: number, time: ((buffer: number) => number) | undefined, width: number): StripTick[] {
  if (count < 2 || width < TICK_PIXELS) return [];
  const most = Math.floor(width / TICK_PIXELS);
  const times = time && timeTicks(count, time, most);
  if (times) return times;
  const { step, values } = ticksBetween(first, count - 1 + first, most);
  return values
    .filter((value) => Number.isInteger(value) || step >= 1)
    .map((value) => ({ share: (value - first) / (count - 1), label: fixedText(value, 0) }));
}

function timeTicks(count: number, time: (buffer: number) => number, most: number): StripTick[] | undefined {
  const start = time(0);
  const end = time(count - 1);
  if (!(end > start)) return undefined;
  const even = [0.25, 0.5, 0.75].every((share) => {
    const buffer = Math.round(share * (count - 1));
    return Math.abs(time(buffer) - (start + ((end - start) * buffer) / (count - 1))) < ((end - start) / (count - 1)) * 0.5;
  });
  if (!even) return undefined;
  const { values, decimals } = ticksBetween(start, end, most);
  return values.map((value, index) => ({
    share: (value - start) / (end - start),
    label: tickText(value, decimals),
    ...(index === 0 ? { unit: 's' } : {}),
  }));
}
