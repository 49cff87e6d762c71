import { DataError } from '../../shared/model/data-error.ts';
import type { ReadOptions } from '../../shared/model/dataset.ts';
import { sampleBytes } from '../../shared/model/dtype.ts';
import type { ByteReader } from './byte-reader.ts';
import type { BytePlace } from './cursor.ts';
import { parseNpyDictionary, type NpyFieldText, type NpyHeaderText } from './npy-header-text.ts';
import { parseSampleType, type SampleType } from './sample-type.ts';

/*
 * NumPy .npy, format description in NumPy's documentation (numpy.lib.format) and NEP 1:
 *   offset 0   6 bytes   0x93 "NUMPY"
 *   offset 6   u8, u8    version: 1.0, 2.0 or 3.0
 *   offset 8   u16 (1.0) or u32 (2.0, 3.0), little endian: bytes H of the header text
 *   then       H bytes   Python dictionary literal, latin-1 (1.0, 2.0) or UTF-8 (3.0)
 *   then       data
 */
export const NPY_MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
const VERSION_AT = 6;
const LENGTH_AT = 8;
/** Headers of plain arrays have about 100 bytes; structured types, which we do not read, make the longest. */
const MAX_HEADER_BYTES = 1024 * 1024;
/** Data begin at a multiple of this in the files that we write, as NumPy does it. */
const DATA_ALIGNMENT_BYTES = 64;

/** A field of a structured type: values of one kind at one place of every sample. */
export interface NpyField {
  readonly name: string;
  readonly type: SampleType;
  /** Bytes from the start of a sample. */
  readonly offset: number;
}

export interface NpyHeader {
  readonly version: number;
  /** The one field without name of a plain array. */
  readonly fields: readonly NpyField[];
  /** Bytes of a sample, all fields together. */
  readonly sampleBytes: number;
  /** As written in the file; of structured types the types of the fields. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  /** Slowest first in C order; [] for a single number. */
  readonly shape: readonly number[];
  /** Product of the shape. */
  readonly samples: number;
  /** Where the data begin. */
  readonly dataOffset: number;
}

