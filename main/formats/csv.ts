import { hasFooterEnd } from '../codecs/text-table.ts';
import type { Candidate, Format } from './format.ts';
import { openTextTables } from './text-tables.ts';

const TAIL_BYTES = 64;

/** True where the file ends like one of our text outputs. */
export async function endsWithFooter({ folder, entry }: Candidate): Promise<boolean> {
  if (entry.size < TAIL_BYTES) return false;
  await using source = await folder.open(entry.name);
  return hasFooterEnd(await source.read(entry.size - TAIL_BYTES, TAIL_BYTES));
}

/** Tables that the CSV writer made: docs/formats/csv.md. */
export const csv: Format = {
  id: 'csv',
  label: 'CSV table of Streakline',
  extensions: ['csv'],
  options: {},
  async probe(candidate) {
    if (candidate.entry.kind !== 'file' || candidate.extension !== 'csv') return { score: 0, reason: 'not named .csv' };
    return (await endsWithFooter(candidate))
      ? { score: 0.9, reason: 'a table with our description' }
      : { score: 0, reason: 'a table without our description' };
  },
  open: async (input) => ({ dataset: await openTextTables(input, { format: 'csv', kind: 'CSV file', separator: ',' }) }),
};
