import { decodeJson } from '../../shared/contract/json.ts';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { ReadOptions } from '../../shared/model/dataset.ts';
import * as z from 'zod/mini';
import type { ByteReader } from './byte-reader.ts';
import {
  checkDescription,
  descriptionText,
  isDescription,
  MAX_DESCRIPTION_BYTES,
  type BufferDescription,
  type DatasetDescription,
} from './frame-description.ts';

/*
 * Our text outputs (CSV, Tecplot): tables of numbers, one row a sample, and a footer of comment lines that says what they are and where:
 *   #| {"streakline":1,"dataset":{...},"buffers":[...],"tables":{"lead":3,"places":[[[offset,bytes],...],...]}}   cut into lines
 * Where frames have different columns: "tables":{"width":9,"columns":[[[3,5,8],...],...],"places":...}, the columns of values and mask.
 *   #end 0000000000012345        offset of the first line of the footer, 16 digits
 * Other programs take these lines for comments.
 */
const MARK = '#| ';
const END = '#end ';
const OFFSET_DIGITS = 16;
const END_BYTES = END.length + OFFSET_DIGITS + 1;
/** Tecplot reads lines up to 32,000 characters. */
const LINE_CHARACTERS = 4000;
const CHUNK_BYTES = 4 * 1024 * 1024;

/** Where the rows of a frame lie in the file. */
export type TablePlace = readonly [offset: number, bytes: number];

/** Which columns of a row are values and mask: those from `lead` on, or, where frames differ, some of `width` per buffer and frame. */
export type ColumnPlaces =
  | { readonly lead: number }
  | { readonly width: number; readonly columns: readonly (readonly (readonly number[])[])[] };

export interface TextTables {
  readonly dataset: DatasetDescription;
  readonly buffers: readonly BufferDescription[];
  readonly columns: ColumnPlaces;
  /** Per buffer and frame. */
  readonly places: readonly (readonly TablePlace[])[];
}

export function footerText({ dataset, buffers, columns, places }: TextTables, offset: number): string {
  const description = descriptionText({ dataset, buffers }, 'ascii');
  const json = `${description.slice(0, -1)},"tables":${JSON.stringify({ ...columns, places })}}`;
  const lines: string[] = [];
  for (let from = 0; from < json.length; from += LINE_CHARACTERS) lines.push(`${MARK}${json.slice(from, from + LINE_CHARACTERS)}\n`);
  return `${lines.join('')}${END}${String(offset).padStart(OFFSET_DIGITS, '0')}\n`;
}

const size = z.int().check(z.nonnegative());
const placesSchema = z.array(z.array(z.tuple([size, size])));
const schema = z.object({
  tables: z.union([
    z.object({ lead: size, places: placesSchema }),
    z.object({ width: size, columns: z.array(z.array(z.array(size))), places: placesSchema }),
  ]),
});

/** True for the last bytes of one of our text outputs. */
export function hasFooterEnd(tail: Uint8Array): boolean {
  return footerOffset(tail) !== undefined;
}

