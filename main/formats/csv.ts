import { latin1 } from '../codecs/cursor.ts';
import { hasFooterEnd } from '../codecs/text-table.ts';
import type { Candidate, Format, OpenInput } from './format.ts';
import { openPlainTable, plainTableHead } from './plain-grid/plain-table.ts';
import { openTextTables } from './text-tables.ts';

const TAIL_BYTES = 64;
const HEAD_BYTES = 16 * 1024;

/** True where the file ends like one of our text outputs. */
export async function endsWithFooter({ folder, entry }: Pick<Candidate, 'folder' | 'entry'>): Promise<boolean> {
  if (entry.size < TAIL_BYTES) return false;
  await using source = await folder.open(entry.name);
  return hasFooterEnd(await source.read(entry.size - TAIL_BYTES, TAIL_BYTES));
}

/** True for our text outputs, also for those that were cut: their beginning matches `mark`. */
export async function isOwnText({ folder, entry }: OpenInput, mark: RegExp): Promise<boolean> {
  if (await endsWithFooter({ folder, entry })) return true;
  await using source = await folder.open(entry.name);
  return mark.test(latin1(await source.read(0, Math.min(HEAD_BYTES, source.size))));
}

const EXTENSIONS = ['csv', 'txt'];

/** Tables that the CSV writer made, and points on a regular grid of other programs: docs/formats/csv.md. */
export const csv: Format = {
  id: 'csv',
  label: 'Table (.csv, .txt)',
  extensions: EXTENSIONS,
  options: {},
  async probe(candidate) {
    const { entry, extension } = candidate;
    if (entry.kind !== 'file' || !EXTENSIONS.includes(extension)) return { score: 0, reason: 'not named .csv or .txt' };
    if (extension === 'csv' && (await endsWithFooter(candidate))) return { score: 0.9, reason: 'a table with our description' };
    return plainTableHead(new TextDecoder().decode(await candidate.head()))
      ? { score: 0.5, reason: 'a table of numbers with columns x and y' }
      : { score: 0, reason: 'no table of points' };
  },
  open: async (input) => {
    const isOurs = await isOwnText(input, /^# Streakline/);
    return { dataset: await (isOurs ? openTextTables(input, { format: 'csv', kind: 'CSV file', separator: ',' }) : openPlainTable(input)) };
  },
};
