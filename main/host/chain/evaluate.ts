import type { Expression } from './expression.ts';

/** Samples of one evaluation step: small enough for its intermediate arrays to stay in the processor's cache. */
const BLOCK = 8192;

/** The value of an expression at `count` samples; `values` has as many numbers of every name in it. */
export function evaluate(expression: Expression, values: ReadonlyMap<string, Float64Array>, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let from = 0; from < count; from += BLOCK) {
    const length = Math.min(BLOCK, count - from);
    const block = evaluateBlock(expression, values, from, length);
    if (typeof block === 'number') out.fill(block, from, from + length);
    else out.set(block, from);
  }
  return out;
}

function evaluateBlock(
  expression: Expression,
  values: ReadonlyMap<string, Float64Array>,
  from: number,
  length: number,
): Float64Array | number {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'name') return (values.get(expression.name) as Float64Array).subarray(from, from + length);
  const args = expression.args.map((arg) => evaluateBlock(arg, values, from, length));
  const { of } = expression.function;
  if (args.every((arg) => typeof arg === 'number')) return of(...args);
  return args.length === 2
    ? applyPair(of, args[0] as Float64Array | number, args[1] as Float64Array | number, length)
    : applyAll(of, args, length);
}

/** Two arguments are the common case and need no array of arguments a sample. */
function applyPair(of: (a: number, b: number) => number, a: Float64Array | number, b: Float64Array | number, length: number): Float64Array {
  const out = new Float64Array(length);
  if (typeof a === 'number') for (let i = 0; i < length; i++) out[i] = of(a, (b as Float64Array)[i] as number);
  else if (typeof b === 'number') for (let i = 0; i < length; i++) out[i] = of(a[i] as number, b);
  else for (let i = 0; i < length; i++) out[i] = of(a[i] as number, b[i] as number);
  return out;
}

function applyAll(of: (...values: readonly number[]) => number, args: readonly (Float64Array | number)[], length: number): Float64Array {
  const out = new Float64Array(length);
  const sample = new Array<number>(args.length).fill(0);
  for (let i = 0; i < length; i++) {
    for (let at = 0; at < args.length; at++) {
      const arg = args[at] as Float64Array | number;
      sample[at] = typeof arg === 'number' ? arg : (arg[i] as number);
    }
    out[i] = of(...sample);
  }
  return out;
}
