/** A function of numbers and how many it takes. */
export interface NumberFunction {
  readonly arity: readonly [least: number, most: number];
  readonly of: (...values: readonly number[]) => number;
}

const MANY = 16;

function one(of: (a: number) => number): NumberFunction {
  return { arity: [1, 1], of: of as NumberFunction['of'] };
}

function two(of: (a: number, b: number) => number): NumberFunction {
  return { arity: [2, 2], of: of as NumberFunction['of'] };
}

export const FUNCTIONS: ReadonlyMap<string, NumberFunction> = new Map([
  ['abs', one(Math.abs)],
  ['sqrt', one(Math.sqrt)],
  ['exp', one(Math.exp)],
  ['log', one(Math.log)],
  ['log10', one(Math.log10)],
  ['sin', one(Math.sin)],
  ['cos', one(Math.cos)],
  ['tan', one(Math.tan)],
  ['min', { arity: [2, MANY], of: Math.min as NumberFunction['of'] }],
  ['max', { arity: [2, MANY], of: Math.max as NumberFunction['of'] }],
  ['floor', one(Math.floor)],
  ['ceil', one(Math.ceil)],
  // Halves up, as numbers are rounded into whole-number types.
  ['round', one((a) => Math.floor(a + 0.5))],
  // A condition that is 0 or NaN takes the last.
  ['where', { arity: [3, 3], of: ((condition: number, a: number, b: number) => (condition ? a : b)) as NumberFunction['of'] }],
  ['isnan', one((a) => (Number.isNaN(a) ? 1 : 0))],
]);

export const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['nan', Number.NaN],
]);

/** Comparisons give 1 or 0. */
export const OPERATORS: ReadonlyMap<string, NumberFunction> = new Map([
  ['+', two((a, b) => a + b)],
  ['-', two((a, b) => a - b)],
  ['*', two((a, b) => a * b)],
  ['/', two((a, b) => a / b)],
  ['^', two((a, b) => a ** b)],
  ['negate', two((_, b) => -b)],
  ['<', two((a, b) => (a < b ? 1 : 0))],
  ['<=', two((a, b) => (a <= b ? 1 : 0))],
  ['>', two((a, b) => (a > b ? 1 : 0))],
  ['>=', two((a, b) => (a >= b ? 1 : 0))],
  ['==', two((a, b) => (a === b ? 1 : 0))],
  ['!=', two((a, b) => (a !== b ? 1 : 0))],
]);
