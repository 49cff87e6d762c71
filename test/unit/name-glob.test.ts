import { expect, test } from 'vitest';
import { globMatcher } from '../../main/cli/name-glob.ts';

test.each([
  ['*', ['', 'a', 'a\nb'], []],
  ['Acq*', ['Acq', 'Acq.Time'], ['acq', 'xAcq']],
  ['?x', ['ax', '\u{1f600}x'], ['x', 'abx']],
  ['a.b', ['a.b'], ['axb']],
  ['[a-z](1)|{2}^$\\/+', ['[a-z](1)|{2}^$\\/+'], ['b']],
])('%s', (pattern, matching, others) => {
  const matches = globMatcher([pattern]);
  expect([...matching, ...others].filter(matches)).toEqual(matching);
});

test('several patterns, or none', () => {
  expect(['a', 'b', 'c'].filter(globMatcher(['a', 'c']))).toEqual(['a', 'c']);
  expect(globMatcher([])('anything')).toBe(true);
});
