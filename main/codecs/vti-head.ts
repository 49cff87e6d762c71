import { DataError } from '../../shared/model/data-error.ts';
import type { ReadOptions } from '../../shared/model/dataset.ts';
import type { ByteReader } from './byte-reader.ts';
import { latin1 } from './cursor.ts';
import { LENGTH_BYTES, VTI_DESCRIPTION } from './vti-layout.ts';
import { descendants, parseXml } from './xml.ts';

/** An array in the raw bytes of a file. */
export interface VtiData {
  readonly type: string;
  readonly step: number;
  /** Of its first number in the file. */
  readonly offset: number;
  readonly bytes: number;
}

export interface VtiHead {
  readonly arrays: ReadonlyMap<string, VtiData>;
  /** The text of ours; undefined in files of other programs. */
  readonly description: VtiData | undefined;
}

const CHUNK_BYTES = 64 * 1024;
/** A head has a line an array. */
const MAX_HEAD_BYTES = 4 * 1024 * 1024;
const RAW_START = /<AppendedData\s+encoding\s*=\s*"raw"\s*>\s*_/;

/** Reads the XML before the raw bytes, and the length of every array; all of them lie in the file. */
export async function readVtiHead(file: ByteReader, options: ReadOptions): Promise<VtiHead> {
  const { text, start } = await headText(file, options);
  const root = parseXml(new TextEncoder().encode(`${text.slice(0, text.lastIndexOf('<AppendedData'))}</VTKFile>`), file.name);
  const place = { path: file.name, offset: 0 };
  const { type, byte_order: order, header_type: header, compressor } = root.attributes;
  if (root.name !== 'VTKFile' || type !== 'ImageData')
    throw new DataError('unsupported', `The VTK file holds ${type ?? root.name}, not ImageData.`, { ...place, field: 'type' });
  if (order !== 'LittleEndian' || header !== 'UInt64' || compressor !== undefined)
    throw new DataError('unsupported', 'Only uncompressed little-endian VTK files with 8-byte lengths are read.', {
      ...place,
      field: 'header_type',
    });
  const arrays = new Map<string, VtiData>();
  for (const element of descendants(root, 'DataArray')) {
    const { Name: name, format, offset, NumberOfComponents: step = '1', type: numbers = '' } = element.attributes;
    if (name === undefined || format !== 'appended') continue;
    arrays.set(name, { type: numbers, step: Number(step), ...(await findArray(file, start, Number(offset), name, options)) });
  }
  return { arrays, description: arrays.get(VTI_DESCRIPTION) };
}

async function headText(file: ByteReader, options: ReadOptions): Promise<{ readonly text: string; readonly start: number }> {
  let bytes = new Uint8Array(0);
  for (let length = CHUNK_BYTES; ; length = 4 * length) {
    bytes = (await file.read(0, Math.min(length, file.size), options)) as Uint8Array<ArrayBuffer>;
    const found = RAW_START.exec(latin1(bytes));
    if (found) {
      const start = found.index + found[0].length;
      return { text: new TextDecoder().decode(bytes.subarray(0, found.index + '<AppendedData'.length)), start };
    }
    if (bytes.length === file.size || length >= MAX_HEAD_BYTES) break;
  }
  throw new DataError('unsupported', 'The VTK file has no raw appended data within its first 4 MiB: it is cut, or of another kind.', {
    path: file.name,
    offset: bytes.length,
    field: 'AppendedData',
  });
}

async function findArray(
  file: ByteReader,
  start: number,
  offset: number,
  name: string,
  options: ReadOptions,
): Promise<{ readonly offset: number; readonly bytes: number }> {
  const at = start + offset;
  const place = { path: file.name, offset: start, field: name };
  if (!Number.isSafeInteger(at) || at < start || at + LENGTH_BYTES > file.size)
    throw new DataError('truncated', `The array ${name} is said to be at ${at}, the file has ${file.size} bytes.`, place);
  const head = await file.read(at, LENGTH_BYTES, options);
  const bytes = Number(new DataView(head.buffer, head.byteOffset).getBigUint64(0, true));
  if (!(at + LENGTH_BYTES + bytes <= file.size))
    throw new DataError('truncated', `The array ${name} has ${bytes} bytes at ${at}, the file has ${file.size}.`, { ...place, offset: at });
  return { offset: at + LENGTH_BYTES, bytes };
}
