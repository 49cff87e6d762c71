import { describe, expect, it } from 'vitest';
import { planeStatistics } from '../../shared/compute/statistics.ts';
import { clippedCounts, levelsFrom } from '../../renderer/draw-worker/levels.ts';
import { statisticsKey } from '../../renderer/draw-worker/scene-loader.ts';
import { settledLevels } from '../../renderer/draw-worker/settled-levels.ts';
import { barScale, barTicks, histogramLines } from '../../renderer/views/frame/bar-scale.ts';
import type { BarStatistics } from '../../renderer/stores/view-store.ts';

function barOf(values: readonly number[]): BarStatistics {
  const { reply, histogram } = planeStatistics({ dtype: 'f4', width: values.length, height: 1, data: Float32Array.from(values) });
  return { statistics: reply, histogram: [...histogram] };
}

const ramp = barOf(Array.from({ length: 1001 }, (_, i) => i));
const percents = { lowPercent: 1, highPercent: 99, symmetric: false };

describe('levels of films', () => {
  const wish = { component: 'speed', mode: 'scaled' } as const;
  const settings = { mode: 'locked', lowPercent: 0, highPercent: 100, symmetric: false } as const;
  const of = (values: readonly number[]) => new Map([[statisticsKey(wish), barOf(values)]]);

  it('grow with pictures far beyond them, and stay for those that are near', () => {
    const memory = settledLevels();
    expect(memory.growing('d', wish, settings, of([2, 2.5, 3]))).toEqual({ low: 2, high: 3 });
    expect(memory.growing('d', wish, settings, of([1.9, 3.1]))).toEqual({ low: 2, high: 3 });
    expect(memory.growing('d', wish, settings, of([2.5, 40]))).toEqual({ low: 2, high: 40 });
    expect(memory.growing('d', wish, settings, of([2, 3]))).toEqual({ low: 2, high: 40 });
  });

  it('never grow where somebody gave the numbers', () => {
    const memory = settledLevels();
    expect(memory.growing('d', wish, { ...settings, low: 0, high: 1 }, of([5, 90]))).toEqual({ low: 0, high: 1 });
  });
});

describe('levels', () => {
  it('are the percentiles', () => {
    expect(levelsFrom(percents, ramp).low).toBeCloseTo(10, 1);
    expect(levelsFrom(percents, ramp).high).toBeCloseTo(990, 1);
    expect(levelsFrom({ lowPercent: 0, highPercent: 100, symmetric: false }, ramp)).toEqual({ low: 0, high: 1000 });
  });

  it('have a width for a field of one value and for an empty one', () => {
    expect(levelsFrom(percents, barOf([4, 4, 4]))).toEqual({ low: 2, high: 6 });
    expect(levelsFrom(percents, barOf([Number.NaN]))).toEqual({ low: 0, high: 1 });
    expect(levelsFrom({ ...percents, symmetric: true }, barOf([0, 0]))).toEqual({ low: -0.5, high: 0.5 });
  });

  it('are symmetric about zero', () => {
    const { low, high } = levelsFrom({ ...percents, symmetric: true }, barOf([-5, -4, 1, 2, 3]));
    expect(low).toBe(-high);
    expect(high).toBeGreaterThan(4);
    expect(high).toBeLessThanOrEqual(5);
  });

  it('count what lies outside', () => {
    const { under, over } = clippedCounts(ramp, { low: 100, high: 900 });
    expect(Math.abs(under - 100)).toBeLessThan(5);
    expect(Math.abs(over - 100)).toBeLessThan(5);
    expect(clippedCounts(ramp, { low: 0, high: 1000 })).toEqual({ under: 0, over: 0 });
  });
});

describe('settled levels', () => {
  const wish = { component: 'PIXEL', mode: 'scaled' } as const;
  const open = { mode: 'locked', ...percents } as const;
  const first = new Map([['PIXEL|scaled', ramp]]);
  const second = new Map([['PIXEL|scaled', barOf([5, 6, 7])]]);

  it('hold from the first picture on, until numbers or other percents come', () => {
    const settled = settledLevels();
    expect(settled.known('a', wish, open)).toBe(false);
    expect(settled.levels('a', wish, open, new Map())).toBeUndefined();
    const levels = settled.levels('a', wish, open, first);
    expect(levels?.high).toBeCloseTo(990, 1);
    expect(settled.known('a', wish, open)).toBe(true);
    expect(settled.levels('a', wish, open, second)).toEqual(levels);
    expect(settled.levels('a', wish, { ...open, low: 1, high: 2 }, second)).toEqual({ low: 1, high: 2 });
    expect(settled.known('a', wish, open)).toBe(false);
    expect(settled.known('a', wish, { ...open, highPercent: 90 })).toBe(false);
  });

  it('follow each picture per buffer', () => {
    const settled = settledLevels();
    const each = { mode: 'per-buffer', lowPercent: 0, highPercent: 100, symmetric: false } as const;
    expect(settled.levels('a', wish, each, first)).toEqual({ low: 0, high: 1000 });
    expect(settled.levels('a', wish, each, second)).toEqual({ low: 5, high: 7 });
    expect(settled.known('a', wish, each)).toBe(false);
  });
});

describe('colour bar', () => {
  const linear = { low: 10, high: 110, transfer: 'linear', gamma: 1, under: true, over: false } as const;

  it('maps values to heights and back for every transfer', () => {
    for (const transfer of ['linear', 'sqrt', 'log', 'gamma'] as const) {
      const scale = barScale({ ...linear, transfer, gamma: 0.5 });
      expect(scale.heightOf(10)).toBeCloseTo(scale.from, 9);
      expect(scale.heightOf(110)).toBeCloseTo(scale.to, 9);
      for (const value of [20, 60, 100]) expect(scale.valueAt(scale.heightOf(value))).toBeCloseTo(value, 6);
    }
    expect(barScale(linear).from).toBeGreaterThan(0.1);
  });

  it('labels decades of a logarithmic bar, and 2 and 5 where there is room', () => {
    expect(barTicks({ ...linear, low: 86, high: 1919, transfer: 'log' }, 8).values).toEqual([100, 200, 500, 1000]);
    expect(barTicks({ ...linear, low: 1, high: 10000, transfer: 'log' }, 6).values).toEqual([1, 10, 100, 1000, 10000]);
    expect(barTicks(linear, 5).values).toEqual([20, 40, 60, 80, 100]);
  });

  it('draws the histogram where its values are', () => {
    const lines = histogramLines(barScale({ ...linear, low: 0, high: 100, under: false }), [0, 0, 0, 8, 0, 0, 0, 0, 0, 0], 0, 100, 100);
    const longest = lines.indexOf(Math.max(...lines));
    expect(longest).toBeGreaterThanOrEqual(29);
    expect(longest).toBeLessThanOrEqual(40);
    expect(Math.max(...lines)).toBe(1);
    expect(lines[80]).toBe(0);
  });
});
