import { latin1 } from '../codecs/cursor.ts';
import { endsWithFooter, isOwnText } from './csv.ts';
import type { Format } from './format.ts';
import { openTecplotZones } from './plain-grid/tecplot-zones.ts';
import { openTextTables } from './text-tables.ts';

const EXTENSIONS = ['dat', 'tec', 'plt'];

/** Tecplot ASCII: files that our writer made, and zones of points on a regular grid of other programs. docs/formats/tecplot.md. */
export const tecplot: Format = {
  id: 'tecplot',
  label: 'Tecplot ASCII (.dat)',
  extensions: EXTENSIONS,
  options: {},
  async probe(candidate) {
    const { entry, extension } = candidate;
    if (entry.kind !== 'file' || !EXTENSIONS.includes(extension)) return { score: 0, reason: 'not named .dat' };
    if (await endsWithFooter(candidate)) return { score: 0.9, reason: 'zones with our description' };
    return /^\s*(TITLE|VARIABLES)\s*=/im.test(latin1(await candidate.head()))
      ? { score: 0.6, reason: 'a Tecplot title or list of variables' }
      : { score: extension === 'dat' ? 0 : 0.1, reason: 'no Tecplot title or list of variables' };
  },
  open: async (input) => {
    const isOurs = await isOwnText(input, /^DATASETAUXDATA A_StreaklineVersion/m);
    return {
      dataset: await (isOurs
        ? openTextTables(input, { format: 'tecplot', kind: 'Tecplot file', separator: ' ' })
        : openTecplotZones(input)),
    };
  },
};
