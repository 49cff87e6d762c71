import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { readCommentFooter } from '../../codecs/comment-footer.ts';
import { MAX_PARTICLE_DESCRIPTION_BYTES } from '../../codecs/particle-description.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import type { RowTable } from './row-table.ts';

const CHUNK_BYTES = 4 << 20;
/** A heading is looked for in so much of the file. */
const HEAD_BYTES = 64 << 10;
const MAX_COLUMNS = 1024;
const WORDS: ReadonlyMap<string, number> = new Map([
  ['', Number.NaN],
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

/** A text with a heading and a row of numbers a line, parted by commas, semicolons, tabs or blanks; lines that begin with '#' are comments. */
export async function openCsvTable(source: ByteSource, options: ReadOptions): Promise<RowTable> {
  const head = new TextDecoder('utf-8').decode(await source.read(0, Math.min(HEAD_BYTES, source.size), options));
  const line = head.split(/\r?\n/).find((one) => one.trim() !== '' && !one.startsWith('#'));
  if (line === undefined)
    throw new DataError('malformed', `${source.name} has no heading in its first ${HEAD_BYTES} bytes.`, {
      path: source.name,
      offset: 0,
      field: 'heading',
    });
  const separator = separatorOf(line);
  const columns = cellsOf(line, separator).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"'),
  );
  if (columns.length > MAX_COLUMNS)
    throw new DataError('too-large', `${source.name} has ${columns.length} columns; at most ${MAX_COLUMNS} are read.`, {
      path: source.name,
    });
  return {
    path: source.name,
    // A column without a name is that of the rows' labels, as pandas writes it.
    columns: columns.filter((name) => name !== ''),
    description: await readCommentFooter(source, MAX_PARTICLE_DESCRIPTION_BYTES, options),
    read: (wanted, use, readOptions) =>
      readAll(source, { separator, count: columns.length, wanted: wanted.map((name) => columns.indexOf(name)) }, use, readOptions),
    [Symbol.asyncDispose]: () => Promise.resolve(source[Symbol.asyncDispose]()),
  };
}

/** True where the heading of a text names what particles have. */
export function namesParticles(head: string): boolean {
  const line = head.split(/\r?\n/).find((one) => one.trim() !== '' && !one.startsWith('#')) ?? '';
  const names = cellsOf(line, separatorOf(line)).map((cell) => cell.trim().replace(/^"(.*)"$/s, '$1'));
  return ['x', 'y', 'z'].every((name) => names.includes(name)) && ['intensity', 'track', 'step'].some((name) => names.includes(name));
}

type Separator = ',' | ';' | '\t' | ' ';

function separatorOf(heading: string): Separator {
  return ([',', ';', '\t'] as const).find((one) => heading.includes(one)) ?? ' ';
}

function cellsOf(line: string, separator: Separator): string[] {
  if (separator === ' ') return line.trim().split(/\s+/);
  return line.includes('"')
    ? (line.match(separator === ',' ? QUOTED.comma : separator === ';' ? QUOTED.semicolon : QUOTED.tab) ?? []).map((cell) =>
        cell.replace(/^[,;\t]/, ''),
      )
    : line.split(separator);
}

/** A cell with the separator before it; quotes may hold separators. */
const QUOTED = {
  comma: /(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g,
  semicolon: /(?:^|;)(?:"(?:[^"]|"")*"|[^;]*)/g,
  tab: /(?:^|\t)(?:"(?:[^"]|"")*"|[^\t]*)/g,
} as const;

interface Layout {
  readonly separator: Separator;
  readonly count: number;
  /** Numbers of the columns that are wanted. */
  readonly wanted: readonly number[];
}

async function readAll(
  source: ByteSource,
  layout: Layout,
  use: (pieces: readonly number[][]) => void,
  options: ReadOptions,
): Promise<void> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let row = -1;
  let lineStart = 0;
  for (let done = 0; done < source.size; done += CHUNK_BYTES) {
    throwIfAborted(options.signal);
    const length = Math.min(CHUNK_BYTES, source.size - done);
    const isLast = done + length === source.size;
    const text = rest + decoder.decode(await source.read(done, length, options), { stream: !isLast }) + (isLast ? '\n' : '');
    const pieces: number[][] = layout.wanted.map(() => []);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; from = end + 1, end = text.indexOf('\n', from)) {
      const line = text.slice(from, text[end - 1] === '\r' ? end - 1 : end);
      if (line.startsWith('#') || line.trim() === '') continue;
      // The first one is the heading.
      if (row >= 0) parseRow(line, row, layout, pieces, source.name);
      row += 1;
    }
    rest = text.slice(from);
    lineStart = done + length - rest.length;
    if (rest.length > CHUNK_BYTES)
      throw new DataError('malformed', `A line of ${source.name} has no end within ${CHUNK_BYTES} bytes.`, {
        path: source.name,
        offset: Math.max(0, lineStart),
      });
    if ((pieces[0]?.length ?? 0) > 0) use(pieces);
  }
}

function parseRow(line: string, row: number, { separator, count, wanted }: Layout, pieces: readonly number[][], path: string): void {
  const cells = cellsOf(line, separator);
  if (cells.length !== count)
    throw new DataError('malformed', `Row ${row} has ${cells.length} columns, the heading has ${count}.`, { path, field: `row ${row}` });
  for (const [i, column] of wanted.entries()) {
    const cell = cells[column] as string;
    const value = Number(cell);
    // An empty cell is 0 for Number.
    if (Number.isNaN(value) || cell === '' || value === 0) (pieces[i] as number[]).push(unusual(cell, row, path));
    else (pieces[i] as number[]).push(value);
  }
}

function unusual(cell: string, row: number, path: string): number {
  const plain = cell
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .toLowerCase();
  const word = WORDS.get(plain);
  if (word !== undefined) return word;
  const value = Number(plain);
  if (!Number.isNaN(value)) return value;
  throw new DataError('malformed', `Row ${row} has '${cell.slice(0, 40)}', which is no number.`, { path, field: `row ${row}` });
}
