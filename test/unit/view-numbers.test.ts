import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisScale, placeTicks } from '../../renderer/views/frame/axis-scale.ts';
import { fixedText, parseNumber, spanText, steppedText, storedText, valueText, withUnit } from '../../shared/draw/number-text.ts';
import { niceAbove, niceBelow, ticksBetween } from '../../shared/draw/ticks.ts';
import { vectorFrame } from '../support/view-frames.ts';

describe('numbers', () => {
  it('are grouped, with a true minus and never minus zero', () => {
    expect(fixedText(-1234567.5, 1)).toBe('\u22121,234,567.5');
    expect(fixedText(-0.001, 1)).toBe('0.0');
    expect(fixedText(999, 0)).toBe('999');
    expect(valueText(0.000012345)).toBe('1.234e\u22125');
    expect(valueText(1.5)).toBe('1.5');
    expect(valueText(Number.NaN)).toBe('NaN');
    expect(spanText(2.204, 2.2)).toBe('2.20');
    expect(spanText(-360, 720)).toBe('\u2212360');
    expect(spanText(-2.338e30, 5.2e30)).toBe('\u22122.3e30');
    expect(spanText(-2.3514e-12, 5.2e-12)).toBe('\u22122.4e\u221212');
    expect(steppedText(2e30, 1e30)).toBe('2e30');
    expect(steppedText(20_000_000, 5_000_000)).toBe('2.0e7');
    expect(steppedText(0, 1e30)).toBe('0');
    expect(steppedText(1e9, 0)).toBe('1.0000e9');
    expect(new Set([12_345_678, 12_345_679].map((value) => steppedText(value, 1))).size).toBe(2);
  });

  it('are followed by px where the file says pixel, and stored ones get a true minus too', () => {
    expect(withUnit('3', 'pixel')).toBe('3 px');
    expect(withUnit('3', '')).toBe('3');
    expect(storedText('-1.5e-7')).toBe('\u22121.5e\u22127');
    expect(storedText('(-1,-2)')).toBe('(\u22121,\u22122)');
  });

  it('are understood as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e7, max: 1e7 }), (value) => {
        expect(parseNumber(fixedText(value, 2)) + 0).toBe(value + 0);
      }),
    );
    expect(parseNumber('1e\u22123')).toBe(0.001);
    expect(parseNumber('')).toBeNaN();
    expect(parseNumber('two')).toBeNaN();
  });
});

describe('ticks', () => {
  it('step by 1, 2 or 5 times a power of ten', () => {
    expect(niceBelow(0.07)).toBeCloseTo(0.05, 12);
    expect(niceBelow(1000)).toBe(1000);
    expect(niceAbove(0.21)).toBeCloseTo(0.5, 12);
    expect(niceAbove(5)).toBe(5);
    expect(ticksBetween(110, -20, 14).values).toEqual([-20, -10, 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110]);
  });

  it('lie inside, at most as many as asked, with labels that differ', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (low, span, most) => {
          const { values, decimals, step } = ticksBetween(low, low + span, most);
          expect(values.length).toBeLessThanOrEqual(most + 1);
          for (const value of values) expect(value >= low - step * 1e-3 && value <= low + span + step * 1e-3).toBe(true);
          expect(new Set(values.map((value) => value.toFixed(decimals))).size).toBe(values.length);
        },
      ),
    );
  });

  it('follow the scales of the file, upwards where the slope is negative', () => {
    const frame = vectorFrame(100, 100);
    const viewport = { scaleX: 5, offsetX: 2.5, scaleY: 5, offsetY: 2.5 };
    const y = placeTicks(axisScale(frame, 'y', 'physical'), viewport, 'y', 0, 500, 40);
    expect(y[0]?.text).toBe('\u2212140');
    expect(y[0]?.pixel).toBeCloseTo(((-140 - 5) / -1.6) * 5 + 2.5, 9);
    expect(axisScale(frame, 'x', 'physical').label).toBe('x in mm');
    expect(placeTicks(axisScale(frame, 'x', 'index'), viewport, 'x', 0, 500, 62).map(({ text }) => text)).toEqual([
      '0',
      '20',
      '40',
      '60',
      '80',
    ]);
    // Labels never stand on each other.
    expect(placeTicks(axisScale(frame, 'y', 'index'), { ...viewport, scaleY: 0.05 }, 'y', 0, 6, 30)).toHaveLength(1);
    // Samples are counted in whole numbers.
    const near = { scaleX: 200, offsetX: 100, scaleY: 200, offsetY: 100 };
    expect(placeTicks(axisScale(frame, 'x', 'index'), near, 'x', 0, 500, 62).map(({ text }) => text)).toEqual(['0', '1', '2']);
  });
});
