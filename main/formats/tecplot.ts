import type { Dataset } from '../../shared/model/dataset.ts';
import { commentFooterHead } from '../codecs/comment-footer.ts';
import { latin1 } from '../codecs/cursor.ts';
import { OWN_MARK } from '../codecs/particle-layout.ts';
import type { ByteSource } from '../sources/byte-source.ts';
import { BIN_OPTIONS, openBinned, refuseBinning } from './bin-options.ts';
import { endsWithFooter, isOwnText } from './csv.ts';
import type { Format, OpenInput } from './format.ts';
import { holdsParticles, ownTecplotParticles, tecplotParticles } from './particle-table/tecplot-table.ts';
import { findZones } from './plain-grid/tecplot-text.ts';
import { tecplotGrids } from './plain-grid/tecplot-zones.ts';
import { openTextTables } from './text-tables.ts';

const EXTENSIONS = ['dat', 'tec', 'plt'];

/** Tecplot ASCII: files that our writers made, and zones of points of other programs, on a regular grid or particles. docs/formats/tecplot.md. */
export const tecplot: Format<Dataset> = {
  id: 'tecplot',
  label: 'Tecplot ASCII (.dat)',
  extensions: EXTENSIONS,
  options: BIN_OPTIONS,
  async probe(candidate) {
    const { entry, extension } = candidate;
    if (entry.kind !== 'file' || !EXTENSIONS.includes(extension)) return { score: 0, reason: 'not named .dat' };
    if (await endsWithFooter(candidate)) return { score: 0.9, reason: 'zones with our description' };
    return /^\s*(TITLE|VARIABLES)\s*=/im.test(latin1(await candidate.head()))
      ? { score: 0.6, reason: 'a Tecplot title or list of variables' }
      : { score: extension === 'dat' ? 0 : 0.1, reason: 'no Tecplot title or list of variables' };
  },
  open: async (input) => ({ dataset: await open(input) }),
};

async function open(input: OpenInput): Promise<Dataset> {
  const { folder, entry, options } = input;
  const source = await folder.open(entry.name, input);
  try {
    const isOwnParticles = (await commentFooterHead(source, OWN_MARK.length, input)) === OWN_MARK;
    if (isOwnParticles || !(await isOwnText(input, /^DATASETAUXDATA A_StreaklineVersion/m))) {
      const text = await findZones(source, input);
      if (isOwnParticles || (await holdsParticles(source, text, input))) {
        const read = isOwnParticles ? ownTecplotParticles : tecplotParticles;
        const dataset = await read(source, text, entry.name, { signal: input.signal });
        // Everything is in memory.
        await source[Symbol.asyncDispose]();
        return await openBinned(dataset, options);
      }
      refuseBinning(options, source.name);
      return tecplotGrids(source, text, entry.name);
    }
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
  return await ownFields(source, input);
}

async function ownFields(source: ByteSource, input: OpenInput): Promise<Dataset> {
  await source[Symbol.asyncDispose]();
  refuseBinning(input.options, source.name);
  return openTextTables(input, { format: 'tecplot', kind: 'Tecplot file', separator: ' ' });
}
