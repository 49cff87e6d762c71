import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { ReadOptions } from '../../shared/model/dataset.ts';
import { sampleBytes, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import { decodeBase64Parts } from './base64-parts.ts';
import type { ByteReader } from './byte-reader.ts';
import { latin1 } from './cursor.ts';
import { inflate, inflateBound } from './inflate.ts';
import { decodeSamples } from './sample-type.ts';
import { descendants, parseXml, type XmlElement } from './xml.ts';

/*
 * VTK XML ImageData of other programs, after "VTK XML formats": arrays stand in their element as numbers or base64, or behind '_' of AppendedData, raw or
 * in base64. Bytes begin with their length, or, compressed, with the number of blocks, the bytes of a block, of the last one (0: whole), and the
 * packed bytes of each.
 */

/** Files are held whole where their arrays stand in the XML. */
const MAX_BYTES = 2 ** 29;
const MAX_ARRAY_BYTES = 2 ** 30;
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
  /** All numbers, x fastest. */
  read(options: ReadOptions): Promise<TypedArray>;
}

export interface VtkImage {
  readonly size: readonly [x: number, y: number, z: number];
  readonly origin: readonly number[];
  readonly spacing: readonly number[];
  readonly arrays: readonly VtkArray[];
  /** Name of the array that is the vector. */
  readonly vectors: string | undefined;
  readonly time: number | undefined;
}

/** The XML with the bodies of its arrays apart. */
interface VtkText {
  readonly root: XmlElement;
  readonly bodies: readonly string[];
  /** Behind the '_' of the appended data; undefined where there are none. */
  readonly appendedAt: number | undefined;
}

/** How the bytes of an array are put into the file. */
interface Coding {
  readonly littleEndian: boolean;
  readonly headBytes: 4 | 8;
  readonly isCompressed: boolean;
  readonly isBase64: boolean;
}

export async function readVtkImage(file: ByteReader, options: ReadOptions): Promise<VtkImage> {
  if (file.size > MAX_BYTES)
    throw new DataError('too-large', `The VTK file has ${file.size} bytes; those of other programs are read up to ${MAX_BYTES}.`, {
      path: file.name,
    });
  const text = splitText(latin1(await file.read(0, file.size, options)), file.name);
  const { root } = text;
  const { type, compressor } = root.attributes;
  if (root.name !== 'VTKFile' || type !== 'ImageData')
    throw refused(`The VTK file holds ${type ?? root.name}, not ImageData.`, file, 'type');
  if (compressor !== undefined && compressor !== 'vtkZLibDataCompressor')
    throw refused(`The VTK file is compressed by ${compressor}; vtkZLibDataCompressor or none is read.`, file, 'compressor');
  const [image] = descendants(root, 'ImageData');
  const pieces = descendants(root, 'Piece');
  const [piece] = pieces;
  const { WholeExtent: extent = '', Origin: origin = '0 0 0', Spacing: spacing = '1 1 1', Direction: direction } = image?.attributes ?? {};
  if (!piece || pieces.length > 1 || numbersOf(piece.attributes.Extent ?? '').join() !== numbersOf(extent).join())
    throw refused(`The VTK image has ${pieces.length} pieces; files of one whole piece are read.`, file, 'Piece');
  if (direction !== undefined && numbersOf(direction).join() !== '1,0,0,0,1,0,0,0,1')
    throw refused('The axes of the VTK image are turned in space, which is not read.', file, 'Direction');
  const [points] = descendants(piece, 'PointData').filter(({ children }) => children.length > 0);
  const [cells] = descendants(piece, 'CellData');
  const bounds = numbersOf(extent);
  const size = ([0, 2, 4] as const)
    .map((at) => (bounds[at + 1] ?? 0) - (bounds[at] ?? 0) + (points ? 1 : 0))
    .map((count) => Math.max(1, count));
  const steps = numbersOf(spacing);
  const start = numbersOf(origin).map((value, at) => value + (steps[at] ?? 1) * ((bounds[2 * at] ?? 0) + (points ? 0 : 0.5)));
  const samples = size.reduce((product, count) => product * count, 1);
  if (
    bounds.length !== 6 ||
    steps.length !== 3 ||
    start.length !== 3 ||
    !Number.isSafeInteger(samples) ||
    !steps.every((step) => step > 0 && Number.isFinite(step))
  )
    throw new DataError('malformed', 'The VTK image has no valid extent, origin and spacing.', { path: file.name, field: 'WholeExtent' });
  const all = descendants(root, 'DataArray');
  const data = points ?? cells;
  const time = all.find(({ attributes }) => attributes.Name === 'TimeValue');
  const open = (element: XmlElement, count: number): VtkArray => openArray(file, text, element, all.indexOf(element), count);
  const timeValue = time && Number((await open(time, 1).read(options))[0]);
  return {
    size: size as [number, number, number],
    origin: start,
    spacing: steps,
    arrays: (data?.children ?? [])
      .filter(({ name, attributes }) => name === 'DataArray' && TYPES[attributes.type ?? ''] !== undefined)
      .map((element) => open(element, samples)),
    vectors: data?.attributes.Vectors,
    time: timeValue,
  };
}

