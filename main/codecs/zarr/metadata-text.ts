import type { DType } from '../../../shared/model/dtype.ts';

/** Names of sample types in Zarr v3. */
export const ZARR_TYPES: Readonly<Record<DType, string>> = {
  b1: 'bool',
  u1: 'uint8',
  i1: 'int8',
  u2: 'uint16',
  i2: 'int16',
  u4: 'uint32',
  i4: 'int32',
  u8: 'uint64',
  i8: 'int64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  c8: 'complex64',
  c16: 'complex128',
};

export interface ZarrArraySpec {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  readonly fill: number;
  /** Names of the axes. */
  readonly names: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The zarr.json of a group (Zarr v3 core specification). */
export function groupMetadata(attributes: Readonly<Record<string, unknown>>): object {
  return { zarr_format: 3, node_type: 'group', attributes };
}

/** The zarr.json of an array: little-endian samples, gzip unless the level is 0, a file c/I/J/... per chunk. */
export function arrayMetadata({ dtype, shape, chunk, fill, names, attributes }: ZarrArraySpec, level: number): object {
  const bytes = /1$/.test(dtype) ? { name: 'bytes' } : { name: 'bytes', configuration: { endian: 'little' } };
  return {
    zarr_format: 3,
    node_type: 'array',
    shape,
    data_type: ZARR_TYPES[dtype],
    chunk_grid: { name: 'regular', configuration: { chunk_shape: chunk.map((size) => Math.max(1, size)) } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: fillValue(dtype, fill),
    codecs: level === 0 ? [bytes] : [bytes, { name: 'gzip', configuration: { level } }],
    dimension_names: names,
    attributes,
  };
}

function fillValue(dtype: DType, fill: number): unknown {
  if (dtype === 'b1') return fill !== 0;
  const value = Number.isNaN(fill) ? 'NaN' : fill;
  return dtype === 'c8' || dtype === 'c16' ? [value, value] : value;
}
