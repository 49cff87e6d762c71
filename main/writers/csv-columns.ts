import type { TypedArray } from '../../shared/model/dtype.ts';
import { commentFooter } from '../codecs/comment-footer.ts';
import { shortestFloat } from '../codecs/float-text.ts';
import type { AtomicFile } from './atomic-file.ts';
import type { ColumnFile, ColumnSpec } from './column-file.ts';
import { cellText, csvCell } from './table-encoders.ts';

/** Rows that are put together before they are written. */
const LINES_AT_ONCE = 8192;

/** Comma-separated text with a heading; what is missing is empty. */
export async function beginCsv(file: AtomicFile, columns: readonly ColumnSpec[]): Promise<ColumnFile> {
  const encoder = new TextEncoder();
  let bytes = 0;
  const put = async (text: string): Promise<void> => {
    const encoded = encoder.encode(text);
    bytes += encoded.byteLength;
    await file.write(encoded);
  };
  await put(`${columns.map(({ name }) => csvCell(name)).join(',')}\n`);
  return {
    append: async (given) => {
      const values = given.map(plainNumbers);
      const rows = values[0]?.length ?? 0;
      for (let start = 0; start < rows; start += LINES_AT_ONCE) {
        let text = '';
        for (let row = start; row < Math.min(rows, start + LINES_AT_ONCE); row++) {
          for (let i = 0; i < values.length; i++) {
            const column = values[i] as TypedArray;
            const value = column[row] as number | bigint;
            text += (i === 0 ? '' : ',') + cellText(column instanceof Float32Array ? shortestFloat(value as number) : value);
          }
          text += '\n';
        }
        await put(text);
      }
    },
    finish: async (description) => {
      if (description !== undefined) await put(commentFooter(description, bytes));
    },
  };
}

/** 8-byte integers as numbers where all of them can be: their texts take long otherwise. */
function plainNumbers(column: TypedArray): TypedArray {
  if (!(column instanceof BigInt64Array)) return column;
  const plain = new Float64Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const value = Number(column[i]);
    if (!Number.isSafeInteger(value)) return column;
    plain[i] = value;
  }
  return plain;
}