function refused(message: string, { name: path }: ByteReader, field: string): DataError {
  return new DataError('unsupported', message, { path, field });
}

function numbersOf(text: string): readonly number[] {
  return text.trim() === '' ? [] : text.trim().split(/\s+/).map(Number);
}

/** Takes the bodies of the arrays out of the XML, which is small without them. */
function splitText(text: string, path: string): VtkText {
  const appended = /<AppendedData[^>]*>\s*_/.exec(text);
  const xml = appended
    ? `${text.slice(0, appended.index)}<AppendedData${/encoding\s*=\s*"base64"/.test(appended[0]) ? ' encoding="base64"' : ''}/></VTKFile>`
    : text;
  const bodies: string[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const found of xml.matchAll(/<DataArray\b[^>]*?(\/?)>/g)) {
    const start = found.index + found[0].length;
    if (start < at) continue;
    const end = found[1] === '/' ? start : xml.indexOf('</DataArray', start);
    if (end < 0) throw new DataError('truncated', 'The VTK file ends within an array.', { path, offset: start });
    parts.push(xml.slice(at, start));
    bodies.push(xml.slice(start, end).replace(/<InformationKey[\s\S]*?(\/>|<\/InformationKey>)/g, ''));
    at = end;
  }
  parts.push(xml.slice(at));
  const bytes = Uint8Array.from(parts.join(''), (character) => character.charCodeAt(0));
  return { root: parseXml(bytes, path), bodies, appendedAt: appended ? appended.index + appended[0].length : undefined };
}

function openArray(file: ByteReader, { root, bodies, appendedAt }: VtkText, element: XmlElement, index: number, samples: number): VtkArray {
  const { Name: name = '', type = '', NumberOfComponents: step = '1', format, offset } = element.attributes;
  const dtype = TYPES[type];
  const count = samples * Number(step);
  const place = { path: file.name, field: name };
  if (!dtype || !(Number(step) >= 1 && Number(step) <= MAX_STEP) || count * sampleBytes(dtype) > MAX_ARRAY_BYTES)
    throw new DataError(
      'too-large',
      `The array ${name} has ${step} numbers of ${type} at ${samples} points; at most ${MAX_STEP} and ${MAX_ARRAY_BYTES} bytes are read.`,
      place,
    );
  const coding: Coding = {
    littleEndian: root.attributes.byte_order !== 'BigEndian',
    headBytes: root.attributes.header_type === 'UInt64' ? 8 : 4,
    isCompressed: root.attributes.compressor !== undefined,
    isBase64: format === 'binary' || descendants(root, 'AppendedData')[0]?.attributes.encoding === 'base64',
  };
  const read = async (options: ReadOptions): Promise<TypedArray> => {
    throwIfAborted(options.signal);
    const body = bodies[index] ?? '';
    if (format === 'ascii') return asciiNumbers(body, dtype, count, place);
    const from = format === 'appended' ? (appendedAt ?? file.size) + Number(offset) : undefined;
    const stored =
      from === undefined ? Uint8Array.from(body, (letter) => letter.charCodeAt(0)) : await restFrom(file, from, coding, options, place);
    const bytes = coding.isBase64 ? decodeBase64Parts(stored) : stored;
    if (!bytes) throw new DataError('malformed', `The array ${name} is no base64.`, place);
    return decodeSamples({ dtype, littleEndian: coding.littleEndian }, unpack(bytes, coding, count * sampleBytes(dtype), place), count);
  };
  return { name, dtype, step: Number(step), read };
}

