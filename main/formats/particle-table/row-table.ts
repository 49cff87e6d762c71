import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { TypedArray } from '../../../shared/model/dtype.ts';
import type { Warning } from '../../../shared/model/warning.ts';

/** Numbers of one column, of consecutive rows. */
export type ColumnPiece = TypedArray | readonly (number | bigint | boolean)[];

/** A table of numbers in a file, read a piece after the other. */
export interface RowTable extends AsyncDisposable {
  readonly path: string;
  /** Columns of numbers in the order of the file. */
  readonly columns: readonly string[];
  /** Columns that hold no numbers. */
  readonly passedOver?: readonly string[];
  readonly warnings?: readonly Warning[];
  /** Absent where only reading tells. */
  readonly rows?: number;
  /** The JSON text that an output of ours carries; undefined in tables of others. */
  readonly description: string | undefined;
  /** All rows from the first to the last: `use` gets one piece a wanted column, all of one length. */
  read(columns: readonly string[], use: (pieces: readonly ColumnPiece[]) => void, options: ReadOptions): Promise<void>;
}
