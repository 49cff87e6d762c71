import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../main/host/chain/evaluate.ts';
import { namesIn, parseExpression } from '../../main/host/chain/expression.ts';
import { DataError } from '../../shared/model/data-error.ts';

/** An expression as text in our grammar, fully in parentheses, beside its value computed here. */
interface Pair {
  readonly text: string;
  readonly value: number;
}

const number: fc.Arbitrary<Pair> = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => ({ text: String(value), value }));
const name: fc.Arbitrary<Pair> = fc.constantFrom({ text: 'A', value: 1.5 }, { text: '"B c"', value: -2 }, { text: '`B c`', value: -2 });

const { tree } = fc.letrec<{ tree: Pair }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    number,
    name,
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/'), tie('tree'), tie('tree'))
      .map(([sign, a, b]) => ({ text: `(${a.text} ${sign} ${b.text})`, value: operate(sign, a.value, b.value) })),
    tie('tree').map(({ text, value }) => ({ text: `(-${text})`, value: -value })),
    tie('tree').map(({ text, value }) => ({ text: `abs(${text})`, value: Math.abs(value) })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({ text: `max(${a.text},${b.text})`, value: Math.max(a.value, b.value) })),
    fc
      .tuple(tie('tree'), tie('tree'), tie('tree'))
      .map(([c, a, b]) => ({ text: `where(${c.text} > 0, ${a.text}, ${b.text})`, value: c.value > 0 ? a.value : b.value })),
  ),
}));

function operate(sign: string, a: number, b: number): number {
  if (sign === '+') return a + b;
  if (sign === '-') return a - b;
  return sign === '*' ? a * b : a / b;
}

const values = new Map([
  ['A', Float64Array.of(1.5)],
  ['B c', Float64Array.of(-2)],
]);

test('expressions have the value that arithmetic gives them', () => {
  fc.assert(
    fc.property(
      tree.filter(({ text }) => text.length < 1900),
      ({ text, value }) => {
        expect(evaluate(parseExpression(text), values, 1)[0]).toBe(value);
      },
    ),
    { numRuns: 500 },
  );
});

const piece = fc.oneof(
  fc.constantFrom(
    'constructor',
    '__proto__',
    'process',
    'globalThis',
    'eval',
    'Function',
    'this',
    '(',
    ')',
    ',',
    '+',
    '^',
    '"',
    '`',
    "'",
    ';',
    '=>',
    '{1}',
    '\\',
    'where(',
    'A',
    '1e',
    '.',
    '\n',
    '🙂',
  ),
  fc.string({ maxLength: 6 }),
);

test('whatever is typed is an expression of known functions or a DataError; nothing of it ever runs', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
      (text) => {
        const before = Object.keys(globalThis).length;
        try {
          const expression = parseExpression(text);
          const anything = new Map(namesIn(expression).map((wanted) => [wanted, Float64Array.of(1)]));
          expect(evaluate(expression, anything, 1)).toHaveLength(1);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
        expect(Object.keys(globalThis).length).toBe(before);
      },
    ),
    { numRuns: 2000 },
  );
});
