import type { DType, TypedArray } from '../model/dtype.ts';

/** A typed array on its way: exact-size buffers only, so that a view never drags its whole backing buffer along. */
export interface WireArray {
  readonly dtype: DType;
  readonly data: TypedArray;
}

/** Reply (or request) of a call: JSON facts and the arrays that belong to them. */
export interface Payload<M = unknown> {
  readonly meta: M;
  readonly arrays: readonly WireArray[];
}

export function metaOnly<M>(meta: M): Payload<M> {
  return { meta, arrays: [] };
}
