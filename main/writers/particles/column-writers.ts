import { DataError } from '../../../shared/model/data-error.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { OptionSpec, OptionValues } from '../../../shared/model/option.ts';
import { particleDescriptionText } from '../../codecs/particle-description.ts';
import { ROW_COLUMNS } from '../../codecs/particle-layout.ts';
import { writeAtomically } from '../atomic-file.ts';
import { archiveNames } from '../column-names.ts';
import { columnFileFor } from '../column-outputs.ts';
import { Losses } from '../losses.ts';
import { STREAKLINE_VERSION, VERSION_ATTRIBUTE } from '../version.ts';
import type { WriteResult } from '../writer.ts';
import { tellUnheld } from './instants.ts';
import { allStepAttributes, eachSnapshot } from './each-snapshot.ts';
import { particleColumnSpecs, pointColumns, snapshotPoints, valueScales } from './particle-columns.ts';
import type { ParticleWriteJob, ParticleWriter } from './particle-writer.ts';

export const MODE_OPTION: Readonly<Record<'mode', OptionSpec>> = {
  mode: {
    type: 'choice',
    label: 'Values',
    choices: ['raw', 'scaled'],
    help: 'raw (default): stored numbers, with their scales beside them; scaled: values in their units, as 8-byte numbers.',
  },
};

/** Tables with a row a particle, in the order of time. They open again with everything that they hold. Layout: docs/formats/particle-tables.md. */
export const COLUMN_WRITERS: readonly ParticleWriter[] = [
  columnWriter('csv', 'CSV table', {
    description: {
      type: 'boolean',
      label: 'Description',
      help: 'Ends the file with comment lines by which it opens again; true where nothing is given.',
    },
  }),
  columnWriter('npz', 'NumPy archive (.npz)', {}),
  columnWriter('parquet', 'Parquet table', {
    compression: {
      type: 'choice',
      label: 'Compression',
      choices: ['snappy', 'gzip', 'none'],
      help: 'snappy (default), gzip: smaller and slower, or none.',
    },
  }),
];

function columnWriter(id: string, label: string, options: Readonly<Record<string, OptionSpec>>): ParticleWriter {
  return {
    id,
    label,
    extensions: [id],
    options: { ...MODE_OPTION, ...options },
    accepts: () => true,
    write: (job) => writeColumns(job, id),
  };
}

async function writeColumns(job: ParticleWriteJob, id: string): Promise<WriteResult> {
  const { dataset, target, force, options, signal } = job;
  const { info } = dataset;
  const losses = new Losses();
  const isScaled = options['mode'] === 'scaled';
  const columns = particleColumnSpecs(info, isScaled);
  const scales = isScaled ? valueScales(info) : undefined;
  if (isScaled) refuseZeroSlope(info, target);
  await tellUnheld(dataset, losses, { signal });
  const counts = await dataset.counts({ signal });
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const begin = columnFileFor(`.${id}`);
  await writeAtomically(target, { force }, async (file) => {
    const table = await begin(file, columns, rows, { compression: compressionOf(options) });
    await eachSnapshot(job, losses, counts, (set, step, pulse) => table.append(pointColumns(snapshotPoints(set, step, pulse), scales)));
    const names = id === 'npz' ? archiveNames(columns) : columns.map(({ name }) => name);
    await table.finish(options['description'] === false ? undefined : await describeColumns(job, names, losses));
  });
  if (options['description'] === false) losses.add('Scales, times and attributes: the file is a plain table.');
  return { target, buffers: info.steps, losses: losses.list() };
}

function compressionOf(options: OptionValues): 'snappy' | 'gzip' | 'none' {
  const { compression } = options;
  return compression === 'gzip' || compression === 'none' ? compression : 'snappy';
}

/** Nothing can be computed back from values that are all the same. */
function refuseZeroSlope({ scales, scalars }: ParticleDatasetInfo, target: string): void {
  const all = [...Object.entries(scales), ...scalars.map(({ name, scale }) => [name, scale] as const)];
  const zero = all.find(([, { slope }]) => slope === 0);
  if (zero)
    throw new DataError('unsupported', `The scale of ${zero[0]} has the slope 0: scaled values would all be the same.`, {
      path: target,
      field: 'mode',
      hint: 'Write stored numbers: -w mode=raw.',
    });
}

/** What the table does not say by its columns, whose names are given in their order. */
export async function describeColumns(
  { dataset, signal, options }: Pick<ParticleWriteJob, 'dataset' | 'signal' | 'options'>,
  columns: readonly string[],
  losses = new Losses(),
  counts?: Uint32Array,
): Promise<string> {
  const { info } = dataset;
  const written = { ...info, attributes: { ...info.attributes, [VERSION_ATTRIBUTE]: STREAKLINE_VERSION } };
  return particleDescriptionText(written, await dataset.times({ signal }), {
    columns: columns.slice(ROW_COLUMNS.length),
    coordinates: options['mode'] === 'scaled' ? 'scaled' : 'stored',
    stepAttributes: await allStepAttributes(dataset, signal, losses),
    counts,
  });
}
