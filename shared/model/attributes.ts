import type { DType } from './dtype.ts';

/** A small numeric array stored as an attribute; C order, last axis fastest. */
export interface AttributeArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export type AttributeValue = string | number | boolean | AttributeArray;

/** Attributes of a dataset, buffer or frame, in the order of the file. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

export function isAttributeArray(value: AttributeValue): value is AttributeArray {
  return typeof value === 'object';
}
