import { decodeJson, encodeJson } from '../../shared/contract/json.ts';
import { isAttributeArray, type Attributes, type AttributeValue } from '../../shared/model/attributes.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import type { ParticleTimes } from '../../shared/model/particles.ts';
import type { FrameScales, Scale } from '../../shared/model/scale.ts';

/*
 * What a table of particles does not say by its columns: one JSON object, written by a user beside the table or by us into our outputs.
 *   times          seconds, a number a step, or 2 or 4 numbers a step
 *   scales         { x, y, z, i: { slope, offset, unit, description } }
 *   scalar_scales  the same by the name of the scalar
 *   attributes     texts and arrays; step_attributes: a list of such objects, one a step
 *   bounds         [[x, y, z], [x, y, z]], in the numbers of a set (voxels)
 *   coordinates    what the values of the table are: 'stored', or 'scaled' in the units of the scales
 *   title, start_time (added to the times), first_number (of the first step, as shown)
 * and in our outputs also
 *   streakline: 1, kind: 'particles', columns: { column of the table: name of the scalar }
 * and in those of a file a step
 *   counts (of the particles, a number a pulse), tracks (how many there are)
 * docs/formats/particle-tables.md has examples.
 */
const VERSION = 1;
export const PARTICLE_DESCRIPTION_KIND = 'particles';
/** Name under which formats with named texts carry the description. */
export const PARTICLE_DESCRIPTION_KEY = 'streakline';
/** Attributes of a hundred thousand steps have about 50 MB. */
export const MAX_PARTICLE_DESCRIPTION_BYTES = 64 * 1024 * 1024;

export interface ParticleDescription {
  /** True where we wrote it, together with the table. */
  readonly isOwn: boolean;
  readonly title?: string;
  readonly pulses: number;
  /** [step, pulse], as given. */
  readonly times: ParticleTimes;
  readonly startTime: number;
  readonly firstNumber: 0 | 1;
  readonly coordinates: 'stored' | 'scaled';
  readonly scales: Partial<FrameScales>;
  readonly scalarScales: ReadonlyMap<string, Scale>;
  /** Names of scalars whose columns are called otherwise. */
  readonly scalarNames: ReadonlyMap<string, string>;
  readonly attributes: Attributes;
  readonly stepAttributes: readonly Attributes[];
  readonly bounds?: readonly number[];
  /** Particles of every pulse, [step, pulse]. */
  readonly counts?: Uint32Array;
  /** Number of tracks. */
  readonly tracks?: number;
}

export interface DescribedColumns {
  /** Names of the scalars' columns, in their order. */
  readonly columns: readonly string[];
  readonly coordinates: 'stored' | 'scaled';
  readonly stepAttributes: readonly Attributes[];
  /** Where only opening all files of a set would tell them. */
  readonly counts?: Uint32Array | undefined;
}

