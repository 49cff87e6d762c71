import { describe, expect, test } from 'vitest';
import { orderStack } from '../../shared/model/frame-order.ts';

const N = 10;
const shown = (nav: readonly number[], sync: number): string => {
  const { order } = orderStack(N, nav, [2, 2], sync);
  return Array.from({ length: order.count }, (_, i) => order.at(i) ?? '.').join(' ');
};

describe('the order of ten frames', () => {
  // The worked examples of the reference's rule: skipped, ignored, inserted at the start, inserted at the end.
  test.each([
    [[2, 5], 0, '0 1 2 3 4 5 6 7 8 9', [0, 0, 0, 0]],
    [[2, 2], 0, '0 1 2 3', [0, 6, 0, 0]],
    [[3, 4], 0, '0 1 2 3 4 5 6 7 8 9 . .', [0, 0, 0, 2]],
    [[10], 3, '3 4 5 6 7 8 9 . . .', [3, 0, 0, 3]],
    [[2, 3], 4, '4 5 6 7 8 9', [4, 0, 0, 0]],
    [[10], -3, '. . . 0 1 2 3 4 5 6', [0, 3, 3, 0]],
    [[3, 5], -2, '. . 0 1 2 3 4 5 6 7 8 9 . . .', [0, 0, 2, 3]],
    [[10], 9, '9 . . . . . . . . .', [9, 0, 0, 9]],
  ] as const)('nav %j, sync_offset %i', (nav, sync, frames, numbers) => {
    expect(shown(nav, sync)).toBe(frames);
    const { shape } = orderStack(N, nav, [2, 2], sync);
    expect([shape.skippedStart, shape.ignoredEnd, shape.insertedStart, shape.insertedEnd]).toEqual(numbers);
  });

  test('positions outside of the navigation are blank', () => {
    const { order } = orderStack(N, [2, 2], [1, 1], 0);
    expect([order.at(-1), order.at(3), order.at(4)]).toEqual([undefined, 3, undefined]);
  });

  test.each([10, -10, 0.5, Number.NaN])('sync_offset %d is refused', (sync) => {
    expect(() => shown([10], sync)).toThrowError(expect.objectContaining({ code: 'invalid-option', field: 'sync_offset' }));
  });

  test.each([[[0]], [[-2, 5]], [[1.5]], [[1e9, 1e9]], [[1e15, 1e15]], [[5000]]])('nav_shape %j is refused', (nav) => {
    expect(() => shown(nav, 0)).toThrowError(expect.objectContaining({ code: expect.stringMatching(/invalid-option|too-large/) }));
  });
});
