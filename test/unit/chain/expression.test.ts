import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../main/host/chain/evaluate.ts';
import { namesIn, parseExpression } from '../../../main/host/chain/expression.ts';

function value(text: string, values: Readonly<Record<string, readonly number[]>> = {}): readonly number[] {
  const arrays = new Map(Object.entries(values).map(([name, numbers]) => [name, Float64Array.from(numbers)]));
  const count = Object.values(values)[0]?.length ?? 1;
  return [...evaluate(parseExpression(text), arrays, count)];
}

describe('expression', () => {
  it.each([
    ['1+2*3', 7],
    ['(1+2)*3', 9],
    ['-2^2', -4],
    ['(-2)^2', 4],
    ['2^3^2', 512],
    ['2^-1', 0.5],
    ['--3', 3],
    ['+3', 3],
    ['7/2/2', 1.75],
    ['5-3-1', 1],
    ['1e3 + .5', 1000.5],
    ['2*-3', -6],
    ['abs(-4)', 4],
    ['sqrt(9)', 3],
    ['exp(0)', 1],
    ['log(exp(2))', 2],
    ['log10(1000)', 3],
    ['sin(0)', 0],
    ['cos(pi)', -1],
    ['tan(0)', 0],
    ['min(3, 1, 2)', 1],
    ['max(3,1)', 3],
    ['floor(-1.5)', -2],
    ['ceil(1.2)', 2],
    ['round(2.5)', 3],
    ['round(-2.5)', -2],
    ['where(0, 1, 2)', 2],
    ['where(1 < 2, 1, 2)', 1],
    ['where(nan, 1, 2)', 2],
    ['isnan(nan)', 1],
    ['isnan(1)', 0],
    ['nan', Number.NaN],
    ['3 >= 3', 1],
    ['3 != 3', 0],
    ['1 == 1', 1],
    ['2 > 3', 0],
    ['2 <= 1', 0],
    ['-0', -0],
  ])('%s = %d', (text, wanted) => {
    expect(value(text)).toEqual([wanted]);
  });

  it('works on every sample of named components', () => {
    expect(value('PIXEL * 2 + `TS:Peak ratio` - "TS:Peak ratio" / 2', { PIXEL: [1, 2, 3], 'TS:Peak ratio': [10, 20, 30] })).toEqual([
      7, 14, 21,
    ]);
    expect(value("where('U0' > 0, U0, 0)", { U0: [-1, 5] })).toEqual([0, 5]);
    expect(value('3', { U0: [1, 2] })).toEqual([3, 3]);
    const many = Array.from({ length: 20_000 }, (_, i) => i);
    expect(value('A + 1', { A: many })).toEqual(many.map((i) => i + 1));
    expect(namesIn(parseExpression('A + B * max(A, "C d")'))).toEqual(['A', 'B', 'C d']);
  });

  it.each([
    ['', 'comes too early'],
    ['1 +', 'comes too early'],
    ['(1', 'parenthesis'],
    ['1)', "')' at letter 2"],
    ['foo(1)', 'not a function'],
    ['constructor(1)', 'not a function'],
    ['sqrt()', 'takes 1'],
    ['sqrt(1, 2)', 'takes 1'],
    ['max(1)', 'takes 2'.slice(0, 5)],
    ['1 2', 'does not fit'],
    ['a.b', 'not part'],
    ['a[0]', 'not part'],
    ['a;b', 'not part'],
    ['a = 1', 'not part'],
    ['`x', 'not part'],
    ['1 < 2 < 3', 'does not fit'],
    [`${'('.repeat(500)}1`, 'nested'],
    [`${'2^'.repeat(200)}2`, 'nested'],
    ['1+'.repeat(5000), 'limit'],
  ])('%s is refused', (text, message) => {
    expect(() => parseExpression(text)).toThrow(
      expect.objectContaining({ code: 'invalid-option', message: expect.stringContaining(message) }),
    );
  });
});
