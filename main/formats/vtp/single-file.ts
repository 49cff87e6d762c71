import type { ParticleDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import { MAX_PARTICLE_DESCRIPTION_BYTES, parseParticleDescription, type ParticleDescription } from '../../codecs/particle-description.ts';
import { PARTICLE_DESCRIPTION_KEY } from '../../codecs/particle-description.ts';
import { readPolyData, type PolyData } from '../../codecs/vtk/poly-data.ts';
import type { OpenInput } from '../format.ts';
import type { ColumnPiece, RowTable } from '../particle-table/row-table.ts';
import { rowsDataset } from '../particle-table/rows-dataset.ts';
import { NO_INTENSITY, noIntensity } from '../particles/column-meanings.ts';
import { plainDescription } from '../particles/plain-description.ts';
import { columnNames, readColumns } from './point-columns.ts';
import { VTP_FORMAT } from './open-series.ts';
import { seriesDataset } from './series-dataset.ts';
import { snapshotFiles } from './snapshot-files.ts';

/** One file: particles of one instant, or those of all steps where each says its step or time. The latter are held in memory, as tables are. */
export async function openSingle(input: OpenInput): Promise<ParticleDataset> {
  const { folder, entry, signal } = input;
  await using source = await folder.open(entry.name, input);
  const poly = await readPolyData(source, input);
  const text = await poly.text(PARTICLE_DESCRIPTION_KEY, MAX_PARTICLE_DESCRIPTION_BYTES, input);
  const facts = { format: VTP_FORMAT, title: entry.name, strict: false };
  const description = text === undefined ? undefined : parseParticleDescription(text, source.name);
  if (description?.isOwn)
    return await rowsDataset(pointTable(poly), description, { ...facts, coordinates: description.coordinates }, { signal });
  const by = stepColumn(columnNames(poly));
  if (by === undefined) {
    const files = snapshotFiles(folder, [[entry.name]]);
    const place = { path: source.name, title: entry.name, warnings: [] };
    try {
      return await seriesDataset(files, plainDescription(Float64Array.of(poly.time ?? 0)), place, { signal });
    } catch (error) {
      await files[Symbol.asyncDispose]();
      throw error;
    }
  }
  const steps = await findSteps(poly, by, { signal });
  const plain: ParticleDescription = plainDescription(steps);
  return await rowsDataset(pointTable(poly, { by, steps }), plain, { ...facts, coordinates: 'stored', bounds: 'exact' }, { signal });
}

/** The column that tells the particles of different steps apart. */
function stepColumn(names: readonly string[]): 'step' | 'time' | undefined {
  if (names.includes('time') && (names.includes('step') || names.includes('track'))) return 'time';
  return names.includes('step') ? 'step' : undefined;
}

/** The different numbers of a column, ascending. */
async function findSteps({ pieces }: PolyData, column: string, options: ReadOptions): Promise<Float64Array> {
  const found = new Set<number>();
  for (const piece of pieces) {
    const [values = []] = await readColumns(piece, [column], options);
    for (let i = 0; i < values.length; i++) found.add(values[i] as number);
  }
  const steps = Float64Array.from(found).sort();
  return steps.length === 0 ? Float64Array.of(0) : steps;
}

interface Steps {
  readonly by: 'step' | 'time';
  /** Numbers of the column, ascending. */
  readonly steps: Float64Array;
}

/** Columns that other programs' files need not have, or that only say when a particle is. */
const OWN_COLUMNS: readonly string[] = ['intensity', 'step', 'pulse', 'time'];

/** The points as rows: ours by their columns alone, those of others by what tells their steps apart. */
function pointTable(poly: PolyData, steps?: Steps): RowTable {
  const { path, pieces, passedOver } = poly;
  const names = columnNames(poly);
  const all = names.length === 0 ? ['x', 'y', 'z'] : names;
  return {
    path,
    columns: steps ? [...all.filter((name) => !OWN_COLUMNS.includes(name)), 'intensity', 'step'] : all,
    passedOver,
    warnings: steps && !names.includes('intensity') ? [noIntensity(path)] : [],
    description: undefined,
    read: async (wanted, use, options) => {
      const asked = wanted.map((name) => (steps && name === 'step' ? steps.by : name));
      for (const piece of pieces) {
        const values = await readColumns(piece, asked, options);
        const absent = (name: string): ColumnPiece => new Float32Array(piece.points).fill(name === 'intensity' ? NO_INTENSITY : Number.NaN);
        const shown = values.map((column, i): ColumnPiece => (column as ColumnPiece | undefined) ?? absent(wanted[i] ?? ''));
        use(steps ? shown.map((column, i) => (wanted[i] === 'step' ? placesOf(column as ArrayLike<number>, steps.steps) : column)) : shown);
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** Places of numbers in ascending ones that hold them. */
function placesOf(values: ArrayLike<number>, steps: Float64Array): Uint32Array {
  const places = new Map(Array.from(steps, (step, at) => [step, at] as const));
  return Uint32Array.from(values, (value) => places.get(value) ?? 0);
}
