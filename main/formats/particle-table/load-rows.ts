import { DataError } from '../../../shared/model/data-error.ts';
import type { ParticleDatasetInfo, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { unitScale, type FrameScales, type Scale } from '../../../shared/model/scale.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';
import { ROW_COLUMNS } from '../../codecs/particle-layout.ts';
import { growing, type Growing } from './growing.ts';
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
  const rows = emptyRows(table, description, coordinates === 'scaled');
  const { places, scalars } = rows.columns;
  const names = [...AXES, 'intensity', ...places, ...scalars];
  await table.read(names, (pieces) => appendRows(rows, new Map(names.map((name, i) => [name, pieces[i] as ColumnPiece]))), options);
  return finishRows(rows);
}

/** Rows on their way into memory. */
interface GrowingRows {
  readonly table: RowTable;
  readonly description: ParticleDescription;
  readonly columns: Columns;
  readonly isScaled: boolean;
  /** Positions wait in 8 bytes for scales that all of them decide on. */
  readonly isProposed: boolean;
  readonly bytesOfRow: number;
  readonly axes: readonly Growing<Float32Array | Float64Array>[];
  readonly intensity: Growing<Float32Array>;
  readonly snapshot: Growing<Uint32Array>;
  readonly track: Growing<Float64Array>;
  readonly scalars: readonly Growing<Float32Array>[];
  count: number;
}

function emptyRows(table: RowTable, description: ParticleDescription, isScaled: boolean): GrowingRows {
  const columns = columnsOf(table, description);
  const isProposed = isScaled && AXES.some((axis) => !description.scales[axis]);
  const hasTrack = columns.places.includes('track');
  const bytesOfRow = (isProposed ? 24 : 12) + 4 + 4 * columns.scalars.length + 4 + (hasTrack ? 8 : 0);
  const expected = table.rows ?? 1024;
  checkSize(table, expected, bytesOfRow);
  return {
    table,
    description,
    columns,
    isScaled,
    isProposed,
    bytesOfRow,
    axes: AXES.map(() => (isProposed ? f8(expected) : f4(expected))),
    intensity: f4(expected),
    snapshot: growing((length) => new Uint32Array(length), expected),
    track: f8(hasTrack ? expected : 0),
    scalars: columns.scalars.map(() => f4(expected)),
    count: 0,
  };
}

/** Checks some rows and puts them behind the others. */
function appendRows(rows: GrowingRows, pieces: ReadonlyMap<string, ColumnPiece>): void {
  const { table, description, columns, isScaled, isProposed, count } = rows;
  const { path } = table;
  const piece = (name: string): ColumnPiece => pieces.get(name) as ColumnPiece;
  const more = piece('x').length;
  const total = count + more;
  checkSize(table, total, rows.bytesOfRow);
  const check: RowCheck = { path, needsFinite: description.bounds === undefined };
  for (const [at, name] of AXES.entries()) {
    const scale = isScaled && !isProposed ? description.scales[name] : undefined;
    addValues(rows.axes[at]?.room(total) as Float32Array, count, piece(name), { ...check, name, scale, isPosition: true });
  }
  const scale = isScaled ? description.scales.i : undefined;
  addValues(rows.intensity.room(total), count, piece('intensity'), { ...check, name: 'intensity', scale });
  addPlaces(rows.snapshot.room(total), count, { step: pieces.get('step'), pulse: pieces.get('pulse'), rows: more }, description, path);
  const track = pieces.get('track');
  if (track) addTracks(rows.track.room(total), count, track, path);
  for (const [k, name] of columns.scalars.entries()) {
    // Units of scalars are only undone where we did them.
    const own = isScaled && description.isOwn ? description.scalarScales.get(name) : undefined;
    addValues(rows.scalars[k]?.room(total) as Float32Array, count, piece(name), { ...check, name, scale: own });
  }
  rows.count = total;
}

