import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../../codecs/byte-reader.ts';
import { describedDataset, describedInfo, type DescribedBuffer } from '../described-dataset.ts';
import type { OpenInput } from '../format.ts';
import { isGridTable, readColumnNames } from './column-names.ts';
import { gridBuffer } from './grid-frame.ts';
import { findHead, isCommentLine, linesOf, rowNumbers, type TextHead } from './text-columns.ts';

/** Tables are held whole. */
const MAX_BYTES = 2 ** 29;
const HEAD_BYTES = 64 * 1024;

/** The head of a table of points of another program (PIVlab, OpenPIV, spreadsheets); undefined where the text is none. */
export function plainTableHead(text: string): TextHead | undefined {
  const head = findHead(text);
  return head && isGridTable(readColumnNames(head.names)) ? head : undefined;
}

/** One frame of points on a regular grid: a row a point, in any order, below a line of names with x and y. */
export async function openPlainTable(input: OpenInput): Promise<FrameDataset> {
  const source = await input.folder.open(input.entry.name, input);
  const path = source.name;
  try {
    if (source.size > MAX_BYTES)
      throw new DataError('too-large', `The table has ${source.size} bytes; the limit is ${MAX_BYTES}.`, { path });
    const head = plainTableHead(new TextDecoder().decode(await source.read(0, Math.min(HEAD_BYTES, source.size), input)));
    if (!head) {
      throw new DataError('unsupported', 'The file has no line of names with x and y above rows of numbers.', {
        path,
        field: 'columns',
        hint: 'Tables of points on a regular grid with columns x, y, z, u, v, w or others are read.',
      });
    }
    let reading: Promise<DescribedBuffer> | undefined;
    const buffer = (options: ReadOptions): Promise<DescribedBuffer> => {
      reading ??= readTable(source, head, input.entry.name, options);
      reading.catch(() => {
        reading = undefined;
      });
      return reading;
    };
    return describedDataset({
      info: describedInfo({ format: 'csv', kind: 'Table', path, title: input.entry.name, buffers: 1, rawDtype: 'text' }, undefined),
      openBuffer: (_, options) => buffer(options),
      close: () => Promise.resolve(source[Symbol.asyncDispose]()),
    });
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}

async function readTable(source: ByteReader, head: TextHead, name: string, options: ReadOptions): Promise<DescribedBuffer> {
  const columns = readColumnNames(head.names);
  const values: number[][] = columns.map(() => []);
  let line = -1;
  for await (const { text } of linesOf(source, { offset: 0, bytes: source.size }, options)) {
    line++;
    if (line < head.lines || isCommentLine(text)) continue;
    const numbers = rowNumbers(text, head.separator, { path: source.name, line });
    if (numbers.length !== columns.length) {
      const message = `Line ${line + 1} has ${numbers.length} columns, not ${columns.length}.`;
      throw new DataError('malformed', message, { path: source.name, field: 'columns' });
    }
    for (const [at, number] of numbers.entries()) values[at]?.push(number);
  }
  return gridBuffer(
    columns.map((column, at) => ({ ...column, values: Float64Array.from(values[at] ?? []) })),
    source.name,
    { name },
  );
}
