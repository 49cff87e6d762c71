import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../../codecs/byte-reader.ts';
import { readColumnNames, type ColumnName } from './column-names.ts';
import { isCommentLine, linesOf, rowNumbers, unicode } from './text-columns.ts';

/** Zones are found by reading the file once. */
const MAX_BYTES = 2 ** 30;
const MAX_ZONES = 100_000;
/** A line that begins with a word, and not with a number. */
const KEYWORD = /^\s*[A-Za-z"]/;
/** Lines that are no part of the list of variables before them. */
const AUXILIARY = /^\s*(?:DATASET|VAR)AUXDATA\b.*$/gim;
const [DIGIT_0, DIGIT_9, MINUS] = [0x30, 0x39, 0x2d];
const NUMBER_WORD = /^\s*[+-]?(?:nan|inf)/i;

export interface Zone {
  readonly head: string;
  /** Where its rows begin and end. */
  readonly offset: number;
  end: number;
}

export interface TecplotText {
  readonly variables: readonly ColumnName[];
  readonly zones: readonly Zone[];
  readonly title: string;
}

/** The zones of a file. Heads are lines that begin with words; what stands before the first zone names the variables. */
export async function findZones(source: ByteReader, options: ReadOptions): Promise<TecplotText> {
  if (source.size > MAX_BYTES)
    throw new DataError('too-large', `The file has ${source.size} bytes; the limit is ${MAX_BYTES}.`, { path: source.name });
  const zones: Zone[] = [];
  let head = '';
  let isHead = true;
  let before = '';
  for await (const { text, offset } of linesOf(source, { offset: 0, bytes: source.size }, options)) {
    const isRow = beginsWithNumber(text);
    if (!isRow && isCommentLine(text)) continue;
    const isWord = !isRow && KEYWORD.test(text) && !NUMBER_WORD.test(text);
    if (isWord) head = `${isHead ? head : ''}${text}\n`;
    else if (isHead) {
      const at = Math.max(0, head.search(/^\s*ZONE\b/im));
      before += head.slice(0, at);
      zones.push({ head: head.slice(at), offset, end: source.size });
      if (zones.length > MAX_ZONES) throw new DataError('too-large', `The file has more than ${MAX_ZONES} zones.`, { path: source.name });
    }
    const last = zones[zones.length - 1];
    if (isWord && !isHead && last) last.end = offset;
    isHead = isWord;
  }
  const names =
    /\bVARIABLES\s*=\s*((?:"[^"]*"|[^\s",=]+(?!\s*=))(?:[\s,]+(?:"[^"]*"|[^\s",=]+(?![^\s",=]|\s*=)))*)/i.exec(
      before.replace(AUXILIARY, ''),
    )?.[1] ?? '';
  const title = /\bTITLE\s*=\s*"([^"]*)"/i.exec(before)?.[1] ?? '';
  for (const zone of zones) checkZone(zone, source.name);
  return { variables: readColumnNames((names.match(/"[^"]*"|[^\s",]+/g) ?? []).map(unicode)), zones, title: unicode(title) };
}

/** Most lines are rows of numbers: a look at the first letter tells. */
function beginsWithNumber(line: string): boolean {
  const code = line.charCodeAt(0);
  return (code >= DIGIT_0 && code <= DIGIT_9) || code === MINUS;
}

/** Puts the numbers of a row that single blanks part behind the others; false, and nothing, where it has anything else. */
function addPlainRow(line: string, numbers: number[]): boolean {
  const before = numbers.length;
  for (const cell of line.split(' ')) {
    const value = Number(cell);
    if (cell === '' || Number.isNaN(value)) {
      numbers.length = before;
      return false;
    }
    numbers.push(value);
  }
  return true;
}

/** A value of the head of a zone: I=5, T="name". */
export function zoneValue({ head }: Zone, name: string): string | undefined {
  const [, quoted, plain] = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,"]+))`, 'i').exec(head) ?? [];
  return quoted ?? plain;
}

/** Promised numbers of points along I, J and K; undefined where nothing is promised. */
export function zoneSizes(zone: Zone): readonly number[] | undefined {
  return zoneValue(zone, 'I') === undefined ? undefined : ['I', 'J', 'K'].map((name) => Number(zoneValue(zone, name) ?? 1));
}

/** Finite elements and BLOCK packing are other layouts. */
function checkZone(zone: Zone, path: string): void {
  const packing = (zoneValue(zone, 'DATAPACKING') ?? zoneValue(zone, 'F') ?? 'POINT').toUpperCase();
  const kind = (zoneValue(zone, 'ZONETYPE') ?? 'ORDERED').toUpperCase();
  if (packing === 'POINT' && kind === 'ORDERED') return;
  throw new DataError(
    'unsupported',
    `The zone '${unicode(zoneValue(zone, 'T') ?? '')}' is ${kind} in ${packing} packing; only ordered POINT zones are read.`,
    {
      path,
      offset: zone.offset,
      field: 'ZONE',
    },
  );
}

/** A column of numbers a variable. */
export async function zoneColumns(
  source: ByteReader,
  zone: Zone,
  variables: number,
  options: ReadOptions,
): Promise<readonly Float64Array[]> {
  const numbers: number[] = [];
  let line = 0;
  for await (const { text } of linesOf(source, { offset: zone.offset, bytes: zone.end - zone.offset }, options)) {
    if (!(beginsWithNumber(text) && addPlainRow(text, numbers)) && !isCommentLine(text))
      for (const number of rowNumbers(text, text.includes(',') ? ',' : ' ', { path: source.name, line })) numbers.push(number);
    line++;
  }
  const rows = numbers.length / variables;
  const promised = zoneSizes(zone)?.reduce((product, size) => product * size, 1) ?? rows;
  if (rows !== promised) {
    const message = `The zone promises ${promised} points of ${variables} variables and holds ${numbers.length} numbers.`;
    throw new DataError(rows < promised ? 'truncated' : 'malformed', message, { path: source.name, offset: zone.offset, field: 'ZONE' });
  }
  if (!Number.isInteger(rows)) {
    const message = `The zone holds ${numbers.length} numbers, which are no rows of ${variables} variables.`;
    throw new DataError('malformed', message, { path: source.name, offset: zone.offset, field: 'ZONE' });
  }
  return Array.from({ length: variables }, (_, at) => {
    const column = new Float64Array(rows);
    for (let row = 0; row < rows; row++) column[row] = numbers[row * variables + at] as number;
    return column;
  });
}
