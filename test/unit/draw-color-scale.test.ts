import { describe, expect, it } from 'vitest';
import { colorTable } from '../../shared/colors/color-table.ts';
import {
  codeColors,
  colorIndex,
  colorOf,
  colorValues,
  fractionOf,
  prepareScale,
  scaleStart,
  valueAtFraction,
} from '../../shared/draw/color-scale.ts';
import type { ColorScale, Transfer } from '../../shared/draw/scene.ts';
import { aField, greyScale } from '../support/pictures.ts';

const indexOf = (scale: ColorScale, value: number): number => colorIndex(prepareScale(scale), value);
const TRANSFERS: readonly Transfer[] = ['linear', 'log', 'sqrt', 'gamma'];

describe('colours of values', () => {
  it('divides the range into 256 equal parts, the upper end included', () => {
    const scale = greyScale({ low: -1, high: 1 });
    expect([-1, -0.9923, 0, 0.9921, 0.9923, 1].map((value) => indexOf(scale, value))).toEqual([0, 0, 128, 254, 255, 255]);
  });

  it('follows logarithm, square root and gamma', () => {
    expect([1.001, 9.99, 10.01, 1000].map((value) => indexOf(greyScale({ transfer: 'log', low: 0.1, high: 1000 }), value))).toEqual([
      64, 127, 128, 255,
    ]);
    expect(indexOf(greyScale({ transfer: 'sqrt', low: 10, high: 110 }), 35.01)).toBe(128);
    expect(indexOf(greyScale({ transfer: 'gamma', gamma: 2, low: 0, high: 1 }), 0.5001)).toBe(64);
  });

  it('starts a logarithm five decades below the top where the lower level is not positive', () => {
    const scale = greyScale({ transfer: 'log', low: 0, high: 1e6 });
    expect(scaleStart(scale)).toBeCloseTo(10);
    expect([0, 5, 10, 3163, 1e6].map((value) => indexOf(scale, value))).toEqual([0, 0, 0, 128, 255]);
    expect(indexOf(greyScale({ transfer: 'log', low: -2, high: -1 }), -1.5)).toBe(128);
  });

  it('has own colours for under, over and NaN, or the ends of the map', () => {
    const marked = prepareScale(greyScale({ under: 0xff111111, over: 0xff222222 }));
    expect([-0.1, 256.1, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY].map((value) => colorOf(marked, value))).toEqual([
      0xff111111, 0xff222222, 0xff0000aa, 0xff111111, 0xff222222,
    ]);
    const plain = prepareScale(greyScale());
    expect([-5, 300].map((value) => colorOf(plain, value))).toEqual([0xff000000, 0xffffffff]);
  });

  it('is a step where the levels meet or cross, with the middle colour on it', () => {
    for (const transfer of TRANSFERS) {
      const scale = greyScale({ transfer, low: 5, high: 5 });
      expect([4, 5, 6].map((value) => colorOf(prepareScale(scale), value))).toEqual([
        0xff000000,
        colorTable('gray', false)[128],
        0xffffffff,
      ]);
      expect([1, 9].map((value) => colorOf(prepareScale(greyScale({ transfer, low: 5, high: 2 })), value))).toEqual([
        0xff000000, 0xffffffff,
      ]);
    }
  });

  it.each(TRANSFERS)('has the colour of each value in rows as well (%s)', (transfer) => {
    const scale = prepareScale(greyScale({ transfer, gamma: 0.4, low: 2, high: 90, under: 1, over: 2 }));
    const values = Float64Array.from({ length: 501 }, (_, i) => (i % 7 === 0 ? Number.NaN : i / 4 - 10));
    const pixels = new Uint32Array(501);
    colorValues(scale, values, { slope: 1, offset: 0 }, pixels);
    expect([...pixels]).toEqual([...values].map((value) => colorOf(scale, value)));
  });

  it.each([Uint8Array, Int8Array, Uint16Array, Int16Array])('tabulates all patterns of %o with the scale of the field', (Type) => {
    const scale = greyScale({ low: -40, high: 70, under: 3, over: 4 });
    const samples = new Type(8).map((_: number, i: number) => i * 9000 - 4);
    const table = codeColors(aField(samples, 8, { slope: -0.5, offset: 3 }), scale)!;
    const patterns = samples.BYTES_PER_ELEMENT === 1 ? new Uint8Array(samples.buffer) : new Uint16Array(samples.buffer);
    expect([...patterns].map((pattern) => table[pattern])).toEqual(
      [...samples].map((sample) => colorOf(prepareScale(scale), -0.5 * sample + 3)),
    );
    expect(codeColors(aField(new Type(2), 1, { slope: -0.5, offset: 3 }), { ...scale })).toBe(table);
    expect(codeColors(aField(new Type(2), 1), scale)).not.toBe(table);
  });

  it('has fractions and values that undo each other', () => {
    for (const transfer of TRANSFERS) {
      const scale = greyScale({ transfer, gamma: 0.3, low: 3, high: 800 });
      for (const fraction of [0, 0.2, 0.77, 1]) {
        const value = valueAtFraction(scale, fraction);
        expect(fractionOf(scale, value)).toBeCloseTo(fraction, 9);
        if (fraction > 0 && fraction < 1) expect(indexOf(scale, value)).toBe(Math.floor(fraction * 256));
      }
    }
  });
});