/** The description that goes into an output; ASCII only where asked, for formats whose texts hold nothing else. */
export function particleDescriptionText(info: ParticleDatasetInfo, times: ParticleTimes, o: DescribedColumns): string {
  const { pulses, scales, scalars, attributes, bounds, title, startTime, firstNumber } = info;
  const seconds = [...times];
  const description = {
    streakline: VERSION,
    kind: PARTICLE_DESCRIPTION_KIND,
    title,
    times: pulses === 1 ? seconds : Array.from({ length: info.steps }, (_, step) => seconds.slice(step * pulses, (step + 1) * pulses)),
    ...(pulses === 1 && startTime !== 0 ? { start_time: startTime } : {}),
    first_number: firstNumber,
    coordinates: o.coordinates,
    scales,
    scalar_scales: Object.fromEntries(scalars.map(({ scale }, k) => [o.columns[k] ?? '', scale])),
    columns: Object.fromEntries(scalars.map(({ name }, k) => [o.columns[k] ?? '', name])),
    attributes: plainAttributes(attributes),
    ...(o.stepAttributes.some((one) => Object.keys(one).length > 0) ? { step_attributes: o.stepAttributes.map(plainAttributes) } : {}),
    bounds: [bounds.slice(0, 3), bounds.slice(3)],
    ...(o.counts ? { counts: [...o.counts], tracks: info.tracks } : {}),
  };
  return encodeJson(description).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const KEYS: readonly string[] = [
  'times',
  'scales',
  'scalar_scales',
  'attributes',
  'step_attributes',
  'bounds',
  'coordinates',
  'title',
  'start_time',
  'first_number',
  'streakline',
  'kind',
  'columns',
  'counts',
  'tracks',
];

/** Reads a description; every error says which key is wrong and why. */
export function parseParticleDescription(text: string, path: string): ParticleDescription {
  let value: unknown;
  try {
    value = decodeJson(text);
  } catch (error) {
    throw new DataError(
      'malformed',
      `The description of the particles is no JSON: ${error instanceof Error ? error.message : String(error)}.`,
      { path, cause: error },
    );
  }
  const { wrong, record, number, text: textOf } = checks(path);
  const given = record(value, 'description');
  const unknown = Object.keys(given).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    throw wrong(unknown, `The description has the unknown key '${unknown}'; known are ${KEYS.slice(0, 10).join(', ')}.`);
  const { pulses, times } = parseTimes(given['times'], path);
  const isOwn = given['streakline'] === VERSION && given['kind'] === PARTICLE_DESCRIPTION_KIND;
  const { coordinates = 'stored', first_number: firstNumber = 0, step_attributes: perStep = [] } = given;
  // A set may have such a scale; what is stored is known all the same.
  const mayBeZero = isOwn && coordinates === 'stored';
  const scaleOf = (key: string, item: unknown): Scale => parseScale(item, key, path, mayBeZero);
  const scales = Object.entries(record(given['scales'] ?? {}, 'scales')).map(([axis, item]) => {
    if (!['x', 'y', 'z', 'i'].includes(axis)) throw wrong('scales', `'scales' has '${axis}'; there are x, y, z and i.`);
    return [axis, scaleOf(`scales.${axis}`, item)] as const;
  });
  const scalarScales = Object.entries(record(given['scalar_scales'] ?? {}, 'scalar_scales')).map(
    ([name, item]) => [name, scaleOf(`scalar_scales.${name}`, item)] as const,
  );
  if (coordinates !== 'stored' && coordinates !== 'scaled')
    throw wrong('coordinates', `'coordinates' must be 'stored' or 'scaled', got ${shown(coordinates)}.`);
  if (firstNumber !== 0 && firstNumber !== 1) throw wrong('first_number', `'first_number' must be 0 or 1, got ${shown(firstNumber)}.`);
  if (!Array.isArray(perStep) || perStep.length * pulses > times.length) {
    throw wrong('step_attributes', `'step_attributes' must be a list of at most ${times.length / pulses} objects, one a step.`);
  }
  const bounds = given['bounds'] === undefined ? undefined : parseBounds(given['bounds'], path);
  return {
    isOwn,
    ...(given['title'] === undefined ? {} : { title: textOf(given['title'], 'title') }),
    pulses,
    times,
    startTime: number(given['start_time'] ?? 0, 'start_time'),
    firstNumber,
    coordinates,
    scales: Object.fromEntries(scales),
    scalarScales: new Map(scalarScales),
    scalarNames: new Map(
      Object.entries(record(given['columns'] ?? {}, 'columns')).map(([column, name]) => [column, textOf(name, 'columns')]),
    ),
    attributes: parseAttributes(given['attributes'] ?? {}, 'attributes', path),
    stepAttributes: perStep.map((one, step) => parseAttributes(one, `step_attributes[${step}]`, path)),
    ...(bounds ? { bounds } : {}),
    ...(given['counts'] === undefined ? {} : { counts: parseCounts(given['counts'], times.length, path) }),
    ...(given['tracks'] === undefined ? {} : { tracks: wholeNumber(given['tracks'], 'tracks', path) }),
  };
}

function parseCounts(value: unknown, snapshots: number, path: string): Uint32Array {
  if (Array.isArray(value) && value.length === snapshots) return Uint32Array.from(value, (count) => wholeNumber(count, 'counts', path));
  throw checks(path).wrong('counts', `'counts' must be a list of ${snapshots} numbers, one a time.`);
}

function wholeNumber(value: unknown, field: string, path: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value;
  throw checks(path).wrong(field, `'${field}' must hold whole numbers from 0 on, got ${shown(value)}.`);
}

interface Checks {
  wrong(field: string, message: string): DataError;
  record(value: unknown, field: string): Readonly<Record<string, unknown>>;
  number(value: unknown, field: string): number;
  text(value: unknown, field: string): string;
}

function checks(path: string): Checks {
  const wrong = (field: string, message: string): DataError => new DataError('malformed', message, { path, field });
  return {
    wrong,
    record: (value, field) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw wrong(field, `'${field}' must be an object, got ${shown(value)}.`);
      return value as Readonly<Record<string, unknown>>;
    },
    number: (value, field) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(field, `'${field}' must be a number, got ${shown(value)}.`);
      return value;
    },
    text: (value, field) => {
      if (typeof value !== 'string') throw wrong(field, `'${field}' must be a text, got ${shown(value)}.`);
      return value;
    },
  };
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** Instants that a step may have. */
const PULSES: readonly number[] = [1, 2, 4];
/** Beyond this whole seconds do not fit a set. */
const MAX_SECONDS = 2 ** 53;

function parseTimes(value: unknown, path: string): Pick<ParticleDescription, 'pulses' | 'times'> {
  const { wrong } = checks(path);
  if (!Array.isArray(value))
    throw wrong(
      'times',
      value === undefined
        ? "The description has no 'times': a number of seconds a step, or 2 or 4 of them."
        : `'times' must be a list, got ${shown(value)}.`,
    );
  if (value.length === 0) throw wrong('times', "'times' must not be empty.");
  const pulses = Array.isArray(value[0]) ? value[0].length : 1;
  if (!PULSES.includes(pulses) || (pulses === 1 && Array.isArray(value[0])))
    throw wrong('times', `'times' must have 2 or 4 pulses a step where it has several, has ${pulses}.`);
  const times = new Float64Array(value.length * pulses);
  for (const [step, item] of value.entries()) {
    const row: readonly unknown[] = Array.isArray(item) ? item : [item];
    if (row.length !== pulses || Array.isArray(item) !== pulses > 1)
      throw wrong('times', `Step ${step} of 'times' has ${row.length} times, step 0 has ${pulses}.`);
    for (const [pulse, time] of row.entries()) {
      if (typeof time !== 'number' || !(Math.abs(time) < MAX_SECONDS))
        throw wrong('times', `Step ${step} of 'times' must hold numbers of seconds, got ${shown(time)}.`);
      times[step * pulses + pulse] = time;
    }
  }
  return { pulses, times };
}

