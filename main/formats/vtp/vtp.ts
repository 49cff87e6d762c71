import type { Dataset } from '../../../shared/model/dataset.ts';
import { latin1 } from '../../codecs/cursor.ts';
import { collectionExtension } from '../../codecs/vtk/collection.ts';
import { BIN_OPTIONS, openBinned } from '../bin-options.ts';
import type { Format } from '../format.ts';
import { openCollection } from './collection.ts';
import { VTP_FORMAT } from './open-series.ts';
import { openSingle } from './single-file.ts';

const EXTENSIONS = ['vtp', 'pvd'];

/** Particles in VTK PolyData: a file of points, or a collection with one a step. docs/formats/vtp.md. */
export const vtp: Format<Dataset> = {
  id: VTP_FORMAT,
  label: 'VTK PolyData of particles (.pvd, .vtp)',
  extensions: EXTENSIONS,
  options: BIN_OPTIONS,
  async probe({ entry, extension, head }) {
    if (entry.kind !== 'file' || !EXTENSIONS.includes(extension)) return { score: 0, reason: 'not named .vtp or .pvd' };
    const text = latin1(await head());
    if (!text.includes('<VTKFile')) return { score: 0.1, reason: 'no VTK XML' };
    if (extension === 'vtp')
      return text.includes('"PolyData"') ? { score: 0.9, reason: 'VTK PolyData' } : { score: 0.2, reason: 'a VTK file of another kind' };
    return collectionExtension(text) === 'vtp'
      ? { score: 0.9, reason: 'a VTK collection of .vtp files' }
      : { score: 0, reason: 'a VTK collection of other files' };
  },
  open: async (input) => {
    const dataset = await (/\.pvd$/i.test(input.entry.name) ? openCollection(input) : openSingle(input));
    return { dataset: await openBinned(dataset, input.options) };
  },
};
