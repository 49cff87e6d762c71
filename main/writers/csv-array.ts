import { halfToNumber, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import { planeCount, planeSize, type ArrayWriter } from './array-writer.ts';

/** Rows that are put together before they are written. */
const ROWS_AT_ONCE = 256;

/**
 * Comma-separated text of one plane: a line per row of plain numbers, or for fields a table with row and column numbers. Numbers are
 * the shortest that read back the same; what is not a number is `nan`.
 */
export const csvArray: ArrayWriter = {
  id: 'csv',
  label: 'Comma-separated text',
  extensions: ['csv'],
  accepts: (layout) => {
    if (layout.dtype === 'c8' || layout.dtype === 'c16') return 'CSV has no complex numbers';
    return planeCount(layout) === 1 || `CSV holds one plane, and this would be ${planeCount(layout)}; choose --buffer and --plane`;
  },
  begin: async (file, layout) => {
    const { width, height } = planeSize(layout);
    const { fields } = layout;
    const encoder = new TextEncoder();
    if (fields) await file.write(encoder.encode(`row,column,${fields.join(',')}\n`));
    return {
      append: async (plane) => {
        for (let from = 0; from < height; from += ROWS_AT_ONCE) {
          const lines = [];
          for (let row = from; row < Math.min(height, from + ROWS_AT_ONCE); row++) {
            lines.push(
              fields
                ? fieldLines(plane, { dtype: layout.dtype, row, width, fields: fields.length })
                : plainLine(plane, layout.dtype, row * width, width),
            );
          }
          await file.write(encoder.encode(lines.join('')));
        }
      },
    };
  },
};

function plainLine(plane: TypedArray, dtype: DType, from: number, count: number): string {
  const cells = new Array<string>(count);
  for (let i = 0; i < count; i++) cells[i] = cell(plane, dtype, from + i);
  return `${cells.join(',')}\n`;
}

function fieldLines(plane: TypedArray, at: { dtype: DType; row: number; width: number; fields: number }): string {
  let text = '';
  for (let column = 0; column < at.width; column++) {
    const from = (at.row * at.width + column) * at.fields;
    text += `${at.row},${column},${plainLine(plane, at.dtype, from, at.fields)}`;
  }
  return text;
}

function cell(plane: TypedArray, dtype: DType, index: number): string {
  const stored = plane[index];
  const value = dtype === 'f2' ? halfToNumber(Number(stored)) : stored;
  if (typeof value === 'number' && !Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}
