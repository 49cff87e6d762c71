import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { sampleBytes, type DType, type TypedArray } from '../../../shared/model/dtype.ts';
import { decodeBase64Parts } from '../base64-parts.ts';
import { inflate, inflateBound } from '../inflate.ts';
import { decodeSamples } from '../sample-type.ts';
import { descendants, type XmlElement } from '../xml.ts';
import { numbersOf, type VtkFile } from './xml-file.ts';

/*
 * Arrays of VTK XML files, after "VTK XML formats": numbers, or bytes, raw or in base64, that begin with their length, or, compressed, with the
 * number of blocks, the bytes of a block, of the last one (0: whole), and the packed bytes of each.
 */

const MAX_ARRAY_BYTES = 2 ** 30;
/** Packed or in base64 they are in memory twice. */
const MAX_PACKED_BYTES = 2 ** 29;
/** Numbers of a point: tensors have 9. */
const MAX_STEP = 64;
const TYPES: Readonly<Record<string, DType>> = {
  Int8: 'i1',
  UInt8: 'u1',
  Int16: 'i2',
  UInt16: 'u2',
  Int32: 'i4',
  UInt32: 'u4',
  Int64: 'i8',
  UInt64: 'u8',
  Float32: 'f4',
  Float64: 'f8',
};

export interface VtkArray {
  readonly name: string;
  readonly dtype: DType;
  /** Numbers of a sample. */
  readonly step: number;
  /** All numbers, those of a sample together. */
  read(options: ReadOptions): Promise<TypedArray>;
}

/** True for arrays of numbers. */
export function isNumeric({ attributes }: XmlElement): boolean {
  return TYPES[attributes.type ?? ''] !== undefined;
}

/** How the bytes of an array are put into the file. */
interface Coding {
  readonly littleEndian: boolean;
  readonly headBytes: 4 | 8;
  readonly isCompressed: boolean;
  readonly isBase64: boolean;
}

interface Place {
  readonly path: string;
  readonly field: string;
}

/** The array of an element, with so many samples. Nothing is read yet but its facts are checked. */
export function vtkArray(file: VtkFile, element: XmlElement, samples: number): VtkArray {
  const { Name: name = '', type = '', NumberOfComponents: step = '1', format } = element.attributes;
  const dtype = TYPES[type];
  const count = samples * Number(step);
  const place = { path: file.source.name, field: name };
  if (!dtype || !(Number(step) >= 1 && Number(step) <= MAX_STEP) || !(count * sampleBytes(dtype) <= MAX_ARRAY_BYTES))
    throw new DataError(
      'too-large',
      `The array ${name} has ${step} numbers of ${type} at ${samples} points; at most ${MAX_STEP} and ${MAX_ARRAY_BYTES} bytes are read.`,
      place,
    );
  const coding = codingOf(file, element);
  const read = async (options: ReadOptions): Promise<TypedArray> => {
    throwIfAborted(options.signal);
    if (format === 'ascii') return asciiNumbers(file.body(element), dtype, count, place);
    const bytes = await readBytes(file, element, coding, count * sampleBytes(dtype), options);
    return decodeSamples({ dtype, littleEndian: coding.littleEndian }, bytes, count);
  };
  return { name, dtype, step: Number(step), read };
}

/** The letters of an array of texts, each of which ends with a zero; at most `limit` bytes. */
export async function vtkText(file: VtkFile, element: XmlElement, limit: number, options: ReadOptions): Promise<string> {
  if (element.attributes.format === 'ascii') return decodeText(Uint8Array.from(numbersOf(file.body(element))));
  return decodeText(await readBytes(file, element, codingOf(file, element), { limit }, options));
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0$/, '');
}

function codingOf({ root }: VtkFile, { attributes }: XmlElement): Coding {
  return {
    littleEndian: root.attributes.byte_order !== 'BigEndian',
    headBytes: root.attributes.header_type === 'UInt64' ? 8 : 4,
    isCompressed: root.attributes.compressor !== undefined,
    isBase64: attributes.format === 'binary' || descendants(root, 'AppendedData')[0]?.attributes.encoding === 'base64',
  };
}

/** As many bytes as the samples need, or as many as there are up to a limit. */
type Wanted = number | { readonly limit: number };

