import { fractionOf, scaleStart, valueAtFraction } from '../../../shared/draw/color-scale.ts';
import type { Transfer } from '../../../shared/draw/scene.ts';
import { ticksBetween } from '../../../shared/draw/ticks.ts';

/** How a colour bar maps values to heights: colours are spread evenly, so the scale bends with the transfer. */
export interface BarScale {
  /** 0 at the bottom of the bar, 1 at its top. */
  heightOf(value: number): number;
  valueAt(height: number): number;
  /** Ends of the limits on the bar: below and above are the blocks for samples outside. */
  readonly from: number;
  readonly to: number;
}

export interface BarRange {
  readonly low: number;
  readonly high: number;
  readonly transfer: Transfer;
  readonly gamma: number;
  /** Whether there are samples below and above the limits, which get a block at the end. */
  readonly under: boolean;
  readonly over: boolean;
}

/** Height of the block for samples outside of the limits, as part of the bar. */
const BLOCK = 0.11;

export function barScale(range: BarRange): BarScale {
  const from = range.under ? BLOCK : 0.02;
  const to = 1 - (range.over ? BLOCK : 0.02);
  const wide = range.high > range.low ? range : { ...range, high: range.low + 1 };
  return {
    from,
    to,
    heightOf: (value) => from + fractionOf(wide, value) * (to - from),
    valueAt: (height) => valueAtFraction(wide, (height - from) / (to - from)),
  };
}

/** Values for labels between the limits: round ones; on a logarithmic bar 1, 2 and 5 of each decade, or the decades alone where they are many, with a step of 0. */
export function barTicks(range: BarRange, most: number): { values: readonly number[]; step: number } {
  const { low, high, transfer } = range;
  const floor = transfer === 'log' ? scaleStart(range) : 0;
  if (floor > 0 && high / floor >= 5) {
    const first = Math.floor(Math.log10(floor));
    const powers = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, index) => 10 ** (first + index));
    const inside = (value: number): boolean => value >= floor * (1 - 1e-9) && value <= high * (1 + 1e-9);
    const fine = powers.flatMap((power) => [power, 2 * power, 5 * power]).filter(inside);
    const values = fine.length <= most ? fine : powers.filter(inside);
    return { values, step: 0 };
  }
  const { values, step } = ticksBetween(low, high, most);
  return { values, step };
}

/**
 * Lengths of histogram lines (0..1) for `rows` heights of the bar, bottom first. Counts are shown by their square root, so that few samples
 * beside many are still seen.
 */
export function histogramLines(scale: BarScale, histogram: readonly number[], min: number, max: number, rows: number): readonly number[] {
  const bins = histogram.length;
  if (bins === 0 || rows < 1) return [];
  const width = (max - min) / bins;
  const amounts = Array.from({ length: rows }, (_, row) => {
    const [a, b] = [scale.valueAt(row / rows), scale.valueAt((row + 1) / rows)];
    if (!(width > 0)) return min >= a && min < b ? 1 : 0;
    return countBetween(histogram, (a - min) / width, (b - min) / width);
  });
  const most = Math.max(...amounts);
  return most > 0 ? amounts.map((amount) => Math.sqrt(amount / most)) : amounts;
}

/** Samples between two places on the axis of bins, counted in parts of bins. */
function countBetween(histogram: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let bin = Math.max(0, Math.floor(from)); bin < Math.min(histogram.length, to); bin++) {
    sum += (histogram[bin] ?? 0) * Math.max(0, Math.min(to, bin + 1) - Math.max(from, bin));
  }
  return sum;
}
