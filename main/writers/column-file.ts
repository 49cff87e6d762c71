import type { DType, TypedArray } from '../../shared/model/dtype.ts';
import type { AtomicFile } from './atomic-file.ts';

export interface ColumnSpec {
  readonly name: string;
  readonly dtype: DType;
}

/** A table that is written a piece at a time, so that it need not fit into memory. */
export interface ColumnFile {
  /** Some rows: one array a column, all of one length. */
  append(columns: readonly TypedArray[]): Promise<void>;
  /** Ends the file, with the description by which it opens again where one is given. */
  finish(description?: string): Promise<void>;
}

/** Begins a table of so many rows. */
export type BeginColumns = (
  file: AtomicFile,
  columns: readonly ColumnSpec[],
  rows: number,
  o?: { readonly compression?: 'snappy' | 'gzip' | 'none' },
) => Promise<ColumnFile>;