/** The bytes of an array behind their head. */
async function readBytes(file: VtkFile, element: XmlElement, coding: Coding, wanted: Wanted, options: ReadOptions): Promise<Uint8Array> {
  const { Name: field = '', format, offset } = element.attributes;
  const place = { path: file.source.name, field };
  const [from, to] = format === 'appended' ? appendedPlace(file, Number(offset), place) : [0, 0];
  if (format === 'appended' && !coding.isCompressed && !coding.isBase64) {
    const head = await file.source.read(from, Math.min(coding.headBytes, to - from), options);
    const bytes = plainLength(head, to - from, coding, wanted, place);
    return file.source.read(from + coding.headBytes, bytes, options);
  }
  if (to - from > MAX_PACKED_BYTES)
    throw new DataError('too-large', `The array ${field} has ${to - from} bytes; at most ${MAX_PACKED_BYTES} are read.`, place);
  const stored =
    format === 'appended'
      ? await file.source.read(from, to - from, options)
      : Uint8Array.from(file.body(element), (letter) => letter.charCodeAt(0));
  const bytes = coding.isBase64 ? decodeBase64Parts(untilMarkup(stored)) : stored;
  if (!bytes) throw new DataError('malformed', `The array ${field} is no base64.`, place);
  if (coding.isCompressed) return unpack(bytes, coding, wanted, place);
  const length = plainLength(bytes, bytes.length, coding, wanted, place);
  return bytes.slice(coding.headBytes, coding.headBytes + length);
}

/** Base64 ends at the next element. */
function untilMarkup(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0x3c);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** From the place of an appended array to that of the next one. */
function appendedPlace({ source, appendedAt, offsets }: VtkFile, offset: number, place: Place): readonly [from: number, to: number] {
  const start = appendedAt ?? source.size;
  const from = start + offset;
  if (!(Number.isSafeInteger(offset) && offset >= 0 && from < source.size))
    throw new DataError('truncated', `The array ${place.field} is said to be at ${from}, the file has ${source.size} bytes.`, {
      ...place,
      offset: Math.min(start, source.size),
    });
  const next = offsets.find((other) => other > offset);
  return [from, next === undefined ? source.size : Math.min(source.size, start + next)];
}

/** Number `at` of the head of an array. */
function headWord(stored: Uint8Array, at: number, { headBytes, littleEndian }: Coding, place: Place): number {
  const offset = at * headBytes;
  if (offset + headBytes > stored.length) throw new DataError('truncated', `The head of the array ${place.field} is cut.`, place);
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  return headBytes === 4 ? view.getUint32(offset, littleEndian) : Number(view.getBigUint64(offset, littleEndian));
}

/** The length of an array as its head says it, which must be the wanted one and there. */
function plainLength(head: Uint8Array, there: number, coding: Coding, wanted: Wanted, place: Place): number {
  const length = headWord(head, 0, coding, place);
  checkLength(length, wanted, place);
  if (coding.headBytes + length > there)
    throw new DataError(
      'truncated',
      `The array ${place.field} has ${length} bytes, ${Math.max(0, there - coding.headBytes)} are there.`,
      place,
    );
  return length;
}

function checkLength(found: number, wanted: Wanted, place: Place): void {
  if (typeof wanted === 'number' ? found === wanted : found <= wanted.limit) return;
  if (typeof wanted === 'number')
    throw new DataError('malformed', `The array ${place.field} has ${found} bytes, ${wanted} are needed.`, place);
  throw new DataError('too-large', `The array ${place.field} has ${found} bytes; at most ${wanted.limit} are read.`, place);
}

function asciiNumbers(body: string, dtype: DType, count: number, place: Place): TypedArray {
  const numbers = numbersOf(body);
  if (numbers.length !== count)
    throw new DataError('malformed', `The array ${place.field} has ${numbers.length} numbers, ${count} are needed.`, place);
  if (dtype === 'i8') return BigInt64Array.from(numbers, (value) => BigInt(Math.trunc(value) || 0));
  if (dtype === 'u8') return BigUint64Array.from(numbers, (value) => BigInt(Math.trunc(value) || 0));
  const bytes = new Uint8Array(count * sampleBytes(dtype));
  const out = decodeSamples({ dtype, littleEndian: true }, bytes, count);
  for (const [at, value] of numbers.entries()) out[at] = value;
  return out;
}

function unpack(stored: Uint8Array, coding: Coding, wanted: Wanted, place: Place): Uint8Array {
  const word = (at: number): number => headWord(stored, at, coding, place);
  const [blocks, whole, last] = [word(0), word(1), word(2)];
  const total = blocks === 0 ? 0 : last === 0 ? blocks * whole : (blocks - 1) * whole + last;
  checkLength(total, wanted, place);
  if (total > inflateBound(stored.length))
    throw new DataError('truncated', `${stored.length} packed bytes of the array ${place.field} cannot hold ${total}.`, place);
  const out = new Uint8Array(total);
  let from = (3 + blocks) * coding.headBytes;
  for (let block = 0, put = 0; block < blocks; block++) {
    const packed = word(3 + block);
    const length = block === blocks - 1 && last > 0 ? last : whole;
    if (!(from + packed <= stored.length))
      throw new DataError('truncated', `Block ${block} of ${blocks} of the array ${place.field} is cut.`, place);
    out.set(inflate(stored.subarray(from, from + packed), length, { path: place.path, offset: 0 }), put);
    put += length;
    from += packed;
  }
  return out;
}
