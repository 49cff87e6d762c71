import type { Metadata } from 'h5wasm/node';
import type { Attributes, AttributeArray, AttributeValue } from '../../../shared/model/attributes.ts';
import { halfToNumber, type DType } from '../../../shared/model/dtype.ts';
import type { Hdf5Library } from './library.ts';
import { isText, sampleKind } from './stored-type.ts';

const MAX_ATTRIBUTES = 5000;
/** Larger ones are named with their size only. */
const MAX_VALUES = 4096;
const MAX_BYTES = 1 << 20;

/** The attributes of a group or data set. One that cannot be read or shown says so in its value; the others stay. */
export function readAttributes(library: Hdf5Library, file: bigint, path: string): Attributes {
  const names = library.calls.get_attribute_names(file, path).slice(0, MAX_ATTRIBUTES);
  return Object.fromEntries(names.map((name) => [name, readAttribute(library, file, path, name)]));
}

function readAttribute(library: Hdf5Library, file: bigint, path: string, name: string): AttributeValue {
  try {
    const metadata = library.calls.get_attribute_metadata(file, path, name);
    if (!metadata.shape) return '';
    const count = metadata.shape.reduce((product, size) => product * size, 1);
    if (count > MAX_VALUES || count * metadata.size > MAX_BYTES) return `(${metadata.shape.join(' x ')} values)`;
    const value = new library.Group(file, path).get_attribute(name, false);
    return shownValue(value, metadata);
  } catch {
    return '(unreadable)';
  }
}

function shownValue(value: unknown, metadata: Metadata): AttributeValue {
  if (isText(metadata)) return Array.isArray(value) ? JSON.stringify(value) : String(value ?? '');
  const kind = sampleKind(metadata);
  if (typeof kind === 'string' || kind.dtype === 'c8' || kind.dtype === 'c16') return JSON.stringify(value, plainJson) ?? '';
  const shape = metadata.shape ?? [];
  if (shape.length === 0) return kind.dtype === 'b1' ? Number(value) !== 0 : plainNumber(value, kind.dtype);
  const values = Array.from(value as ArrayLike<unknown>, (item) => plainNumber(item, kind.dtype));
  return { dtype: kind.dtype, shape, values } satisfies AttributeArray;
}

function plainNumber(value: unknown, dtype: DType): number {
  return dtype === 'f2' ? halfToNumber(Number(value)) : Number(value);
}

function plainJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return ArrayBuffer.isView(value) ? Array.from(value as Uint8Array, Number) : value;
}