function finishRows({ table, description, columns, isProposed, count, ...rows }: GrowingRows): LoadedRows {
  const given = rows.axes.map((axis) => axis.done(count));
  const scales = scalesOf(description, isProposed ? given : undefined);
  const stored = (at: number): Float32Array => {
    const values = given[at] as Float32Array | Float64Array;
    return values instanceof Float32Array ? values : unscaled(values, scales[AXES[at] as 'x']);
  };
  const { x, y, z } = scales;
  const message = `There are no scales for the coordinates; x = ${scaleText(x)}, y = ${scaleText(y)}, z = ${scaleText(z)} were chosen.`;
  return {
    count,
    axes: [stored(0), stored(1), stored(2)],
    intensity: rows.intensity.done(count),
    scalars: rows.scalars.map((values) => values.done(count)),
    snapshot: rows.snapshot.done(count),
    track: columns.places.includes('track') ? rows.track.done(count) : undefined,
    scales,
    scalarInfo: columns.scalars.map((column) => ({
      name: description.scalarNames.get(column) ?? column,
      scale: description.scalarScales.get(column) ?? unitScale(''),
    })),
    warnings: [
      ...(isProposed ? [{ code: 'proposed-scales', message, path: table.path }] : []),
      ...(table.warnings ?? []),
      ...passedOver(table),
    ],
  };
}

/** Names of what holds no numbers. */
export function passedOver({ passedOver: names = [], path }: Pick<RowTable, 'passedOver' | 'path'>): readonly Warning[] {
  if (names.length === 0) return [];
  const [what, are] = names.length === 1 ? ['Column', 'is'] : ['Columns', 'are'];
  return [
    {
      code: 'passed-over',
      message: `${what} ${names.map((name) => `'${name}'`).join(', ')} ${are} left out: particles have numbers only.`,
      path,
    },
  ];
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
  /** Those of track, step and pulse that the table has. */
  readonly places: readonly string[];
  readonly scalars: readonly string[];
}

/** What a table must have, and what it may not lack. */
function columnsOf({ columns, path }: RowTable, { isOwn, pulses, times, scalarNames, scalarScales }: ParticleDescription): Columns {
  const wrong = (field: string, message: string): DataError =>
    new DataError('malformed', message, { path, field, hint: `Columns: ${columns.join(', ') || 'none'}.` });
  if (columns.length > 0 && columns.every((name) => name !== '' && Number.isFinite(Number(name))))
    throw wrong('columns', 'The table has no heading: its first line holds numbers.');
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
  return { places: ['track', 'step', 'pulse'].filter(has), scalars };
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
      throw new DataError('malformed', `Row ${at + i} ${belongs('step', step)}; there are times for ${steps} steps, 0 to ${steps - 1}.`, {
        path,
        field: `row ${at + i}`,
      });
    }
    if (!(Number.isInteger(pulse) && pulse >= 0 && pulse < pulses)) {
      throw new DataError(
        'malformed',
        `Row ${at + i} ${belongs('pulse', pulse)}; a step has ${pulses} time${pulses === 1 ? '' : 's'}, 0 to ${pulses - 1}.`,
        { path, field: `row ${at + i}` },
      );
    }
    out[at + i] = step * pulses + pulse;
  }
}

/** Cells may be empty. */
function belongs(what: string, value: number): string {
  return Number.isNaN(value) ? `has no number of its ${what}` : `is of ${what} ${value}`;
}

function addTracks(out: Float64Array, at: number, piece: ColumnPiece, path: string): void {
  for (let i = 0; i < piece.length; i++) {
    const given = numberAt(piece, i);
    const track = given === NO_TRACK_NUMBER ? -1 : given;
    if (!(Number.isSafeInteger(track) && track >= -1)) {
      throw new DataError('malformed', `Row ${at + i} ${belongs('track', given)}; tracks are whole numbers from 0 on, -1 is none.`, {
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
