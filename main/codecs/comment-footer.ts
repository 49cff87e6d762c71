import { DataError } from '../../shared/model/data-error.ts';
import type { ReadOptions } from '../../shared/model/dataset.ts';
import type { ByteReader } from './byte-reader.ts';

/*
 * A JSON text at the end of a text file, as comment lines that other programs skip:
 *   #| {"streakline":1, ...}          cut into lines
 *   #end 0000000000012345             offset of the first of these lines, 16 digits
 */
const MARK = '#| ';
const END = '#end ';
const OFFSET_DIGITS = 16;
const END_BYTES = END.length + OFFSET_DIGITS + 1;
const LINE_CHARACTERS = 4000;

/** `json` in ASCII; `offset` is where these lines begin. */
export function commentFooter(json: string, offset: number): string {
  const lines: string[] = [];
  for (let from = 0; from < json.length; from += LINE_CHARACTERS) lines.push(`${MARK}${json.slice(from, from + LINE_CHARACTERS)}\n`);
  return `${lines.join('')}${END}${String(offset).padStart(OFFSET_DIGITS, '0')}\n`;
}

/** Where the footer begins and ends; undefined where the file has none. */
async function findFooter(file: ByteReader, options: ReadOptions): Promise<{ readonly start: number; readonly end: number } | undefined> {
  const end = file.size - END_BYTES;
  if (end < 0) return undefined;
  const digits = /^#end (\d{16})\n$/.exec(new TextDecoder('latin1').decode(await file.read(end, END_BYTES, options)))?.[1];
  const start = Number(digits);
  return digits === undefined || start > end ? undefined : { start, end };
}

/** The first `length` characters of the text, for a look at what it is. */
export async function commentFooterHead(file: ByteReader, length: number, options: ReadOptions): Promise<string> {
  const place = await findFooter(file, options);
  if (!place) return '';
  const bytes = await file.read(place.start, Math.min(length + MARK.length, place.end - place.start), options);
  return new TextDecoder('latin1').decode(bytes).slice(MARK.length);
}

/** The text; undefined where there is none. `malformed` where lines in it are no comments of ours. */
export async function readCommentFooter(file: ByteReader, limit: number, options: ReadOptions): Promise<string | undefined> {
  const place = await findFooter(file, options);
  if (!place) return undefined;
  const { start, end } = place;
  if (end - start > limit)
    throw new DataError('too-large', `The description at the end of ${file.name} has ${end - start} bytes; at most ${limit} are read.`, {
      path: file.name,
      offset: start,
    });
  const lines = new TextDecoder('latin1')
    .decode(await file.read(start, end - start, options))
    .split('\n')
    .slice(0, -1);
  if (!lines.every((line) => line.startsWith(MARK)))
    throw new DataError('malformed', `The description at the end of ${file.name} is damaged.`, { path: file.name, offset: start });
  return lines.map((line) => line.slice(MARK.length)).join('');
}
