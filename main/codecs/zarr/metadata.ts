import * as z from 'zod/mini';
import { DataError } from '../../../shared/model/data-error.ts';
import type { DType } from '../../../shared/model/dtype.ts';
import { parseSampleType } from '../sample-type.ts';
import { ZARR_TYPES } from './metadata-text.ts';

/*
 * Metadata of Zarr arrays: zarr.json of version 3, .zarray of version 2. zarrita, which reads the chunks, knows neither halves nor complex
 * numbers where the engine has no arrays of them, so that it is given other types of the same bytes.
 */

/** Metadata are texts of a few kilobytes. */
export const MAX_METADATA_BYTES = 64 << 20;
const MAX_DIMENSIONS = 32;

/** What is known of an array, and the metadata that zarrita reads. */
export interface ZarrMetadata {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Samples of a stored chunk; of a whole shard where there are shards. */
  readonly chunk: readonly number[];
  /** Names of the compressors, for people. */
  readonly compression: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly json: Readonly<Record<string, unknown>>;
  /** Complex samples are read as pairs along an axis of their own: keys of chunks have a last index that the files do not have. */
  readonly pairs: boolean;
}

const axis = z.int().check(z.nonnegative());
const edge = z.int().check(z.positive());
const shape = z.array(axis).check(z.maxLength(MAX_DIMENSIONS));
const chunk = z.array(edge).check(z.maxLength(MAX_DIMENSIONS));
const record = z.record(z.string(), z.unknown());
const codec = z.object({ name: z.string(), configuration: z.optional(record) });

const versionThree = z.looseObject({
  zarr_format: z.literal(3),
  node_type: z.literal('array'),
  shape,
  data_type: z.string(),
  chunk_grid: z.object({ name: z.literal('regular'), configuration: z.object({ chunk_shape: chunk }) }),
  codecs: z.array(codec),
  attributes: z.optional(record),
});

const versionTwo = z.looseObject({
  zarr_format: z.literal(2),
  shape,
  chunks: chunk,
  dtype: z.string(),
  order: z.enum(['C', 'F']),
  compressor: z.nullable(z.looseObject({ id: z.string() })),
  filters: z.optional(z.nullable(z.array(z.looseObject({ id: z.string() })))),
});

/** zarr.json of an array; `malformed` names the bad field, `unsupported` what is not read. */
export function parseVersionThree(json: unknown, path: string): ZarrMetadata {
  const value = checked(versionThree, json, path);
  const found = Object.entries(ZARR_TYPES).find(([, name]) => name === value.data_type);
  if (!found)
    throw new DataError('unsupported', `Samples of type ${value.data_type} in ${path} are not supported.`, { path, field: 'data_type' });
  const dtype = found[0] as DType;
  const chunkShape = value.chunk_grid.configuration.chunk_shape;
  checkRank(value.shape, chunkShape, path);
  const names = value.codecs.map(({ name }) => name);
  const pairs = isComplex(dtype);
  if (pairs && names.some((name) => name === 'transpose' || name === 'sharding_indexed')) {
    throw new DataError('unsupported', `Complex samples with the codec ${names.join(', ')} in ${path} are not supported.`, {
      path,
      field: 'codecs',
    });
  }
  const changed: Record<string, unknown> = { ...value, attributes: {} };
  if (dtype === 'f2') Object.assign(changed, { data_type: 'uint16', fill_value: halfBits(value.fill_value) });
  if (pairs) {
    Object.assign(changed, {
      data_type: dtype === 'c8' ? 'float32' : 'float64',
      fill_value: 0,
      shape: [...value.shape, 2],
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [...chunkShape, 2] } },
    });
    delete changed.dimension_names;
  }
  const compression = names.filter((name) => name !== 'bytes').join(', ');
  return { dtype, shape: value.shape, chunk: chunkShape, compression, attributes: value.attributes ?? {}, json: changed, pairs };
}

/** .zarray with the attributes of .zattrs. */
export function parseVersionTwo(json: unknown, attributes: Readonly<Record<string, unknown>>, path: string): ZarrMetadata {
  const value = checked(versionTwo, json, path);
  const type = parseSampleType(value.dtype);
  if (!type) throw new DataError('unsupported', `Samples of type ${value.dtype} in ${path} are not supported.`, { path, field: 'dtype' });
  const { dtype } = type;
  checkRank(value.shape, value.chunks, path);
  const pairs = isComplex(dtype);
  const filters = value.filters ?? [];
  if (pairs && value.order === 'F') {
    throw new DataError('unsupported', `Complex samples in Fortran order in ${path} are not supported.`, { path, field: 'order' });
  }
  const order = type.littleEndian ? '<' : '>';
  const changed: Record<string, unknown> = { ...value };
  if (dtype === 'f2') Object.assign(changed, { dtype: `${order}u2`, fill_value: halfBits(value.fill_value) });
  if (pairs)
    Object.assign(changed, {
      dtype: `${order}f${dtype === 'c8' ? 4 : 8}`,
      fill_value: 0,
      shape: [...value.shape, 2],
      chunks: [...value.chunks, 2],
    });
  const compression = [...filters.map(({ id }) => id), ...(value.compressor ? [value.compressor.id] : [])].join(', ');
  return { dtype, shape: value.shape, chunk: value.chunks, compression, attributes, json: changed, pairs };
}

function isComplex(dtype: DType): boolean {
  return dtype === 'c8' || dtype === 'c16';
}

function checkRank(shapeOf: readonly number[], chunkOf: readonly number[], path: string): void {
  if (shapeOf.length !== chunkOf.length) {
    throw new DataError('malformed', `The array ${path} has ${shapeOf.length} axes, its chunks have ${chunkOf.length}.`, {
      path,
      field: 'chunk_shape',
    });
  }
  if (!Number.isSafeInteger(shapeOf.reduce((product, size) => product * size, 1))) {
    throw new DataError('malformed', `The array ${path} has more than 2^53 samples: ${shapeOf.join(' x ')}.`, { path, field: 'shape' });
  }
}

function checked<T>(schema: z.ZodMiniType<T>, json: unknown, path: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  throw new DataError('malformed', `The metadata of ${path} are damaged at '${field}': ${issue?.message ?? 'not valid'}.`, { path, field });
}

/** 16 bits of a fill value that is a half: 0, NaN and the infinities; others are too rare for a table of their own. */
function halfBits(value: unknown): number {
  if (value === 'NaN') return 0x7e00;
  if (value === 'Infinity') return 0x7c00;
  return value === '-Infinity' ? 0xfc00 : 0;
}
