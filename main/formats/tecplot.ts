import { endsWithFooter } from './csv.ts';
import type { Format } from './format.ts';
import { openTextTables } from './text-tables.ts';

/** Tecplot ASCII files that our writer made: docs/formats/tecplot.md. */
export const tecplot: Format = {
  id: 'tecplot',
  label: 'Tecplot ASCII of Streakline',
  extensions: ['dat'],
  options: {},
  async probe(candidate) {
    if (candidate.entry.kind !== 'file' || candidate.extension !== 'dat') return { score: 0, reason: 'not named .dat' };
    return (await endsWithFooter(candidate))
      ? { score: 0.9, reason: 'zones with our description' }
      : { score: 0, reason: 'no description of ours at its end' };
  },
  open: async (input) => ({ dataset: await openTextTables(input, { format: 'tecplot', kind: 'Tecplot file', separator: ' ' }) }),
};
