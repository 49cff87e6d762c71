import type { DatasetInfo } from '../model/dataset.ts';

/** Names of datasets opened in a session; never reused. */
export type DatasetId = string;

export interface OpenedDataset {
  readonly id: DatasetId;
  readonly info: DatasetInfo;
  /** Buffer to start at, where a file inside of a set was opened. */
  readonly at?: number;
  /** That file, which can be opened on its own with `format` of a single file. */
  readonly single?: string;
  /** Other datasets among the files of `openBytes`, for `openBeside`. */
  readonly others?: readonly string[];
}

export interface CacheUsage {
  readonly dataset: DatasetId;
  readonly bytes: number;
  readonly budget: number;
  /** Buffers in memory, as half-open ranges in ascending order. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}
