import { latin1, type Cursor } from '../../codecs/cursor.ts';
import { inflateAside, inflateBound } from '../../codecs/inflate.ts';
import { sampleBytes, viewSamples, type DType, type NumberArray } from '../../../shared/model/dtype.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { unitScale, type Scale } from '../../../shared/model/scale.ts';
import { componentSamples, type Geometry } from './geometry.ts';
import { MAX_SCALARS, SCALAR_DTYPES } from './layout.ts';
import { parseScaleText } from './scale-text.ts';
import { takePart } from './sections.ts';

/** A scalar field beside the pixels or vectors, such as an uncertainty; order of samples frame, plane, row, column. */
export interface TypedScalar {
  readonly name: string;
  readonly dtype: DType;
  readonly scale: Scale;
  /** Bytes of the samples and of what they are unpacked from. */
  readonly bytes: number;
  /**
   * Unpacked when first asked for, since many fields are never looked at; a damaged field fails alone then. Large fields that are asked for
   * together are unpacked together, each on a thread of its own.
   */
  samples(): Promise<NumberArray>;
}

/**
 * The typed scalar section: i32 count, then records of six i32 (nx, ny, nz, nf, components, format), six strings (name, scales of x, y, z,
 * frames and values) and the samples, raw or `packed`. Records that do not fit the buffer are left out with a warning; what follows a cut record is lost.
 */
export function readScalars(cursor: Cursor, geometry: Geometry, packed: boolean, warnings: Warning[]): readonly TypedScalar[] {
  const fields = new Map<string, TypedScalar>();
  const warn = (message: string): void => void warnings.push({ code: 'damaged-scalars', message, path: cursor.place.path });
  const count = cursor.i32();
  if (count < 0 || count > MAX_SCALARS) {
    warn(`The section of scalar fields promises ${count} fields; they are left out.`);
    return [];
  }
  for (let index = 0; index < count; index++) {
    const result = tryRead(() => readRecord(cursor, geometry, packed));
    if (typeof result === 'string') {
      warn(`Scalar field ${index + 1} of ${count} is damaged (${result}); it and those after it are left out.`);
      break;
    }
    if (result.problem) warn(`Scalar field '${result.name}' is left out: ${result.problem}.`);
    else if (result.field) fields.set(result.name, result.field);
  }
  return [...fields.values()];
}

interface ReadRecord {
  readonly name: string;
  readonly field?: TypedScalar;
  readonly problem?: string;
}

function tryRead(read: () => ReadRecord): ReadRecord | string {
  try {
    return read();
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
  }
}

function readRecord(cursor: Cursor, geometry: Geometry, packed: boolean): ReadRecord {
  const sizes = [cursor.i32(), cursor.i32(), cursor.i32(), cursor.i32()] as const;
  const components = cursor.i32();
  const format = cursor.i32();
  const name = readString(cursor);
  for (let skipped = 0; skipped < 4; skipped++) readString(cursor);
  const scaleText = readString(cursor);
  if (components === 0) return { name };
  const dtype = SCALAR_DTYPES.get(format);
  if (!dtype || components !== 1) throw new Error(`format ${format} with ${components} components is not known`);
  const { width, height, planes, frames } = geometry;
  if (sizes[0] !== width || sizes[1] !== height || sizes[2] !== planes || sizes[3] !== frames) {
    throw new Error(`it has ${sizes.join(' x ')} samples, the buffer ${width} x ${height} x ${planes} x ${frames}`);
  }
  const count = componentSamples(geometry);
  const length = count * sampleBytes(dtype);
  const part = packed ? takePart(cursor) : undefined;
  const stored = part ? part.bytes : cursor.take(length);
  if (part && length > inflateBound(stored.byteLength))
    return { name, problem: `${stored.byteLength} compressed bytes cannot hold its ${length} bytes` };
  const unpack = async (): Promise<NumberArray> => {
    const data = part ? await inflateAside(part.bytes, length, part.place) : stored.slice();
    return viewSamples(dtype, data.buffer, data.byteOffset, count) as NumberArray;
  };
  const scale = parseScaleText(scaleText);
  if (name === '') return { name, problem: 'its name is empty' };
  return {
    name,
    field: {
      name,
      dtype,
      scale: scale === undefined || scale === 'empty' ? unitScale('pixel') : scale,
      bytes: length + stored.byteLength,
      samples: once(unpack),
    },
  };
}

function once<T extends object>(compute: () => T): () => T {
  let known: T | undefined;
  return () => {
    known ??= compute();
    return known;
  };
}

/** i32 length, that many bytes, and one byte of padding; an empty text has none. */
function readString(cursor: Cursor): string {
  const length = cursor.i32();
  const text = latin1(cursor.take(length));
  if (length > 0) cursor.take(1);
  return text;
}
