import { expect, test } from 'vitest';
import { isCount, proposedLimit } from '../../renderer/views/frame/filter-proposal.ts';
import { component, vectorFrame } from '../support/view-frames.ts';

const plain = vectorFrame(4, 4, ['TS:Uncertainty V']);
const frame = { ...plain, components: [...plain.components, component('TS:Count', 'scalar', 'i4')] };

test('limits of counts are whole numbers, others a part of the speed', () => {
  expect([isCount(frame, 'TS:Count'), isCount(frame, 'TS:Uncertainty V'), isCount(frame, 'gone')]).toEqual([true, false, false]);
  expect(proposedLimit(frame, 'TS:Uncertainty V', { speed: 12.4 })).toBe(0.6);
  expect(proposedLimit(frame, 'TS:Uncertainty V', { speed: 0 })).toBe(0.1);
  expect(proposedLimit(frame, 'TS:Count', { speed: 1 })).toBe(20);
  const counts = (max: number): number => proposedLimit(frame, 'TS:Count', { speed: 1, shown: { component: 'TS:Count', max } });
  expect([counts(131), counts(7), counts(1)]).toEqual([70, 4, 1]);
  expect(proposedLimit(frame, 'TS:Count', { speed: 1, shown: { component: 'speed', max: 9 } })).toBe(20);
});