export function hasNpyMagic(bytes: Uint8Array): boolean {
  return NPY_MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Where the header text lies, from the first bytes of a file. */
export interface NpyTextSpan {
  readonly version: number;
  readonly textAt: number;
  readonly length: number;
}

/** Bytes from the start of a file that `findNpyText` wants; a shorter file gives all it has. */
export const NPY_START_BYTES = 12;

/** Checks magic, version and header length against the size of the file. */
export function findNpyText(start: Uint8Array, file: { readonly path: string; readonly size: number }): NpyTextSpan {
  const { path, size } = file;
  if (start.length < LENGTH_AT + 2)
    throw new DataError('truncated', `The file has ${size} bytes, too few for an NPY header.`, { path, offset: 0 });
  if (!hasNpyMagic(start))
    throw new DataError('malformed', 'The file does not begin with the magic bytes of NPY.', { path, offset: 0, field: 'magic' });
  const [major = 0, minor = 0] = start.subarray(VERSION_AT, LENGTH_AT);
  if (major < 1 || major > 3 || minor !== 0) {
    throw new DataError('unsupported', `NPY version ${major}.${minor} is not known; 1.0, 2.0 and 3.0 are.`, {
      path,
      offset: VERSION_AT,
      field: 'version',
    });
  }
  const textAt = LENGTH_AT + (major === 1 ? 2 : 4);
  if (start.length < textAt)
    throw new DataError('truncated', `The file ends inside of its NPY header after ${size} bytes.`, { path, offset: LENGTH_AT });
  const view = new DataView(start.buffer, start.byteOffset);
  const length = major === 1 ? view.getUint16(LENGTH_AT, true) : view.getUint32(LENGTH_AT, true);
  const at = { path, offset: LENGTH_AT, field: 'header length' };
  if (textAt + length > size)
    throw new DataError(
      'truncated',
      `The header promises ${length} bytes of text, the file has ${size - textAt} after offset ${textAt}.`,
      at,
    );
  if (length > MAX_HEADER_BYTES)
    throw new DataError('malformed', `A header of ${length} bytes is not plausible; the limit is ${MAX_HEADER_BYTES}.`, at);
  return { version: major, textAt, length };
}

/** Parses the text of the header; whether the data are there is not its concern. */
export function parseNpyHeader(span: NpyTextSpan, text: Uint8Array, path: string, leastSize: 0 | 1 = 1): NpyHeader {
  const at = { path, offset: span.textAt };
  const parsed = parseNpyDictionary(new TextDecoder(span.version === 3 ? 'utf-8' : 'latin1').decode(text), at);
  return { version: span.version, dataOffset: span.textAt + span.length, ...checkArray(parsed, at, leastSize) };
}

function checkArray(
  text: NpyHeaderText,
  at: { readonly path: string; readonly offset: number },
  leastSize: 0 | 1,
): Omit<NpyHeader, 'version' | 'dataOffset'> {
  const { fields, descr, sampleBytes } = sampleLayout(text.descr, at);
  let samples = 1;
  for (const size of text.shape) {
    if (!Number.isSafeInteger(size) || size < leastSize)
      throw new DataError('malformed', `An axis of the shape (${text.shape.join(', ')}) is ${size}, not a positive number.`, {
        ...at,
        field: 'shape',
      });
    samples *= size;
  }
  if (!Number.isSafeInteger(samples))
    throw new DataError('too-large', `The shape (${text.shape.join(', ')}) has more than 2^53 samples.`, { ...at, field: 'shape' });
  return { fields, descr, sampleBytes, fortranOrder: text.fortranOrder, shape: text.shape, samples };
}

function sampleLayout(descr: string | readonly NpyFieldText[], at: BytePlace): Pick<NpyHeader, 'fields' | 'descr' | 'sampleBytes'> {
  if (typeof descr === 'string') {
    const type = fieldType(descr, at);
    return { fields: [{ name: '', type, offset: 0 }], descr, sampleBytes: sampleBytes(type.dtype) };
  }
  const fields: NpyField[] = [];
  let offset = 0;
  for (const { name, type: text } of descr) {
    if (text === undefined) {
      throw new DataError(
        'unsupported',
        `Structured types with a field that is an array or itself structured ('${name}') are not supported.`,
        { ...at, field: 'descr' },
      );
    }
    const padding = name === '' ? /^[|]V(\d{1,9})$/.exec(text) : null;
    if (padding) {
      offset += Number(padding[1]);
      continue;
    }
    const type = fieldType(text, at);
    fields.push({ name, type, offset });
    offset += sampleBytes(type.dtype);
  }
  if (fields.length === 0 || new Set(fields.map(({ name }) => name)).size < fields.length)
    throw new DataError('malformed', 'The structured type has no fields, or two of one name.', { ...at, field: 'descr' });
  return { fields, descr: `[${fields.map(({ name, type }) => `${name} ${type.dtype}`).join(', ')}]`, sampleBytes: offset };
}

function fieldType(text: string, at: BytePlace): SampleType {
  const type = parseSampleType(text);
  if (type) return type;
  const what = /^[|<>=]?O/.test(text) ? `Arrays of Python objects ('${text}') are` : `The sample type '${text}' is`;
  throw new DataError('unsupported', `${what} not supported.`, { ...at, field: 'descr' });
}

/** The header of a whole file; whether its data are there is not its concern. An axis has `leastSize` samples or more. */
export async function readNpyHeader(file: ByteReader, options: ReadOptions, leastSize: 0 | 1 = 1): Promise<NpyHeader> {
  const start = await file.read(0, Math.min(NPY_START_BYTES, file.size), options);
  const span = findNpyText(start, { path: file.name, size: file.size });
  return parseNpyHeader(span, await file.read(span.textAt, span.length, options), file.name, leastSize);
}

/** Fields of a structured type for writing, each a little-endian type text. */
export type StructuredDescr = readonly (readonly [name: string, type: string])[];

/** The bytes before the data of a C-ordered, little-endian file of version 1.0. */
export function npyHeaderBytes(descr: string | StructuredDescr, shape: readonly number[]): Uint8Array {
  const type = typeof descr === 'string' ? `'${descr}'` : `[${descr.map(([name, field]) => `('${name}', '${field}')`).join(', ')}]`;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': ${type}, 'fortran_order': False, 'shape': ${tuple}, }`;
  const textAt = LENGTH_AT + 2;
  const total = Math.ceil((textAt + text.length + 1) / DATA_ALIGNMENT_BYTES) * DATA_ALIGNMENT_BYTES;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set(NPY_MAGIC, 0);
  bytes.set([1, 0], VERSION_AT);
  new DataView(bytes.buffer).setUint16(LENGTH_AT, total - textAt, true);
  for (let i = 0; i < text.length; i++) bytes[textAt + i] = text.charCodeAt(i);
  bytes[total - 1] = 0x0a;
  return bytes;
}