function parseScale(value: unknown, field: string, path: string, mayBeZero: boolean): Scale {
  const { record, number, text, wrong } = checks(path);
  const { slope, offset = 0, unit = '', description = '', ...others } = record(value, field);
  const other = Object.keys(others)[0];
  if (other !== undefined) throw wrong(field, `'${field}' has the unknown key '${other}'; known are slope, offset, unit, description.`);
  const factor = number(slope, `${field}.slope`);
  if (factor === 0 && !mayBeZero) throw wrong(field, `'${field}' has the slope 0, by which no value can be stored.`);
  return {
    slope: factor,
    offset: number(offset, `${field}.offset`),
    unit: text(unit, `${field}.unit`),
    description: text(description, `${field}.description`),
  };
}

function parseBounds(value: unknown, path: string): readonly number[] {
  const flat = Array.isArray(value) ? value.flat() : [];
  if (flat.length === 6 && flat.every((item): item is number => typeof item === 'number')) return flat;
  throw checks(path).wrong('bounds', `'bounds' must be [[x, y, z], [x, y, z]], the lowest and the highest, got ${shown(value)}.`);
}

const ARRAY_TYPES: readonly string[] = ['u2', 'i4', 'f4', 'f8'];

/** Attributes of a set are texts and arrays of one row; a list of numbers stands for an f8 array. */
function parseAttributes(value: unknown, field: string, path: string): Attributes {
  const { record } = checks(path);
  return Object.fromEntries(Object.entries(record(value, field)).map(([name, item]) => [name, parseAttribute(name, item, field, path)]));
}

function parseAttribute(name: string, item: unknown, field: string, path: string): AttributeValue {
  const { wrong } = checks(path);
  if (name === '') throw wrong(field, `'${field}' has an attribute with an empty name.`);
  if (typeof item === 'string') return item;
  if (Array.isArray(item)) {
    if (item.every((value): value is number => typeof value === 'number')) return { dtype: 'f8', shape: [1, item.length], values: item };
    throw wrong(field, `Attribute '${name}' must be a list of numbers of one row, got ${shown(item)}.`);
  }
  if (typeof item !== 'object' || item === null) throw wrong(field, `Attribute '${name}' must be a text or an array, got ${shown(item)}.`);
  const { dtype, shape, values } = item as Readonly<Record<string, unknown>>;
  if (typeof dtype !== 'string' || !ARRAY_TYPES.includes(dtype))
    throw wrong(field, `Attribute '${name}' has the type ${shown(dtype)}; arrays are of ${ARRAY_TYPES.join(', ')}.`);
  if (!Array.isArray(values) || !values.every((one): one is number => typeof one === 'number'))
    throw wrong(field, `Attribute '${name}' must have its numbers in 'values'.`);
  const wanted = [1, values.length];
  if (!Array.isArray(shape) || shape.join() !== wanted.join())
    throw wrong(field, `Attribute '${name}' has the shape ${shown(shape)}; arrays of particle sets have one row, [${wanted.join(', ')}].`);
  const foreign = values.find((one) => !FITS[dtype]?.(one));
  if (foreign !== undefined)
    throw wrong(field, `Attribute '${name}' has the number ${shown(foreign)}, which is none of its type ${dtype} (${RANGES[dtype]}).`);
  return { dtype: dtype as 'f8', shape: wanted, values };
}

/** What each type can hold; numbers with more digits than f4 has are rounded. */
const FITS: Readonly<Record<string, (value: number) => boolean>> = {
  u2: (value) => Number.isInteger(value) && value >= 0 && value <= 0xffff,
  i4: (value) => value === (value | 0),
  f4: (value) => !Number.isFinite(value) || Number.isFinite(Math.fround(value)),
  f8: () => true,
};
const RANGES: Readonly<Record<string, string>> = {
  u2: 'whole numbers from 0 to 65535',
  i4: 'whole numbers from -2147483648 to 2147483647',
  f4: 'numbers up to 3.4e38',
};

/** Attributes as a description may hold them: numbers and flags as texts, arrays of one row. */
function plainAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => name !== '')
      .map(([name, value]): readonly [string, AttributeValue] => {
        if (!isAttributeArray(value)) return [name, String(value)];
        const { dtype, values } = value;
        return [name, { dtype: ARRAY_TYPES.includes(dtype) ? dtype : 'f8', shape: [1, values.length], values }];
      }),
  );
}
