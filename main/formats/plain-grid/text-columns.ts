import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../../codecs/byte-reader.ts';
import { latin1 } from '../../codecs/cursor.ts';

/** What stands between the cells of a row: one character, or blanks. */
export type Separator = ',' | ';' | '\t' | ' ';

const COMMENT = /^\s*(?:#|%|\/\/|!)+\s?/;
/** Words for numbers that are none. */
const NO_NUMBER = /^[+-]?(?:nan|1\.#|-?n\/?a$)|^$/i;
const CHUNK_BYTES = 4 << 20;
const MAX_LINE_CHARACTERS = 1 << 20;

/** The head of a table of another program. */
export interface TextHead {
  readonly separator: Separator;
  /** Names of the columns. */
  readonly names: readonly string[];
  /** Lines before the first row. */
  readonly lines: number;
}

/** Finds the names and the first row of numbers in the beginning of a text: the names are the last line of as many cells before it. */
export function findHead(text: string): TextHead | undefined {
  const lines = text.split(/\r?\n/);
  // The last line may be cut.
  for (const [at, line] of lines.slice(0, -1).entries()) {
    const separator = separatorOf(line);
    const cells = cellsOf(line, separator);
    if (cells.length < 3 || COMMENT.test(line) || !cells.every(isNumberText) || !cells.some((cell) => /\d/.test(cell))) continue;
    const names = lines
      .slice(0, at)
      .reverse()
      .map((head) => nameCells(head, separator))
      .find((found) => found.length === cells.length && found.some((name) => !isNumberText(name)));
    return names && { separator, names, lines: at };
  }
  return undefined;
}

function separatorOf(line: string): Separator {
  if (line.includes('\t')) return '\t';
  if (line.includes(';')) return ';';
  return line.includes(',') ? ',' : ' ';
}

/** Names between blanks may have blanks in quotes only. */
function nameCells(line: string, separator: Separator): readonly string[] {
  const plain = line.replace(COMMENT, '');
  if (separator !== ' ') return cellsOf(plain, separator);
  return plain.includes(',') ? cellsOf(plain, ',') : plain.includes('\t') ? cellsOf(plain, '\t') : (plain.match(/"[^"]*"|[^\s"]+/g) ?? []);
}

export function cellsOf(line: string, separator: Separator): readonly string[] {
  const plain = line.trim();
  if (separator === ' ') return plain === '' ? [] : plain.split(/\s+/);
  const cells = plain.split(separator).map((cell) => cell.trim());
  // A separator at the end of every line closes no cell.
  return cells.length > 1 && cells[cells.length - 1] === '' ? cells.slice(0, -1) : cells;
}

function isNumberText(cell: string): boolean {
  return !Number.isNaN(numberOf(cell)) || NO_NUMBER.test(cell);
}

/** NaN for what is no number; a decimal comma where commas do not separate. */
function numberOf(cell: string): number {
  if (cell === '') return Number.NaN;
  const value = Number(cell.includes(',') ? cell.replace(',', '.') : cell);
  return Number.isNaN(value) && /^[+-]?inf(inity)?$/i.test(cell)
    ? cell.startsWith('-')
      ? Number.NEGATIVE_INFINITY
      : Number.POSITIVE_INFINITY
    : value;
}

/** Numbers of a line as they are; `malformed` names what is none. */
export function rowNumbers(line: string, separator: Separator, place: { readonly path: string; readonly line: number }): readonly number[] {
  return cellsOf(line, separator).map((cell) => {
    const value = numberOf(cell);
    if (!Number.isNaN(value) || NO_NUMBER.test(cell)) return value;
    throw new DataError('malformed', `Line ${place.line + 1} has '${cell.slice(0, 40)}', which is no number.`, { path: place.path });
  });
}

export interface Line {
  /** A character a byte; `unicode` gives its letters. */
  readonly text: string;
  /** Of its first byte. */
  readonly offset: number;
}

/** The lines of a part of a file, one after the other, without their ends. */
export async function* linesOf(
  file: ByteReader,
  { offset, bytes }: { readonly offset: number; readonly bytes: number },
  options: ReadOptions,
): AsyncGenerator<Line> {
  let rest = '';
  let at = offset;
  for (let done = 0; done < bytes; done += CHUNK_BYTES) {
    throwIfAborted(options.signal);
    const text = rest + latin1(await file.read(offset + done, Math.min(CHUNK_BYTES, bytes - done), options));
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; from = end + 1, end = text.indexOf('\n', from))
      yield { text: text.slice(from, text.charAt(end - 1) === '\r' && end > from ? end - 1 : end), offset: at + from };
    rest = text.slice(from);
    at += from;
    if (rest.length > MAX_LINE_CHARACTERS)
      throw new DataError('malformed', `A line of ${file.name} has no end.`, { path: file.name, offset: at });
  }
  if (rest !== '') yield { text: rest, offset: at };
}

/** Text of which every character is a byte, as UTF-8. */
export function unicode(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}

export function isCommentLine(line: string): boolean {
  return COMMENT.test(line) || line.trim() === '';
}
