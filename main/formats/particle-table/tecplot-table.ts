import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ParticleDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import { unitScale, type Scale } from '../../../shared/model/scale.ts';
import { readCommentFooter } from '../../codecs/comment-footer.ts';
import { MAX_PARTICLE_DESCRIPTION_BYTES, parseParticleDescription, type ParticleDescription } from '../../codecs/particle-description.ts';
import { ROW_COLUMNS } from '../../codecs/particle-layout.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import { isTrackName, noIntensity } from '../particles/column-meanings.ts';
import { plainDescription } from '../particles/plain-description.ts';
import type { ColumnName } from '../plain-grid/column-names.ts';
import { findGrid } from '../plain-grid/find-grid.ts';
import { zoneColumns, zoneSizes, zoneValue, type TecplotText, type Zone } from '../plain-grid/tecplot-text.ts';
import { unicode } from '../plain-grid/text-columns.ts';
import type { ColumnPiece, RowTable } from './row-table.ts';
import { rowsDataset, type RowsFacts } from './rows-dataset.ts';

/** Where the particles of a zone belong. */
interface ZonePlace {
  readonly step: number;
  readonly pulse: number;
}

const FACTS: Pick<RowsFacts, 'format' | 'strict'> = { format: 'tecplot', strict: false };

/** Zones of points that our writer made. */
export async function ownTecplotParticles(
  source: ByteSource,
  text: TecplotText,
  name: string,
  options: ReadOptions,
): Promise<ParticleDataset> {
  const path = source.name;
  const json = await readCommentFooter(source, MAX_PARTICLE_DESCRIPTION_BYTES, options);
  const description = parseParticleDescription(json ?? '', path);
  const columns = ['x', 'y', 'z', 'intensity', 'track', ...description.scalarNames.keys()];
  if (text.variables.length !== columns.length) {
    const message = `The Tecplot file has ${text.variables.length} variables, its description ${columns.length}.`;
    throw new DataError('malformed', message, { path, field: 'VARIABLES' });
  }
  const table = zoneTable(source, text, columns, (zone) => ownPlace(zone, path));
  return rowsDataset(table, description, { ...FACTS, title: name, coordinates: description.coordinates }, options);
}

/** Our zones have the name of their step. */
function ownPlace(zone: Zone, path: string): ZonePlace {
  const [, step, pulse = '0'] = /^step (\d+)(?: pulse (\d+))?$/.exec(zoneValue(zone, 'T') ?? '') ?? [];
  if (step !== undefined) return { step: Number(step), pulse: Number(pulse) };
  throw new DataError('malformed', `A zone has the name '${unicode(zoneValue(zone, 'T') ?? '')}', not that of a step.`, {
    path,
    offset: zone.offset,
    field: 'T',
  });
}

/** True for zones along I alone of points with x, y, z that have tracks, or lie on no grid. */
export async function holdsParticles(source: ByteSource, { variables, zones }: TecplotText, options: ReadOptions): Promise<boolean> {
  const axes = (['x', 'y', 'z'] as const).map((axis) => variables.findIndex(({ meaning }) => meaning === axis));
  const [first] = zones;
  if (
    !first ||
    axes.some((at) => at < 0) ||
    zones.some((zone) =>
      zoneSizes(zone)
        ?.slice(1)
        .some((size) => size !== 1),
    )
  )
    return false;
  if (variables.some(({ name }) => isTrackName(name))) return true;
  const columns = await zoneColumns(source, first, variables.length, options);
  try {
    findGrid(
      axes.map((at) => columns[at] as Float64Array),
      source.name,
    );
    return false;
  } catch (error) {
    if (error instanceof DataError) return true;
    throw error;
  }
}

/** Zones of points of another program: those of one time are a step. */
export async function tecplotParticles(
  source: ByteSource,
  text: TecplotText,
  name: string,
  options: ReadOptions,
): Promise<ParticleDataset> {
  const { variables, zones, title } = text;
  const columns = columnsOf(variables);
  const given = zones.map((zone) => Number(zoneValue(zone, 'SOLUTIONTIME') ?? Number.NaN));
  const times = given.every(Number.isFinite) ? given : zones.map((_, step) => step);
  const steps = Float64Array.from(new Set(times)).sort();
  const places = new Map(Array.from(steps, (time, step) => [time, step] as const));
  const units = variables.map(({ unit, meaning }) => unit || unicode((zones[0] && zoneValue(zones[0], `${meaning}_unit`)) ?? ''));
  const scaleOf = (column: string): Scale => unitScale(units[columns.indexOf(column)] ?? '');
  const description: ParticleDescription = {
    ...plainDescription(steps, title),
    scales: { x: scaleOf('x'), y: scaleOf('y'), z: scaleOf('z'), i: scaleOf('intensity') },
    scalarScales: new Map(columns.filter((column) => !isRowColumn(column)).map((column) => [column, scaleOf(column)])),
  };
  const table = zoneTable(source, text, columns, (_, index) => ({ step: places.get(times[index] as number) ?? 0, pulse: 0 }));
  return rowsDataset(table, description, { ...FACTS, title: name, coordinates: 'stored', bounds: 'exact' }, options);
}

function isRowColumn(name: string): boolean {
  return (ROW_COLUMNS as readonly string[]).includes(name);
}

/** Names of the columns of a table of particles; further variables of a name are numbered. */
function columnsOf(variables: readonly ColumnName[]): readonly string[] {
  const columns: string[] = [];
  for (const { name, meaning } of variables) {
    const known = meaning === 'x' || meaning === 'y' || meaning === 'z' ? meaning : isTrackName(name) ? 'track' : name.toLowerCase();
    const isKnown = ['x', 'y', 'z', 'intensity', 'track'].includes(known) && !columns.includes(known);
    let free = isKnown ? known : name;
    for (let n = 2; !isKnown && (isRowColumn(free) || columns.includes(free)); n++) free = `${name} ${n}`;
    columns.push(free);
  }
  return columns;
}

/** The rows of all zones, one zone at a time. */
function zoneTable(
  source: ByteSource,
  { zones }: TecplotText,
  columns: readonly string[],
  placeOf: (zone: Zone, index: number) => ZonePlace,
): RowTable {
  const hasIntensity = columns.includes('intensity');
  return {
    path: source.name,
    columns: [...columns, ...(hasIntensity ? [] : ['intensity']), 'step', 'pulse'],
    warnings: hasIntensity ? [] : [noIntensity(source.name)],
    description: undefined,
    read: async (wanted, use, options) => {
      for (const [index, zone] of zones.entries()) {
        throwIfAborted(options.signal);
        const values = await zoneColumns(source, zone, columns.length, options);
        const rows = values[0]?.length ?? 0;
        const { step, pulse } = placeOf(zone, index);
        const constant: Readonly<Record<string, number>> = { step, pulse, intensity: 1 };
        use(wanted.map((name): ColumnPiece => values[columns.indexOf(name)] ?? new Float64Array(rows).fill(constant[name] ?? Number.NaN)));
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
