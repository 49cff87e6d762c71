import { expect, test } from 'vitest';
import { stencilOf } from '../../../shared/compute/particles/stencil.ts';
import { DIFFERENCE } from '../../../shared/model/track-selection.ts';

const applied = (weights: Float64Array, first: number, at: number, values: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * (values[at + first + i] as number), 0);

test('central differences are those of numpy.gradient', () => {
  // numpy.gradient([1, 4, 2, 7, 3], [0, 1, 3, 3.5, 5]) and its second derivatives of parabolas by hand.
  const times = [0, 1, 3, 3.5, 5];
  const values = [1, 4, 2, 7, 3];
  const found = times.map((time, at) => {
    const { first, velocity } = stencilOf(
      Float64Array.from(times, (other) => other - time),
      at,
      DIFFERENCE,
    );
    return applied(velocity, first, at, values);
  });
  expect(found.map((value) => Number(value.toFixed(9)))).toEqual([3, 1.666666667, 7.8, 6.833333333, -2.666666667]);
});

test('acceleration of equal steps: the second difference, that of the last three points at the ends', () => {
  const values = [0, 1, 4, 8, 13];
  const found = values.map((_, at) => {
    const { first, acceleration } = stencilOf(
      Float64Array.from(values, (__, i) => 0.5 * (i - at)),
      at,
      DIFFERENCE,
    );
    return Number(applied(acceleration, first, at, values).toFixed(9));
  });
  expect(found).toEqual([8, 8, 4, 4, 4]);
});

test('weights of Savitzky and Golay', () => {
  const { first, velocity, acceleration } = stencilOf(Float64Array.of(-2, -1, 0, 1, 2), 2, { method: 'fit', order: 2, length: 5 });
  const times = (weights: Float64Array, factor: number): readonly number[] =>
    Array.from(weights, (weight) => Math.round(weight * factor * 1e9) / 1e9 + 0);
  expect([first, times(velocity, 10), times(acceleration, 7)]).toEqual([-2, [-2, -1, 0, 1, 2], [2, -1, -2, -1, 2]]);
});

test('windows move inwards at the ends, short tracks are taken whole with a lower order', () => {
  const since = (count: number, at: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i - at);
  const fit = { method: 'fit', order: 3, length: 5 } as const;
  expect([0, 1, 3, 5, 6].map((at) => stencilOf(since(7, at), at, fit).first)).toEqual([0, -1, -2, -3, -4]);
  const short = stencilOf(since(2, 1), 1, fit);
  expect([short.first, ...short.velocity].map((value) => Math.round(1e9 * value) / 1e9)).toEqual([-1, -1, 1]);
  expect([...short.acceleration]).toEqual([Number.NaN, Number.NaN]);
});

test('what the times do not tell is not a number', () => {
  expect([...stencilOf(Float64Array.of(0), 0, DIFFERENCE).velocity]).toEqual([Number.NaN]);
  expect([...stencilOf(Float64Array.of(0, 0), 0, DIFFERENCE).velocity]).toEqual([Number.NaN, Number.NaN]);
  expect([...stencilOf(Float64Array.of(-1, 0, 1), 1, { method: 'fit', order: 1, length: 3 }).acceleration]).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
});
