import { DataError } from '../../shared/model/data-error.ts';
import { bytesOf, sampleAt, sampleBytes } from '../../shared/model/dtype.ts';
import { isTextColumn, type Table, type TableColumn, type TextColumn } from '../../shared/model/table.ts';
import { shortestFloat } from '../codecs/float-text.ts';
import { npyHeaderBytes } from '../codecs/npy.ts';
import { sampleTypeText } from '../codecs/sample-type.ts';

/** A table as the bytes of a file, which may come in parts of equal columns. */
export interface TableEncoder {
  /** What stands before the first row of `rows`. */
  head(table: Table, rows: number): Uint8Array;
  body(table: Table): Uint8Array;
}

const ENCODERS: ReadonlyMap<string, TableEncoder> = new Map([
  ['csv', { head: csvHead, body: csvLines }],
  ['npy', { head: npyHead, body: npyRows }],
]);

/** The encoder that the extension of a file name names. */
export function tableEncoderFor(path: string): TableEncoder {
  const encoder = ENCODERS.get(/\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
  if (encoder) return encoder;
  const hint = `Tables are written as ${[...ENCODERS.keys()].map((name) => `.${name}`).join(', ')}.`;
  throw new DataError('invalid-option', `The extension of ${path} names no output for tables.`, { field: 'out', hint });
}

/** Rows that are put together before they become bytes. */
const ROWS_AT_ONCE = 8192;

/** Comma-separated text with a heading; a list in a cell takes a column per number: 'trace 0', 'trace 1'. Numbers behind its end are empty. */
function csvHead({ columns }: Table): Uint8Array {
  return new TextEncoder().encode(`${columns.flatMap(columnNames).map(csvCell).join(',')}\n`);
}

function csvLines(table: Table): Uint8Array {
  const encoder = new TextEncoder();
  const cells = table.columns.flatMap(cellTexts);
  const parts: Uint8Array[] = [];
  for (let from = 0; from < table.rows; from += ROWS_AT_ONCE) {
    let text = '';
    for (let row = from; row < Math.min(table.rows, from + ROWS_AT_ONCE); row++) {
      for (let i = 0; i < cells.length; i++) text += (i === 0 ? '' : ',') + (cells[i] as CellText)(row);
      text += '\n';
    }
    parts.push(encoder.encode(text));
  }
  return joined(parts);
}

function columnNames(column: TableColumn): readonly string[] {
  if (isTextColumn(column) || column.width === 1) return [column.name];
  return Array.from({ length: column.width }, (_, number) => `${column.name} ${number}`);
}

type CellText = (row: number) => string;

/** The texts of a column, or of each number of its lists. */
function cellTexts(column: TableColumn): readonly CellText[] {
  if (isTextColumn(column)) return [(row) => csvCell(column.values[row] ?? '')];
  const { dtype, values, width } = column;
  return Array.from({ length: width }, (_, number) => (row) => {
    const value = values[row * width + number] as number | bigint;
    if (dtype === 'f4') return cellText(shortestFloat(value as number));
    return cellText(typeof value === 'bigint' ? value : sampleAt(dtype, values, row * width + number));
  });
}

/** A number as it stands in a cell; NaN is an empty one. */
export function cellText(value: number | bigint): string {
  if (typeof value === 'bigint') return String(value);
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? '' : value > 0 ? 'inf' : '-inf';
}

/** Quoted where it holds what separates cells (RFC 4180). */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A single column is a plain array [rows] or [rows, width]; several are a structured one with fields named as in CSV. */
function npyHead({ columns }: Table, rows: number): Uint8Array {
  const [only] = columns;
  if (columns.length === 1 && only)
    return npyHeaderBytes(typeText(only), isTextColumn(only) || only.width === 1 ? [rows] : [rows, only.width]);
  return npyHeaderBytes(
    columns.flatMap((column) => columnNames(column).map((name) => [name, typeText(column)] as const)),
    [rows],
  );
}

/** Rows one after the other: of each the bytes of its cells. */
function npyRows({ columns, rows }: Table): Uint8Array {
  const widths = columns.map(cellBytes);
  const stride = widths.reduce((sum, width) => sum + width, 0);
  const whole = new Uint8Array(rows * stride);
  let at = 0;
  for (const [i, column] of columns.entries()) {
    const [width = 0, cells] = [widths[i], isTextColumn(column) ? textBytes(column) : bytesOf(column.values)];
    for (let row = 0; row < rows; row++) {
      const [from, to] = [row * width, row * stride + at];
      for (let byte = 0; byte < width; byte++) whole[to + byte] = cells[from + byte] as number;
    }
    at += width;
  }
  return whole;
}

function cellBytes(column: TableColumn): number {
  return isTextColumn(column) ? textWidth(column) * CODE_POINT_BYTES : column.width * sampleBytes(column.dtype);
}

function typeText(column: TableColumn): string {
  return isTextColumn(column) ? `<U${textWidth(column)}` : sampleTypeText({ dtype: column.dtype, littleEndian: true });
}

/** NumPy texts have a fixed number of code points of four bytes; at least one. */
function textWidth({ values }: TextColumn): number {
  return values.reduce((most, value) => Math.max(most, [...value].length), 1);
}

const CODE_POINT_BYTES = 4;

/** Code points of all texts, filled up with zeros. */
function textBytes(column: TextColumn): Uint8Array {
  const width = textWidth(column);
  const points = new Uint32Array(column.values.length * width);
  column.values.forEach((text, row) =>
    points.set(
      Array.from(text, (letter) => letter.codePointAt(0) ?? 0),
      row * width,
    ),
  );
  return bytesOf(points);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
