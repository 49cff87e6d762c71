import { DataError } from '../../../shared/model/data-error.ts';
import type { ParticleDatasetInfo, ReadOptions, Warning } from '../../../shared/model/dataset.ts';
import { unitScale, type FrameScales, type Scale } from '../../../shared/model/scale.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';
import { ROW_COLUMNS } from '../../codecs/particle-layout.ts';
import { growing } from './growing.ts';
import { proposeScales } from './propose-scales.ts';
import type { ColumnPiece, RowTable } from './row-table.ts';

/** Rows in the order of the table, checked one by one. */
export interface LoadedRows {
  readonly count: number;
  /** Stored numbers of x, y, z. */
  readonly axes: readonly [x: Float32Array, y: Float32Array, z: Float32Array];
  readonly intensity: Float32Array;
  readonly scalars: readonly Float32Array[];
  /** step * pulses + pulse. */
  readonly snapshot: Uint32Array;
  /** As given, -1 = none; undefined where the table has no such column. */
  readonly track: Float64Array | undefined;
  readonly scales: FrameScales;
  readonly scalarInfo: ParticleDatasetInfo['scalars'];
  readonly warnings: readonly Warning[];
}

/** Memory for the columns of a table. */
const MAX_BYTES = 1 << 30;
/** 2^64 - 1 as a number and as an integer: no track, as files of DaVis have it. */
const NO_TRACK_NUMBER = 2 ** 64;
const AXES = ['x', 'y', 'z'] as const;

export async function loadRows(
  table: RowTable,
  description: ParticleDescription,
  coordinates: 'stored' | 'scaled',
  options: ReadOptions,
): Promise<LoadedRows> {
  const columns = columnsOf(table, description);
  const { scalars, hasTrack, hasStep, hasPulse } = columns;
  const names = [
    'x',
    'y',
    'z',
    'intensity',
    ...(hasTrack ? ['track'] : []),
    ...(hasStep ? ['step'] : []),
    ...(hasPulse ? ['pulse'] : []),
    ...scalars,
  ];
  const isScaled = coordinates === 'scaled';
  const isProposed = isScaled && AXES.some((axis) => !description.scales[axis]);
  const bytesOfRow = (isProposed ? 24 : 12) + 4 + 4 * scalars.length + 4 + (hasTrack ? 8 : 0);
  const expected = table.rows ?? 1024;
  checkSize(table, expected, bytesOfRow);
  const positions = isProposed ? [f8(expected), f8(expected), f8(expected)] : [f4(expected), f4(expected), f4(expected)];
  const [intensity, snapshot, track] = [f4(expected), growing((n) => new Uint32Array(n), expected), f8(hasTrack ? expected : 0)];
  const values = scalars.map(() => f4(expected));
  const scaleOf = (axis: (typeof AXES)[number] | 'i'): Scale | undefined => (isScaled ? description.scales[axis] : undefined);
  const check: RowCheck = { path: table.path, needsFinite: description.bounds === undefined };
  let count = 0;
  await table.read(
    names,
    (pieces) => {
      const rows = pieces[0]?.length ?? 0;
      checkSize(table, count + rows, bytesOfRow);
      for (const [axis, name] of AXES.entries()) {
        addValues(positions[axis]?.room(count + rows) as Float32Array, count, pieces[axis] as ColumnPiece, {
          ...check,
          name,
          scale: isProposed ? undefined : scaleOf(name),
          isPosition: true,
        });
      }
      addValues(intensity.room(count + rows), count, pieces[3] as ColumnPiece, { ...check, name: 'intensity', scale: scaleOf('i') });
      const next = (wanted: boolean, at: number): ColumnPiece | undefined => (wanted ? pieces[at] : undefined);
      const [stepAt, pulseAt] = [4 + Number(hasTrack), 4 + Number(hasTrack) + Number(hasStep)];
      const places = { step: next(hasStep, stepAt), pulse: next(hasPulse, pulseAt), rows };
      addPlaces(snapshot.room(count + rows), count, places, description, table.path);
      if (hasTrack) addTracks(track.room(count + rows), count, pieces[4] as ColumnPiece, table.path);
      const firstScalar = pulseAt + Number(hasPulse);
      for (const [k, name] of scalars.entries()) {
        // Units of scalars are only undone where we did them.
        const scale = isScaled && description.isOwn ? description.scalarScales.get(name) : undefined;
        addValues((values[k] as (typeof values)[number]).room(count + rows), count, pieces[firstScalar + k] as ColumnPiece, {
          ...check,
          name,
          scale,
        });
      }
      count += rows;
    },
    options,
  );
  const axes = positions.map((one) => one.done(count));
  const scales = scalesOf(description, isProposed ? axes : undefined);
  return {
    count,
    axes: axes.map((axis, at) =>
      axis instanceof Float32Array ? axis : unscaled(axis, scales[AXES[at] as 'x']),
    ) as unknown as LoadedRows['axes'],
    intensity: intensity.done(count),
    scalars: values.map((one) => one.done(count)),
    snapshot: snapshot.done(count),
    track: hasTrack ? track.done(count) : undefined,
    scales,
    scalarInfo: scalars.map((column) => ({
      name: description.scalarNames.get(column) ?? column,
      scale: description.scalarScales.get(column) ?? unitScale(''),
    })),
    warnings: isProposed
      ? [
          {
            code: 'proposed-scales',
            message: `There are no scales for the coordinates; x = ${scaleText(scales.x)}, y = ${scaleText(scales.y)}, z = ${scaleText(scales.z)} were chosen.`,
            path: table.path,
          },
        ]
      : [],
  };
}

