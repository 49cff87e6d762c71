import { DataError } from '../../shared/model/data-error.ts';
import type { ReadOptions } from '../../shared/model/dataset.ts';
import type { TypedArray } from '../../shared/model/dtype.ts';

/** An array of flags beside an array of samples, 1 = valid; its samples are read by their place in C order. */
export interface MaskArray {
  readonly shape: readonly number[];
  read(first: number, samples: number, options: ReadOptions): Promise<TypedArray>;
}

/** Reads the mask of a run of samples. */
export type ReadMask = (first: number, samples: number, options: ReadOptions) => Promise<Uint8Array>;

/** A mask that is smaller than its array is held whole. */
const MAX_HELD_SAMPLES = 2 ** 28;

/**
 * The mask of an array of `shape`: of the same shape, or spread over it as NumPy does, that is along axes of size 1 and further axes at the
 * front. Undefined where its shape does not fit.
 */
export function fittingMask(mask: MaskArray, shape: readonly number[]): ReadMask | undefined {
  if (mask.shape.join() === shape.join()) return async (first, samples, options) => flagsOf(await mask.read(first, samples, options));
  const lead = shape.length - mask.shape.length;
  if (lead < 0 || !mask.shape.every((size, axis) => size === 1 || size === shape[lead + axis])) return undefined;
  const total = mask.shape.reduce((product, size) => product * size, 1);
  if (total > MAX_HELD_SAMPLES) return undefined;
  const steps = spreadSteps(mask.shape, shape);
  let whole: Uint8Array | undefined;
  return async (first, samples, options) => {
    whole ??= flagsOf(await mask.read(0, total, options));
    if (whole.length !== total) throw new DataError('truncated', `The mask has ${whole.length} samples, not ${total}.`, { field: 'mask' });
    return spread(whole, steps, shape, first, samples);
  };
}

function flagsOf(values: TypedArray): Uint8Array {
  return Uint8Array.from(values as Uint8Array, (flag) => (Number(flag) === 0 ? 0 : 1));
}

/** How far a step along each axis of the array goes in the mask. */
function spreadSteps(mask: readonly number[], shape: readonly number[]): readonly number[] {
  const lead = shape.length - mask.length;
  let step = 1;
  const steps = shape.map(() => 0);
  for (let axis = mask.length - 1; axis >= 0; axis--) {
    const size = mask[axis] ?? 1;
    if (size > 1) steps[lead + axis] = step;
    step *= size;
  }
  return steps;
}

function spread(mask: Uint8Array, steps: readonly number[], shape: readonly number[], first: number, samples: number): Uint8Array {
  const out = new Uint8Array(samples);
  const width = shape[shape.length - 1] ?? 1;
  const step = steps[steps.length - 1] ?? 0;
  for (let done = 0; done < samples; ) {
    let rest = Math.floor((first + done) / width);
    const start = (first + done) % width;
    let at = start * step;
    for (let axis = shape.length - 2; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      at += (rest % size) * (steps[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
    const run = Math.min(width - start, samples - done);
    for (let i = 0; i < run; i++) out[done + i] = mask[at + i * step] as number;
    done += run;
  }
  return out;
}
