import type { DType } from '../model/dtype.ts';
import type { DatasetId } from './opened.ts';

export interface TableRequest {
  readonly dataset: DatasetId;
  readonly name: string;
  /** For tables that every buffer has of its own. */
  readonly buffer?: number;
  /** First row; 0 where absent. */
  readonly from?: number;
}

/** The head of a table. A column of texts brings them along, one of numbers has `width` of them a row in its array. */
export interface TableReply {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly (
    | { readonly name: string; readonly unit: string; readonly dtype: 'text'; readonly values: readonly string[] }
    | { readonly name: string; readonly unit: string; readonly dtype: DType; readonly width: number }
  )[];
}