const f4 = (length: number) => growing<Float32Array>((n) => new Float32Array(n), length);
const f8 = (length: number) => growing<Float64Array>((n) => new Float64Array(n), length);

function scaleText({ slope, offset }: Scale): string {
  return `${slope} n ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
}

function checkSize({ path }: RowTable, rows: number, bytesOfRow: number): void {
  if (rows * bytesOfRow <= MAX_BYTES) return;
  throw new DataError(
    'too-large',
    `${path} has ${rows} rows or more, ${rows * bytesOfRow} bytes in memory; at most ${Math.floor(MAX_BYTES / bytesOfRow)} rows are read.`,
    {
      path,
      hint: 'Cut the table by steps and convert the parts.',
    },
  );
}

interface Columns {
  readonly scalars: readonly string[];
  readonly hasTrack: boolean;
  readonly hasStep: boolean;
  readonly hasPulse: boolean;
}

/** What a table must have, and what it may not lack. */
function columnsOf({ columns, path }: RowTable, { isOwn, pulses, times, scalarNames, scalarScales }: ParticleDescription): Columns {
  const wrong = (field: string, message: string): DataError =>
    new DataError('malformed', message, { path, field, hint: `Columns: ${columns.join(', ') || 'none'}.` });
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw wrong(twice, `There are two columns '${twice}'.`);
  const has = (name: string): boolean => columns.includes(name);
  const lacking = ['x', 'y', 'z', 'intensity'].find((name) => !has(name));
  if (lacking !== undefined) throw wrong(lacking, `There is no column '${lacking}'; a table of particles has x, y, z, intensity.`);
  if (!has('step') && times.length > pulses)
    throw wrong('step', `There is no column 'step', but there are times for ${times.length / pulses} steps.`);
  if (!has('pulse') && pulses > 1) throw wrong('pulse', `There is no column 'pulse', but a step has ${pulses} times.`);
  const others = columns.filter((name) => !(ROW_COLUMNS as readonly string[]).includes(name));
  // Some formats list their columns by name.
  const scalars = isOwn ? [...scalarNames.keys()].filter((name) => others.includes(name)) : others;
  const foreign = [...scalarScales.keys()].find((name) => !scalars.includes(name));
  if (foreign !== undefined) throw wrong('scalar_scales', `'scalar_scales' has '${foreign}', but there is no such column.`);
  return { scalars, hasTrack: has('track'), hasStep: has('step'), hasPulse: has('pulse') };
}

interface RowCheck {
  readonly path: string;
  readonly needsFinite: boolean;
}

interface ValueColumn extends RowCheck {
  readonly name: string;
  readonly scale: Scale | undefined;
  readonly isPosition?: boolean;
}

/** Values as 4-byte numbers; (value - offset) / slope where they have units. */
function addValues(
  out: Float32Array | Float64Array,
  at: number,
  piece: ColumnPiece,
  { path, name, scale, needsFinite, isPosition = false }: ValueColumn,
): void {
  const [slope, offset] = [scale?.slope ?? 1, scale?.offset ?? 0];
  for (let i = 0; i < piece.length; i++) {
    const given = numberAt(piece, i);
    const value = scale ? (given - offset) / slope : given;
    out[at + i] = value;
    if (Number.isFinite(value) && Number.isFinite(out[at + i])) continue;
    const place = { path, field: `row ${at + i}` };
    if (isPosition && needsFinite && !Number.isFinite(given))
      throw new DataError(
        'malformed',
        `Row ${at + i} has ${name} = ${given}; positions must be finite numbers where no bounds are given.`,
        place,
      );
    if (Number.isFinite(given))
      throw new DataError('malformed', `Row ${at + i} has ${name} = ${given}, which is too large for a number of 4 bytes.`, place);
  }
}

function numberAt(piece: ColumnPiece, i: number): number {
  const value: unknown = piece[i];
  return typeof value === 'number' ? value : value === null || value === undefined ? Number.NaN : Number(value);
}

function addPlaces(
  out: Uint32Array,
  at: number,
  places: { readonly step: ColumnPiece | undefined; readonly pulse: ColumnPiece | undefined; readonly rows: number },
  { pulses, times }: ParticleDescription,
  path: string,
): void {
  const steps = times.length / pulses;
  for (let i = 0; i < places.rows; i++) {
    const step = places.step ? numberAt(places.step, i) : 0;
    const pulse = places.pulse ? numberAt(places.pulse, i) : 0;
    if (!(Number.isInteger(step) && step >= 0 && step < steps)) {
      throw new DataError('malformed', `Row ${at + i} is of step ${step}; there are times for ${steps} steps, 0 to ${steps - 1}.`, {
        path,
        field: `row ${at + i}`,
      });
    }
    if (!(Number.isInteger(pulse) && pulse >= 0 && pulse < pulses)) {
      throw new DataError(
        'malformed',
        `Row ${at + i} is of pulse ${pulse}; a step has ${pulses} time${pulses === 1 ? '' : 's'}, 0 to ${pulses - 1}.`,
        { path, field: `row ${at + i}` },
      );
    }
    out[at + i] = step * pulses + pulse;
  }
}

function addTracks(out: Float64Array, at: number, piece: ColumnPiece, path: string): void {
  for (let i = 0; i < piece.length; i++) {
    const given = numberAt(piece, i);
    const track = given === NO_TRACK_NUMBER ? -1 : given;
    if (!(Number.isSafeInteger(track) && track >= -1)) {
      throw new DataError('malformed', `Row ${at + i} is of track ${given}; tracks are whole numbers from 0 on, -1 is none.`, {
        path,
        field: `row ${at + i}`,
      });
    }
    out[at + i] = track;
  }
}

function scalesOf({ scales }: ParticleDescription, proposeFor: readonly (Float32Array | Float64Array)[] | undefined): FrameScales {
  const proposed =
    proposeFor &&
    proposeScales(
      proposeFor.map((axis) => finiteLimit(axis, Math.min)),
      proposeFor.map((axis) => finiteLimit(axis, Math.max)),
    );
  const axis = (name: (typeof AXES)[number], at: number): Scale => scales[name] ?? proposed?.[at] ?? unitScale('');
  return { x: axis('x', 0), y: axis('y', 1), z: axis('z', 2), i: scales.i ?? unitScale('') };
}

/** 0 where there is no finite number. */
export function finiteLimit(values: Float32Array | Float64Array, better: (a: number, b: number) => number): number {
  let limit: number | undefined;
  for (const value of values) if (Number.isFinite(value)) limit = limit === undefined ? value : better(limit, value);
  return limit ?? 0;
}

function unscaled(values: Float32Array | Float64Array, { slope, offset }: Scale): Float32Array {
  return Float32Array.from(values, (value) => (value - offset) / slope);
}
