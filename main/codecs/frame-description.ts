import * as z from 'zod/mini';
import { decodeJson, encodeJson } from '../../shared/contract/json.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { DTYPES, type DType } from '../../shared/model/dtype.ts';
import type { BufferInfo } from '../../shared/model/frames.ts';

/*
 * What an output of ours says about its dataset and buffers in a text beside the numbers, so that it opens again with scales, masks,
 * units and attributes: one JSON object { "streakline": 1, "dataset"?: {...}, "buffers"?: [{...}] } whose numbers may be
 * { "$": "NaN" } and so on (shared/contract/json). The names are those of shared/model.
 */
const DESCRIPTION_VERSION = 1;
/** Attributes of ten thousand buffers have about 50 MB. */
export const MAX_DESCRIPTION_BYTES = 256 * 1024 * 1024;
const MAX_NAV_AXES = 64;
const MAX_FRAMES = 10_000;
const MAX_COMPONENTS = 10_000;

/** The dataset's own facts; what depends on the file (path, format, warnings) is the reader's. */
export type DatasetDescription = Pick<FrameDatasetInfo, 'title' | 'attributes' | 'nav' | 'firstNumber'> & {
  readonly typeId?: string;
  /** Buffers without data, as in FrameDatasetInfo; absent where there are none. */
  readonly missing?: FrameDatasetInfo['missing'];
  /** Tables that can be made of times and attributes of the buffers; absent where there are none. */
  readonly tables?: readonly KeptTable[];
};

/** Tables that need no place of their own: they are made of what the buffers say. */
const KEPT_TABLES = ['devices', 'times'] as const;
export type KeptTable = (typeof KEPT_TABLES)[number];

export function isKeptTable(name: string): name is KeptTable {
  return KEPT_TABLES.some((kept) => kept === name);
}

/** A buffer without its place in the dataset. */
export type BufferDescription = Omit<BufferInfo, 'index'>;

export interface Description {
  readonly dataset?: DatasetDescription;
  readonly buffers?: readonly BufferDescription[];
}

export function describeDataset(info: FrameDatasetInfo): DatasetDescription {
  const { title, attributes, nav, firstNumber, typeId, missing } = info;
  const tables = [...new Set(info.tables.map(({ name }) => name))].filter(isKeptTable);
  return {
    ...{ title, attributes, nav, firstNumber },
    ...(typeId === undefined ? {} : { typeId }),
    ...(missing.length > 0 ? { missing } : {}),
    ...(tables.length > 0 ? { tables } : {}),
  };
}

export function describeBuffer(info: BufferInfo): BufferDescription {
  const { state, name, time, frames, attributes } = info;
  return { state, name, ...(time ? { time } : {}), frames, attributes };
}

/** The JSON text of a description; ASCII only where asked, for formats whose texts hold nothing else. */
export function descriptionText(description: Description, characters: 'unicode' | 'ascii' = 'unicode'): string {
  const text = encodeJson({ streakline: DESCRIPTION_VERSION, ...description });
  return characters === 'unicode' ? text : escapeToAscii(text);
}

/** Code units beyond ASCII as \uXXXX, which in JSON only ever stand inside of texts. */
function escapeToAscii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const text = z.string();
/** NaN and the infinities are numbers here. */
const number = z.custom<number>((value) => typeof value === 'number', 'expected number');
const scale = z.object({ slope: number, offset: number, unit: text, description: text });
const dtype = z.enum(DTYPES as readonly [DType, ...DType[]]);
const count = z.int().check(z.positive());
const size = z.int().check(z.nonnegative());

const attributes = z.record(text, z.union([text, number, z.boolean(), z.object({ dtype, shape: z.array(size), values: z.array(number) })]));

const datasetSchema = z.object({
  title: text,
  attributes,
  nav: z
    .array(z.object({ name: text, size, scale, values: z.exactOptional(z.array(number)) }))
    .check(z.minLength(1), z.maxLength(MAX_NAV_AXES)),
  firstNumber: z.literal([0, 1]),
  typeId: z.exactOptional(text),
  missing: z.exactOptional(z.array(z.tuple([size, size]))),
  tables: z.exactOptional(z.array(z.enum(KEPT_TABLES))),
});

