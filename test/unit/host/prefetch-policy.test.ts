import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseEvictions, nextPrefetch, type CachedFacts } from '../../../main/host/prefetch-policy.ts';

const cached = (index: number, more: Partial<CachedFacts> = {}): CachedFacts => ({
  index,
  bytes: 10,
  visible: false,
  lastUse: index,
  ...more,
});
const facts = { tried: new Set<number>(), cached: [] as CachedFacts[], budget: 100, guess: 10, group: 1 };

describe('evictions', () => {
  test('none while all fits', () => {
    expect(chooseEvictions([cached(1), cached(2)], [], 20)).toEqual([]);
  });

  test('least recently used first, as few as needed', () => {
    expect(chooseEvictions([cached(1, { lastUse: 9 }), cached(2), cached(3)], [], 20)).toEqual([2]);
  });

  test('what is planned stays longer, the end of the plan goes first, what is visible never goes', () => {
    const all = [cached(1, { visible: true, lastUse: 0 }), cached(2), cached(3), cached(4, { lastUse: 99 })];
    expect(chooseEvictions(all, [3, 2], 0)).toEqual([4, 2, 3]);
  });

  test('leave the budget kept, or only visible buffers', () => {
    const buffers = fc.uniqueArray(fc.record({ index: fc.nat(30), bytes: fc.nat(50), visible: fc.boolean(), lastUse: fc.nat() }), {
      selector: ({ index }) => index,
    });
    fc.assert(
      fc.property(buffers, fc.uniqueArray(fc.nat(30)), fc.nat(300), (all, plan, budget) => {
        const gone = new Set(chooseEvictions(all, plan, budget));
        const left = all.filter(({ index }) => !gone.has(index));
        const bytes = left.reduce((sum, buffer) => sum + buffer.bytes, 0);
        expect(bytes <= budget || left.every(({ visible }) => visible)).toBe(true);
        expect(all.filter(({ index, visible }) => visible && gone.has(index))).toEqual([]);
      }),
    );
  });
});

describe('the next buffer to load', () => {
  test('is the first planned one that is absent and not tried', () => {
    expect(nextPrefetch({ ...facts, plan: [5, 6, 7], cached: [cached(5)] })).toEqual([6]);
    expect(nextPrefetch({ ...facts, plan: [5, 6, 7], cached: [cached(5)], tried: new Set([6]) })).toEqual([7]);
    expect(nextPrefetch({ ...facts, plan: [5], cached: [cached(5)] })).toEqual([]);
  });

  test('must not push out what is visible or planned before it, but may push out the rest', () => {
    const full = [cached(1, { visible: true }), cached(5), cached(8), cached(9)];
    expect(nextPrefetch({ ...facts, plan: [5, 6], cached: full, budget: 30 })).toEqual([6]);
    expect(nextPrefetch({ ...facts, plan: [5, 6], cached: full, budget: 29 })).toEqual([]);
    expect(nextPrefetch({ ...facts, plan: [6, 5], cached: full, budget: 20 })).toEqual([6]);
  });

  test('comes with the planned members of its group, or alone where they do not fit', () => {
    const plan = [5, 6, 7, 8];
    expect(nextPrefetch({ ...facts, plan, group: 4 })).toEqual([5, 6, 7]);
    expect(nextPrefetch({ ...facts, plan, group: 4, cached: [cached(6)] })).toEqual([5, 7]);
    expect(nextPrefetch({ ...facts, plan, group: 4, budget: 15 })).toEqual([5]);
  });
});
