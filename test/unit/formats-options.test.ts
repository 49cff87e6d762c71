import { expect, test } from 'vitest';
import type { OptionSpec } from '../../shared/model/option.ts';
import { parseOptions } from '../../main/formats/options.ts';

const text = { label: '', help: '' };
const SPECS: Readonly<Record<string, OptionSpec>> = {
  count: { type: 'integer', ...text },
  gain: { type: 'number', ...text },
  nav_shape: { type: 'shape', ...text },
  path: { type: 'text', ...text },
  winding: { type: 'boolean', ...text },
  axis: { type: 'choice', choices: ['x', 'y'], ...text },
};

test.each([
  [{ count: '-3' }, { count: -3 }],
  [{ count: 3 }, { count: 3 }],
  [{ gain: '1e-3' }, { gain: 0.001 }],
  [{ nav_shape: '4,5' }, { nav_shape: [4, 5] }],
  [{ nav_shape: ' [4, 5]' }, { nav_shape: [4, 5] }],
  [{ nav_shape: [4, 5] }, { nav_shape: [4, 5] }],
  [{ nav_shape: 7 }, { nav_shape: [7] }],
  [{ nav_shape: '7' }, { nav_shape: [7] }],
  [{ path: '/entry' }, { path: '/entry' }],
  [{ path: 5 }, { path: '5' }],
  [{ winding: 'true' }, { winding: true }],
  [{ winding: false }, { winding: false }],
  [{ axis: 'y' }, { axis: 'y' }],
  [{ count: undefined }, {}],
])('reads %j', (given, values) => {
  expect(parseOptions(SPECS, given)).toEqual(values);
});

test.each([
  [{ count: '1.5' }],
  [{ count: '' }],
  [{ count: true }],
  [{ count: 2 ** 60 }],
  [{ gain: 'much' }],
  [{ gain: Number.POSITIVE_INFINITY }],
  [{ nav_shape: '4,,5' }],
  [{ nav_shape: '[4' }],
  [{ nav_shape: [] }],
  [{ nav_shape: '4,5.5' }],
  [{ nav_shape: { 0: 4 } }],
  [{ path: ['a'] }],
  [{ winding: 'maybe' }],
  [{ axis: 'z' }],
  [{ count: null }],
])('refuses %j and names the option', (given) => {
  expect(() => parseOptions(SPECS, given)).toThrow(expect.objectContaining({ code: 'invalid-option', field: Object.keys(given)[0] }));
});

test('refuses an unknown option with the list of the known, inherited names included', () => {
  expect(() => parseOptions(SPECS, { navshape: '4' })).toThrow(
    expect.objectContaining({ code: 'invalid-option', field: 'navshape', hint: expect.stringContaining('nav_shape') }),
  );
  expect(() => parseOptions(SPECS, { toString: '4' })).toThrow(expect.objectContaining({ code: 'invalid-option', field: 'toString' }));
});