const component = z.object({
  name: text,
  role: z.enum(['intensity', 'velocity', 'choice', 'enabled', 'mask', 'label', 'scalar', 'reference']),
  dtype,
  planes: count,
  scale,
  stored: z.boolean(),
});

const frame = z.object({
  kind: z.enum(['image', 'vector']),
  shape: z.tuple([count, count]),
  planes: count,
  grid: z.tuple([number, number, number]),
  scales: z.object({ x: scale, y: scale, z: scale, i: scale }),
  choices: size,
  dimensions: z.literal([0, 2, 3]),
  components: z.array(component).check(z.maxLength(MAX_COMPONENTS)),
  attributes,
});

const bufferSchema = z.object({
  state: z.enum(['present', 'blank', 'missing']),
  name: text,
  time: z.exactOptional(z.object({ seconds: number, source: text })),
  frames: z.array(frame).check(z.maxLength(MAX_FRAMES)),
  attributes,
});

const schema = z.object({
  streakline: z.literal(DESCRIPTION_VERSION),
  dataset: z.exactOptional(datasetSchema),
  buffers: z.exactOptional(z.array(bufferSchema)),
});

export interface DescriptionPlace {
  readonly path: string;
  readonly offset?: number;
}

/** The description in a JSON text of ours; undefined where the text is another program's. `malformed` names the bad field. */
export function parseDescription(json: string, place: DescriptionPlace): Description | undefined {
  const value = parseDescriptionJson(json, place);
  return isDescription(value) ? checkDescription(value, place) : undefined;
}

/** True for the JSON object of a description, valid or not. */
export function isDescription(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'streakline' in value;
}

/** A parsed JSON object as a description: for formats that hold JSON itself. `unsupported` for a later version. */
export function checkDescription(value: object, place: DescriptionPlace): Description {
  if ('streakline' in value && typeof value.streakline === 'number' && value.streakline > DESCRIPTION_VERSION) {
    const message = `The description has version ${value.streakline}; this program knows ${DESCRIPTION_VERSION}.`;
    throw new DataError('unsupported', message, { ...place, field: 'streakline', hint: 'Open the file with a newer version.' });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw badField(parsed.error.issues[0], place);
  for (const buffer of parsed.data.buffers ?? []) checkPlanes(buffer, place);
  const { dataset, buffers } = parsed.data;
  return { ...(dataset ? { dataset } : {}), ...(buffers ? { buffers } : {}) };
}

function parseDescriptionJson(json: string, place: DescriptionPlace): unknown {
  if (!json.trimStart().startsWith('{')) return undefined;
  try {
    return decodeJson(json);
  } catch (error) {
    if (!/^\s*\{\s*"streakline"/.test(json)) return undefined;
    throw new DataError('malformed', 'The description of the data is no JSON.', { ...place, field: 'description', cause: error });
  }
}

function badField(issue: z.core.$ZodIssue | undefined, place: DescriptionPlace): DataError {
  const field = issue?.path.map(String).join('.') ?? '';
  return new DataError('malformed', `The description of the data is damaged at '${field}': ${issue?.message ?? 'not valid'}.`, {
    ...place,
    field,
  });
}

/** Components have the planes of their frame, names are there once, and a plane can be addressed. */
function checkPlanes(buffer: BufferDescription, place: DescriptionPlace): void {
  for (const [index, { shape, planes, components }] of buffer.frames.entries()) {
    const wrong = components.find((one) => one.planes !== planes);
    const names = new Set(components.map(({ name }) => name));
    const field = `frames.${index}.components`;
    if (wrong) throw damaged(`${wrong.name} has ${wrong.planes} planes, its frame ${planes}`, field, place);
    if (names.size < components.length) throw damaged('a component stands twice', field, place);
    if (!Number.isSafeInteger(shape[0] * shape[1] * planes * 16)) throw damaged(`${planes} planes of ${shape.join(' x ')}`, field, place);
  }
}

function damaged(what: string, field: string, place: DescriptionPlace): DataError {
  return new DataError('malformed', `The description of the data is damaged: ${what}.`, { ...place, field });
}
