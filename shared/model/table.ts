import type { DType, TypedArray } from './dtype.ts';

/** A column of texts, or of numbers. */
export type TableColumn = TextColumn | NumberColumn;

export interface TextColumn {
  readonly name: string;
  readonly unit: string;
  readonly dtype: 'text';
  readonly values: readonly string[];
}

export interface NumberColumn {
  readonly name: string;
  readonly unit: string;
  readonly dtype: DType;
  /** Numbers of one row; above 1 where a cell holds a list, with NaN behind the end of shorter lists. */
  readonly width: number;
  /** rows * width numbers, row by row. */
  readonly values: TypedArray;
}

/** A table in memory. */
export interface Table {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

export function isTextColumn(column: TableColumn): column is TextColumn {
  return column.dtype === 'text';
}