interface Place {
  readonly path: string;
  readonly field: string;
}

/** From the place of an appended array to the end; base64 ends at the next element. */
async function restFrom(file: ByteReader, from: number, { isBase64 }: Coding, options: ReadOptions, place: Place): Promise<Uint8Array> {
  if (!(from >= 0 && from < file.size))
    throw new DataError('truncated', `An array is said to be at ${from}, the file has ${file.size} bytes.`, place);
  const bytes = await file.read(from, file.size - from, options);
  return isBase64 ? bytes.subarray(0, bytes.indexOf(0x3c) < 0 ? bytes.length : bytes.indexOf(0x3c)) : bytes;
}

function asciiNumbers(body: string, dtype: DType, count: number, place: Place): TypedArray {
  const numbers = numbersOf(body);
  if (numbers.length !== count) throw new DataError('malformed', `The array has ${numbers.length} numbers, ${count} are needed.`, place);
  if (dtype === 'i8') return BigInt64Array.from(numbers, (value) => BigInt(Math.trunc(value) || 0));
  if (dtype === 'u8') return BigUint64Array.from(numbers, (value) => BigInt(Math.trunc(value) || 0));
  const bytes = new Uint8Array(count * sampleBytes(dtype));
  const out = decodeSamples({ dtype, littleEndian: true }, bytes, count);
  for (const [at, value] of numbers.entries()) out[at] = value;
  return out;
}

/** The bytes of an array behind their head; `malformed` where they are not as many as its samples need. */
function unpack(stored: Uint8Array, coding: Coding, bytes: number, place: Place): Uint8Array {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  const word = (at: number): number => {
    const offset = at * coding.headBytes;
    if (offset + coding.headBytes > stored.length) throw new DataError('truncated', 'The head of an array is cut.', place);
    return coding.headBytes === 4 ? view.getUint32(offset, coding.littleEndian) : Number(view.getBigUint64(offset, coding.littleEndian));
  };
  const wrong = (found: number): DataError => new DataError('malformed', `The array has ${found} bytes, ${bytes} are needed.`, place);
  if (!coding.isCompressed) {
    if (word(0) !== bytes) throw wrong(word(0));
    if (coding.headBytes + bytes > stored.length) throw new DataError('truncated', `The array of ${bytes} bytes is cut.`, place);
    return stored.slice(coding.headBytes, coding.headBytes + bytes);
  }
  const [blocks, whole, last] = [word(0), word(1), word(2)];
  const total = blocks === 0 ? 0 : last === 0 ? blocks * whole : (blocks - 1) * whole + last;
  if (total !== bytes) throw wrong(total);
  if (bytes > inflateBound(stored.length)) throw new DataError('truncated', `${stored.length} packed bytes cannot hold ${bytes}.`, place);
  const out = new Uint8Array(bytes);
  let from = (3 + blocks) * coding.headBytes;
  for (let block = 0, put = 0; block < blocks; block++) {
    const packed = word(3 + block);
    const length = block === blocks - 1 && last > 0 ? last : whole;
    if (from + packed > stored.length) throw new DataError('truncated', `Block ${block} of ${blocks} is cut.`, place);
    out.set(inflate(stored.subarray(from, from + packed), length, { path: place.path, offset: 0 }), put);
    put += length;
    from += packed;
  }
  return out;
}
