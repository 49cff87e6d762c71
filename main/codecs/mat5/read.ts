import { DataError } from '../../../shared/model/data-error.ts';
import type { DType } from '../../../shared/model/dtype.ts';
import { sampleBytes } from '../../../shared/model/dtype.ts';
import { inflate } from '../inflate.ts';
import { inflateStart } from '../inflate-start.ts';
import { FLAG, HEADER_BYTES, MAX_ELEMENT_BYTES, MI, MI_TYPES, MX, MX_TYPES, VERSION_5, VERSION_73, VERSION_AT } from './types.ts';

/** Bytes of a file or of an inflated variable. */
export interface MatBytes {
  readonly name: string;
  readonly size: number;
  readonly littleEndian: boolean;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Where numbers lie, and as what. */
export interface MatPart {
  readonly dtype: DType;
  readonly at: number;
  readonly samples: number;
}

/** A variable, or a field of a single struct ('s.field'). */
export interface MatVariable {
  readonly name: string;
  readonly mxClass: number;
  readonly dims: readonly number[];
  /** Type of the numbers; absent for what is no array of numbers. */
  readonly dtype?: DType;
  readonly real?: MatPart;
  readonly imaginary?: MatPart;
  /** The bytes that the parts refer to. */
  source(): Promise<MatBytes>;
}

interface Element {
  readonly type: number;
  readonly bytes: number;
  /** Where the data begin, and where the next element does. */
  readonly at: number;
  readonly end: number;
}

const MAX_VARIABLES = 10_000;
const MAX_DIMENSIONS = 32;
const MAX_NAME_BYTES = 4096;
const MAX_DEPTH = 8;
/** Enough of a compressed variable for its head. */
const PEEK_BYTES = 16384;
const PEEK_INPUT_BYTES = 65536;
/** Larger compressed structs are not looked into. */
const MAX_STRUCT_BYTES = 64 << 20;

/** Byte order of a file by its header; `unknown-format` where it is none, `unsupported` for other versions. */
export function parseMatHeader(header: Uint8Array, name: string): { readonly littleEndian: boolean } {
  const order = String.fromCharCode(header[126] ?? 0, header[127] ?? 0);
  const place = { path: name, offset: VERSION_AT };
  if (header.length < HEADER_BYTES || (order !== 'IM' && order !== 'MI'))
    throw new DataError('unknown-format', `${name} is no MAT-file of version 5.`, place);
  const littleEndian = order === 'IM';
  const version = new DataView(header.buffer, header.byteOffset).getUint16(VERSION_AT, littleEndian);
  if (version === VERSION_5) return { littleEndian };
  const hint = version === VERSION_73 ? 'Version 7.3 is HDF5: open it with the format hdf5.' : undefined;
  throw new DataError('unsupported', `${name} is a MAT-file of version 0x${version.toString(16)}; version 5 is read.`, { ...place, hint });
}

/** All variables with their heads; no samples are read, of compressed variables the beginning only. */
export async function listVariables(file: MatBytes): Promise<readonly MatVariable[]> {
  const variables: MatVariable[] = [];
  for (let at = HEADER_BYTES; at < file.size; ) {
    const element = await readElement(file, at, file.size);
    if (element.type === MI.matrix) await addMatrix(file, element, '', variables, 0);
    else if (element.type === MI.compressed) await addCompressed(file, element, variables);
    if (variables.length > MAX_VARIABLES) throw damaged(file, at, `there are more than ${MAX_VARIABLES} variables`);
    at = element.end;
  }
  return variables;
}

async function readElement(source: MatBytes, at: number, limit: number): Promise<Element> {
  if (at + 8 > limit) throw damaged(source, at, 'an element ends within its tag', 'truncated');
  const tag = await source.read(at, 8);
  const view = new DataView(tag.buffer, tag.byteOffset, 8);
  const first = view.getUint32(0, source.littleEndian);
  if (first >>> 16) {
    const bytes = first >>> 16;
    if (bytes > 4) throw damaged(source, at, `a short element has ${bytes} bytes instead of at most 4`);
    return { type: first & 0xffff, bytes, at: at + 4, end: at + 8 };
  }
  const bytes = view.getUint32(4, source.littleEndian);
  if (at + 8 + bytes > limit) throw damaged(source, at, `an element has ${bytes} bytes, ${limit - at - 8} are left`, 'truncated');
  const end = at + 8 + (first === MI.compressed ? bytes : 8 * Math.ceil(bytes / 8));
  return { type: first, bytes, at: at + 8, end: Math.max(end, at + 8) };
}

/** Head of a matrix: flags, dimensions, name, then the parts or fields. `limit` is where its data end, even if they are not there yet. */
async function addMatrix(
  source: MatBytes,
  matrix: Element,
  prefix: string,
  variables: MatVariable[],
  depth: number,
  open = async () => source,
): Promise<void> {
  const limit = matrix.at + matrix.bytes;
  if (matrix.bytes === 0) return;
  const flags = await readElement(source, matrix.at, limit);
  const dimensions = await readElement(source, flags.end, limit);
  const name = await readElement(source, dimensions.end, limit);
  if (flags.type !== MI.uint32 || flags.bytes !== 8 || dimensions.type !== MI.int32)
    throw damaged(source, matrix.at, 'an array does not begin with flags and dimensions');
  if (dimensions.bytes % 4 !== 0 || dimensions.bytes > 4 * MAX_DIMENSIONS)
    throw damaged(source, dimensions.at, `an array has ${dimensions.bytes / 4} dimensions`);
  if (name.bytes > MAX_NAME_BYTES) throw damaged(source, name.at, `a name has ${name.bytes} bytes`);
  const [word = 0] = await readIntegers(source, flags, 1);
  const dims = await readIntegers(source, dimensions, dimensions.bytes / 4);
  const own = new TextDecoder('latin1').decode(await source.read(name.at, name.bytes));
  const facts = { name: `${prefix}${own}`, mxClass: word & 0xff, dims, source: open };
  const dtype = MX_TYPES[facts.mxClass];
  if (facts.mxClass === MX.struct && depth < MAX_DEPTH && dims.every((size) => size === 1))
    return addFields(source, name.end, limit, facts.name, variables, depth);
  if (facts.mxClass === MX.char) variables.push({ ...facts, real: await textPart(source, name.end, limit) });
  else if (!dtype) variables.push(facts);
  else variables.push({ ...facts, ...(await numberParts(source, { at: name.end, limit, dtype, word, dims })) });
}

interface PartsPlace {
  readonly at: number;
  readonly limit: number;
  readonly dtype: DType;
  readonly word: number;
  readonly dims: readonly number[];
}

async function numberParts(
  source: MatBytes,
  { at, limit, dtype, word, dims }: PartsPlace,
): Promise<Pick<MatVariable, 'dtype' | 'real' | 'imaginary'>> {
  const samples = dims.reduce((product, size) => product * size, 1);
  const part = (element: Element): MatPart => {
    const stored = MI_TYPES[element.type];
    if (!stored) throw damaged(source, element.at, `an array holds elements of type ${element.type}`);
    if (samples * sampleBytes(stored) !== element.bytes)
      throw damaged(source, element.at, `an array of ${dims.join(' x ')} ${stored} has ${element.bytes} bytes of samples`);
    return { dtype: stored, at: element.at, samples };
  };
  const first = await partElement(source, at, limit);
  const real = part(first);
  if (!(word & FLAG.complex)) return { dtype: word & FLAG.logical && dtype === 'u1' ? 'b1' : dtype, real };
  const imaginary = part(await readElement(source, first.end, limit));
  return { dtype: dtype === 'f4' ? 'c8' : 'c16', real, imaginary };
}

/** An array without samples may have no element for them. */
async function partElement(source: MatBytes, at: number, limit: number): Promise<Element> {
  return at >= limit ? { type: 9, bytes: 0, at, end: at } : readElement(source, at, limit);
}

async function textPart(source: MatBytes, at: number, limit: number): Promise<MatPart> {
  const element = await partElement(source, at, limit);
  const dtype = element.type === MI.utf16 ? 'u2' : element.type === MI.utf8 ? 'u1' : MI_TYPES[element.type];
  if (!dtype) throw damaged(source, at, `a text holds elements of type ${element.type}`);
  return { dtype, at: element.at, samples: Math.floor(element.bytes / sampleBytes(dtype)) };
}

/** Fields of a struct that is no array: length of the names, the names, then a matrix per name. */
async function addFields(
  source: MatBytes,
  at: number,
  limit: number,
  name: string,
  variables: MatVariable[],
  depth: number,
): Promise<void> {
  const length = await readElement(source, at, limit);
  const names = await readElement(source, length.end, limit);
  const [width = 0] = await readIntegers(source, length, 1);
  if (width < 1 || width > MAX_NAME_BYTES || names.bytes > MAX_VARIABLES * 64)
    throw damaged(source, at, `names of fields have ${width} bytes`);
  const text = new TextDecoder('latin1').decode(await source.read(names.at, names.bytes));
  let next = names.end;
  for (let i = 0; (i + 1) * width <= text.length && variables.length <= MAX_VARIABLES; i++) {
    const field = (text.slice(i * width, (i + 1) * width).split('\0')[0] ?? '').trim();
    const element = await readElement(source, next, limit);
    if (element.type === MI.matrix) await addMatrix(source, element, `${name}.${field}`, variables, depth + 1);
    next = element.end;
  }
}

async function addCompressed(file: MatBytes, element: Element, variables: MatVariable[]): Promise<void> {
  const place = { path: file.name, offset: element.at };
  const start = inflateStart(await file.read(element.at, Math.min(element.bytes, PEEK_INPUT_BYTES)), PEEK_BYTES, place);
  if (start.length < 8) throw damaged(file, element.at, 'a compressed variable holds less than a tag');
  const view = new DataView(start.buffer, start.byteOffset, 8);
  const type = view.getUint32(0, file.littleEndian);
  const size = 8 + view.getUint32(4, file.littleEndian);
  if (type !== MI.matrix) return;
  if (size > MAX_ELEMENT_BYTES) throw damaged(file, element.at, `a compressed variable promises ${size} bytes`);
  let opened: Promise<MatBytes> | undefined;
  const open = (): Promise<MatBytes> => {
    opened ??= file.read(element.at, element.bytes).then((bytes) => memoryBytes(file, inflate(bytes, size, place)));
    return opened;
  };
  const head = { type, bytes: size - 8, at: 8, end: size };
  const peek: MatBytes = { ...memoryBytes(file, start), size };
  try {
    await addMatrix(peek, head, '', variables, MAX_DEPTH, open);
  } catch (error) {
    // The head is longer than what was looked at.
    if (!(error instanceof DataError && error.field === 'peek') || size > MAX_STRUCT_BYTES) throw error;
    await addMatrix(await open(), head, '', variables, 0, open);
  }
  const [last] = variables.slice(-1);
  if (last?.mxClass !== MX.struct || size > MAX_STRUCT_BYTES) return;
  variables.pop();
  await addMatrix(await open(), head, '', variables, 0, open);
}

function memoryBytes(file: MatBytes, bytes: Uint8Array): MatBytes {
  return {
    name: file.name,
    size: bytes.length,
    littleEndian: file.littleEndian,
    read: async (offset, length) => {
      if (offset + length > bytes.length) {
        throw new DataError('truncated', `A compressed variable of ${file.name} ends after ${bytes.length} bytes.`, {
          path: file.name,
          field: 'peek',
        });
      }
      return bytes.slice(offset, offset + length);
    },
  };
}

async function readIntegers(source: MatBytes, element: Element, count: number): Promise<readonly number[]> {
  if (element.bytes < 4 * count) throw damaged(source, element.at, `${element.bytes} bytes are no ${count} numbers`);
  const bytes = await source.read(element.at, 4 * count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, i) => view.getUint32(4 * i, source.littleEndian));
}

function damaged(source: MatBytes, offset: number, what: string, code: 'malformed' | 'truncated' = 'malformed'): DataError {
  return new DataError(code, `${source.name} is damaged at byte ${offset}: ${what}.`, { path: source.name, offset });
}