function footerOffset(tail: Uint8Array): number | undefined {
  const text = new TextDecoder('latin1').decode(tail.subarray(Math.max(0, tail.length - END_BYTES)));
  const digits = /^#end (\d{16})\n$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Reads the footer; `malformed` where the file is another program's or was changed. */
export async function readTextTables(file: ByteReader, options: ReadOptions): Promise<TextTables> {
  const place = { path: file.name, offset: Math.max(0, file.size - END_BYTES), field: 'footer' };
  const tail = await file.read(place.offset, file.size - place.offset, options);
  const start = footerOffset(tail);
  if (start === undefined || start > place.offset) {
    throw new DataError(
      'malformed',
      'The file does not end with a description of its tables: it was cut, changed, or written by another program.',
      place,
    );
  }
  const bytes = place.offset - start;
  if (bytes > MAX_DESCRIPTION_BYTES)
    throw new DataError('too-large', `The description has ${bytes} bytes; the limit is ${MAX_DESCRIPTION_BYTES}.`, place);
  const lines = new TextDecoder()
    .decode(await file.read(start, bytes, options))
    .split('\n')
    .slice(0, -1);
  if (!lines.every((line) => line.startsWith(MARK)))
    throw new DataError('malformed', 'The description of the tables is damaged.', { ...place, offset: start });
  return parseFooter(lines.map((line) => line.slice(MARK.length)).join(''), { ...place, offset: start }, file.size);
}

function parseFooter(
  json: string,
  place: { readonly path: string; readonly offset: number; readonly field: string },
  fileBytes: number,
): TextTables {
  let value: unknown;
  try {
    value = decodeJson(json);
  } catch (error) {
    throw new DataError('malformed', 'The description of the tables is no JSON.', { ...place, cause: error });
  }
  const description = isDescription(value) ? checkDescription(value, place) : undefined;
  const tables = schema.safeParse(value);
  if (!description?.dataset || !description.buffers || !tables.success)
    throw new DataError('malformed', 'The description of the tables is damaged.', place);
  const { places, ...columns } = tables.data.tables;
  const fits =
    places.length === description.buffers.length && places.every((frames, i) => frames.length === description.buffers?.[i]?.frames.length);
  if (!fits || places.some((frames) => frames.some(([offset, bytes]) => offset + bytes > fileBytes)))
    throw new DataError('malformed', 'The description of the tables does not fit the file.', place);
  return { dataset: description.dataset, buffers: description.buffers, columns, places };
}

export interface Rows {
  readonly place: TablePlace;
  readonly rows: number;
  /** Columns of a row, and those that are wanted. */
  readonly columns: number;
  readonly wanted: readonly number[];
  readonly separator: ',' | ' ';
}

/** The wanted columns, each an array of `rows` numbers. `nan` and `inf` are numbers here. */
export async function readRows(file: ByteReader, table: Rows, options: ReadOptions): Promise<readonly Float64Array[]> {
  const { rows, columns, wanted } = table;
  const [offset, bytes] = table.place;
  // A cell may be empty, its separator has a byte; a wanted number has one, too.
  if (!(rows * (columns + wanted.length) <= bytes)) {
    const message = `${rows} rows of ${columns} numbers do not fit into the ${bytes} bytes of their table.`;
    throw new DataError('malformed', message, { path: file.name, offset });
  }
  const out = wanted.map(() => new Float64Array(rows));
  let row = 0;
  let rest = '';
  const decoder = new TextDecoder('latin1');
  for (let done = 0; done < bytes; done += CHUNK_BYTES) {
    throwIfAborted(options.signal);
    const text = rest + decoder.decode(await file.read(offset + done, Math.min(CHUNK_BYTES, bytes - done), options));
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; from = end + 1, end = text.indexOf('\n', from)) {
      if (row >= rows) throw new DataError('malformed', `The table has more than ${rows} rows.`, { path: file.name, offset });
      parseRow(text.slice(from, end), row++, table, out, file.name);
    }
    rest = text.slice(from);
    if (rest.length > CHUNK_BYTES)
      throw new DataError('malformed', 'A line of the table has no end.', { path: file.name, offset: offset + done });
  }
  if (row < rows || rest !== '')
    throw new DataError('truncated', `The table has ${row} rows, ${rows} are needed.`, { path: file.name, offset });
  return out;
}

const WORDS: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

function parseRow(line: string, row: number, table: Rows, out: readonly Float64Array[], path: string): void {
  const cells = line.split(table.separator);
  if (cells.length !== table.columns)
    throw new DataError('malformed', `Row ${row} has ${cells.length} columns, not ${table.columns}.`, { path, offset: table.place[0] });
  for (const [k, column] of table.wanted.entries()) {
    const cell = cells[column] ?? '';
    const value = WORDS.get(cell) ?? (cell === '' ? Number.NaN : Number(cell));
    if (Number.isNaN(value) && cell !== 'nan')
      throw new DataError('malformed', `Row ${row} has '${cell.slice(0, 40)}', which is no number.`, { path, offset: table.place[0] });
    (out[k] as Float64Array)[row] = value;
  }
}

/** The shortest text that reads back as the same number. */
export function numberText(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}
