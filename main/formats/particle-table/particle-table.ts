import { DataError, isDataError } from '../../../shared/model/data-error.ts';
import type { Dataset, ParticleDataset } from '../../../shared/model/dataset.ts';
import { commentFooterHead } from '../../codecs/comment-footer.ts';
import {
  MAX_PARTICLE_DESCRIPTION_BYTES,
  PARTICLE_DESCRIPTION_KIND,
  parseParticleDescription,
  type ParticleDescription,
} from '../../codecs/particle-description.ts';
import { HDF5_KIND_AT, NPZ_PARTICLES, OWN_MARK } from '../../codecs/particle-layout.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import { BIN_OPTIONS, openBinned } from '../bin-options.ts';
import type { Candidate, Format, OpenInput, ProbeAnswer } from '../format.ts';
import { openCsvTable } from './csv-table.ts';
import { openHdf5Table } from './hdf5-table.ts';
import { openNpzTable } from './npz-table.ts';
import { openParquetTable } from './parquet-table.ts';
import type { RowTable } from './row-table.ts';
import { rowsDataset } from './rows-dataset.ts';

export const PARTICLE_TABLE = 'particle-table';
export const PARTICLE_TABLE_EXTENSIONS: readonly string[] = ['csv', 'txt', 'npz', 'parquet', 'h5', 'hdf5'];

/** Tables with a row a particle: those that we wrote open by themselves, others where this format is asked for. docs/formats/particle-tables.md. */
export const particleTable: Format<Dataset> = {
  id: PARTICLE_TABLE,
  label: 'Table of particles (.csv, .npz, .parquet, .h5)',
  extensions: PARTICLE_TABLE_EXTENSIONS.filter((extension) => extension === 'parquet'),
  options: {
    description: {
      type: 'text',
      label: 'Description',
      help: 'JSON file beside the table with times, scales, scalar_scales, attributes, bounds, or its text; the name of the table with .json where nothing is given.',
    },
    coordinates: {
      type: 'choice',
      label: 'Coordinates',
      choices: ['stored', 'scaled'],
      help: 'What x, y, z, intensity are: stored numbers of a set (default), or scaled by the scales of the description.',
    },
    ...BIN_OPTIONS,
  },
  probe,
  open: async (input) => ({ dataset: await openBinned(await openTable(input), input.options) }),
};

const SURE: ProbeAnswer = { score: 0.97, reason: 'a table of particles with our description' };
const NO: ProbeAnswer = { score: 0, reason: 'no table of particles with our description' };

async function probe(candidate: Candidate): Promise<ProbeAnswer> {
  const { entry, extension, folder, head } = candidate;
  if (entry.kind !== 'file' || !PARTICLE_TABLE_EXTENSIONS.includes(extension))
    return { score: 0, reason: 'not named .csv, .npz, .parquet or .h5' };
  if (extension === 'h5' || extension === 'hdf5') return hasMark(await head(), HDF5_KIND_AT) ? SURE : NO;
  if (extension === 'parquet')
    return new TextDecoder('latin1').decode(await head(4)) === 'PAR1'
      ? { score: 0.9, reason: 'a Parquet file' }
      : { score: 0.1, reason: 'named .parquet, but without PAR1' };
  await using source = await folder.open(entry.name);
  if (extension === 'npz') return (await tailText(source)).includes(NPZ_PARTICLES) ? SURE : NO;
  return (await commentFooterHead(source, OWN_MARK.length, {})) === OWN_MARK ? SURE : NO;
}

/** The description is the last member of our archives, so its name stands near the end of the directory. */
const TAIL_BYTES = 512;

async function tailText(source: ByteSource): Promise<string> {
  const length = Math.min(TAIL_BYTES, source.size);
  return new TextDecoder('latin1').decode(await source.read(source.size - length, length));
}

/** The first data of our HDF5 files say what is in it. */
function hasMark(bytes: Uint8Array, at: number): boolean {
  return [...PARTICLE_DESCRIPTION_KIND].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
}

async function openTable(input: OpenInput): Promise<ParticleDataset> {
  const { folder, entry, options } = input;
  const source = await folder.open(entry.name, input);
  let table: RowTable | undefined;
  try {
    table = await openRows(source, entry.name, input);
    const description = await findDescription(table, input);
    const coordinates = coordinatesOf(description, options['coordinates'], source.name);
    return await rowsDataset(
      table,
      description,
      { format: PARTICLE_TABLE, title: entry.name, coordinates, strict: !description.isOwn },
      input,
    );
  } finally {
    // Everything is in memory.
    await (table ?? source)[Symbol.asyncDispose]();
  }
}

/** What was asked for, else what the description says; a table of ours knows it. */
function coordinatesOf({ isOwn, coordinates }: ParticleDescription, asked: unknown, path: string): 'stored' | 'scaled' {
  const wanted = asked === 'scaled' || asked === 'stored' ? asked : coordinates;
  if (!isOwn || wanted === coordinates) return wanted;
  throw new DataError('invalid-option', `${path} says itself that its values are ${coordinates}.`, {
    path,
    field: 'coordinates',
    hint: 'Leave the option out.',
  });
}

/** By the first bytes: a name may be wrong. */
async function openRows(source: ByteSource, name: string, input: OpenInput): Promise<RowTable> {
  const head = new TextDecoder('latin1').decode(await source.read(0, Math.min(8, source.size), input));
  if (head.startsWith('PK\x03\x04')) return openNpzTable(source, input);
  if (head.startsWith('PAR1')) return openParquetTable(source, input);
  if (head === '\x89HDF\r\n\x1a\n') return openHdf5Table(source);
  if (/\.(npz|parquet|h5|hdf5)$/i.test(name))
    throw new DataError(
      'malformed',
      `${source.name} is no ${name.slice(name.lastIndexOf('.') + 1).toLowerCase()} file by its first bytes.`,
      { path: source.name, offset: 0 },
    );
  return openCsvTable(source, input);
}

async function findDescription(table: RowTable, { folder, entry, options, signal }: OpenInput): Promise<ParticleDescription> {
  const asked = options['description'];
  if (typeof asked === 'string' && asked.trimStart().startsWith('{')) return parseParticleDescription(asked, table.path);
  if (typeof asked !== 'string' && table.description !== undefined) return parseParticleDescription(table.description, table.path);
  const name = typeof asked === 'string' ? asked : entry.name.replace(/\.[^.]*$/, '.json');
  const source = await folder.open(name, { signal }).catch((error: unknown) => {
    if (!isDataError(error, 'not-found') || typeof asked === 'string') throw error;
    throw new DataError(
      'missing-companion',
      `${table.path} does not say the times of its steps, and there is no ${name} beside it that does.`,
      {
        path: folder.pathOf(name),
        hint: 'Write them to a JSON file: {"times": [0, 0.001, ...]}, and name it with -o description=FILE.json.',
      },
    );
  });
  await using _ = source;
  if (source.size > MAX_PARTICLE_DESCRIPTION_BYTES)
    throw new DataError('too-large', `${source.name} has ${source.size} bytes; at most ${MAX_PARTICLE_DESCRIPTION_BYTES} are read.`, {
      path: source.name,
    });
  return parseParticleDescription(new TextDecoder().decode(await source.read(0, source.size, { signal })), source.name);
}
