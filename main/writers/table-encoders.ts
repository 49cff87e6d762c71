import { DataError } from '../../shared/model/data-error.ts';
import { bytesOf, sampleAt, sampleBytes } from '../../shared/model/dtype.ts';
import { isTextColumn, type NumberColumn, type Table, type TableColumn, type TextColumn } from '../../shared/model/table.ts';
import { npyHeaderBytes } from '../codecs/npy.ts';
import { sampleTypeText } from '../codecs/sample-type.ts';

/** A table as the bytes of a file. */
type TableEncoder = (table: Table) => Uint8Array;

const ENCODERS: ReadonlyMap<string, TableEncoder> = new Map([
  ['csv', tableCsv],
  ['npy', tableNpy],
]);

/** The encoder that the extension of a file name names. */
export function tableEncoderFor(path: string): TableEncoder {
  const encoder = ENCODERS.get(/\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
  if (encoder) return encoder;
  const hint = `Tables are written as ${[...ENCODERS.keys()].map((name) => `.${name}`).join(', ')}.`;
  throw new DataError('invalid-option', `The extension of ${path} names no output for tables.`, { field: 'out', hint });
}

/** Comma-separated text with a heading; a list in a cell takes a column per number: 'trace 0', 'trace 1'. Numbers behind its end are empty. */
function tableCsv(table: Table): Uint8Array {
  const lines = [table.columns.flatMap(columnNames).map(csvCell).join(',')];
  for (let row = 0; row < table.rows; row++) lines.push(table.columns.flatMap((column) => rowCells(column, row)).join(','));
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

function columnNames(column: TableColumn): readonly string[] {
  if (isTextColumn(column) || column.width === 1) return [column.name];
  return Array.from({ length: column.width }, (_, number) => `${column.name} ${number}`);
}

function rowCells(column: TableColumn, row: number): readonly string[] {
  if (isTextColumn(column)) return [csvCell(column.values[row] ?? '')];
  return Array.from({ length: column.width }, (_, number) => {
    const value = column.values[row * column.width + number];
    return cellText(typeof value === 'bigint' ? value : sampleAt(column.dtype, column.values, row * column.width + number));
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
function tableNpy(table: Table): Uint8Array {
  const [only] = table.columns;
  if (table.columns.length === 1 && only) {
    const shape = isTextColumn(only) || only.width === 1 ? [table.rows] : [table.rows, only.width];
    return joined([npyHeaderBytes(typeText(only), shape), isTextColumn(only) ? textBytes(only) : bytesOf(only.values)]);
  }
  const fields = table.columns.flatMap((column) => columnNames(column).map((name) => [name, typeText(column)] as const));
  return joined([
    npyHeaderBytes(fields, [table.rows]),
    ...Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => rowBytes(column, row))).flat(),
  ]);
}

function typeText(column: TableColumn): string {
  return isTextColumn(column) ? `<U${textWidth(column)}` : sampleTypeText({ dtype: column.dtype, littleEndian: true });
}

/** NumPy texts have a fixed number of code points of four bytes; at least one. */
function textWidth({ values }: TextColumn): number {
  return values.reduce((most, value) => Math.max(most, [...value].length), 1);
}

const CODE_POINT_BYTES = 4;

function textBytes(column: TextColumn): Uint8Array {
  return joined(column.values.map((_, row) => rowBytes(column, row)));
}

function rowBytes(column: TableColumn, row: number): Uint8Array {
  if (!isTextColumn(column)) return numberBytes(column, row);
  const points = new Uint32Array(textWidth(column));
  [...(column.values[row] ?? '')].forEach((letter, at) => {
    points[at] = letter.codePointAt(0) ?? 0;
  });
  return new Uint8Array(points.buffer, 0, points.length * CODE_POINT_BYTES);
}

function numberBytes({ dtype, values, width }: NumberColumn, row: number): Uint8Array {
  const length = width * sampleBytes(dtype);
  return bytesOf(values).subarray(row * length, (row + 1) * length);
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
