import { checkDifferentiation } from '../../shared/compute/particles/differentiation.ts';
import { parseSelection } from '../../shared/compute/particles/selection-text.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { Dataset, ParticleDataset } from '../../shared/model/dataset.ts';
import type { OptionSpec, OptionValues } from '../../shared/model/option.ts';
import { DIFFERENCE, type Differentiation } from '../../shared/model/track-selection.ts';
import { binnedParticles } from './binned-particles.ts';

/** Options of readers of particles, by which a set opens as vectors in cells. */
export const BIN_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  bin: {
    type: 'shape',
    label: 'Cells',
    help: 'Cells along x,y,z: the set opens as mean velocity in cells (vectors), without tracks as counts, not as particles',
  },
  bin_steps: {
    type: 'integer',
    label: 'Steps per buffer',
    help: 'With bin: so many steps become a buffer; all of them where it is not given',
  },
  min_count: { type: 'integer', label: 'Least particles', help: 'With bin: cells with fewer particles are masked (default 1)' },
  where: {
    type: 'text',
    label: 'Tracks',
    help: 'With bin: only tracks that meet these conditions, such as length>=12; speed=0.5..2; every=2',
  },
  fit: {
    type: 'shape',
    label: 'Fit',
    help: 'With bin: order,length of the polynomial along tracks that gives velocity; central differences where it is not given',
  },
};

const OF_TRACKS = ['where', 'fit'] as const;

/** The particles themselves, or the vectors that the options ask for; closed where that fails. */
export async function openBinned(dataset: ParticleDataset, options: OptionValues): Promise<Dataset> {
  try {
    return binWhereAsked(dataset, options);
  } catch (error) {
    await dataset[Symbol.asyncDispose]();
    throw error;
  }
}

/** Fields are no particles that could be put into cells. */
export function refuseBinning(options: OptionValues, path: string): void {
  const asked = Object.keys(BIN_OPTIONS).find((name) => options[name] !== undefined);
  if (asked !== undefined)
    throw new DataError('invalid-option', `Option '${asked}' is for particles; ${path} holds fields.`, { path, field: asked });
}

function binWhereAsked(dataset: ParticleDataset, options: OptionValues): Dataset {
  const { bin, bin_steps: steps, min_count: minCount, where, fit } = options;
  if (bin === undefined) {
    const idle = Object.keys(BIN_OPTIONS).find((name) => options[name] !== undefined);
    if (idle !== undefined)
      throw new DataError('invalid-option', `Option '${idle}' goes with bin only.`, {
        path: dataset.info.path,
        field: idle,
        hint: 'bin=X,Y,Z is the number of cells per axis.',
      });
    return dataset;
  }
  const idle = OF_TRACKS.find((name) => options[name] !== undefined);
  if (dataset.info.tracks === 0 && idle !== undefined)
    throw new DataError('unsupported', `${dataset.info.title} has no tracks: option '${idle}' means nothing, all particles are counted.`, {
      path: dataset.info.path,
      field: idle,
    });
  return binnedParticles(dataset, {
    bin: bin as readonly number[],
    steps: steps as number | undefined,
    minCount: minCount as number | undefined,
    selection: where === undefined ? undefined : parseSelection(String(where).split(';')),
    differentiation: fit === undefined ? DIFFERENCE : fitOf(fit as readonly number[]),
  });
}

function fitOf([order, length, ...more]: readonly number[]): Differentiation {
  if ((order !== 1 && order !== 2 && order !== 3) || length === undefined || more.length > 0) {
    throw new DataError(
      'invalid-option',
      `fit is order,length with an order from 1 to 3, got ${[order, length, ...more].filter((value) => value !== undefined).join(',')}.`,
      { field: 'fit', hint: 'Example: fit=2,7.' },
    );
  }
  const differentiation = { method: 'fit', order, length } as const;
  checkDifferentiation(differentiation);
  return differentiation;
}
