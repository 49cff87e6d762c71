import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../byte-reader.ts';
import { LENGTH_BYTES, VTI_DESCRIPTION } from './vti-layout.ts';
import { arrayElements, readVtkFile } from './xml-file.ts';

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

/** Reads the XML before the raw bytes of a file of ours, and the length of every array; all of them lie in the file. */
export async function readVtiHead(file: ByteReader, options: ReadOptions): Promise<VtiHead> {
  const { root, appendedAt } = await readVtkFile(file, 'ImageData', options);
  const { byte_order: order, header_type: header, compressor } = root.attributes;
  if (appendedAt === undefined || order !== 'LittleEndian' || header !== 'UInt64' || compressor !== undefined)
    throw new DataError(
      'unsupported',
      'Only appended, uncompressed little-endian data with 8-byte lengths are read from VTK files of this program.',
      {
        path: file.name,
        offset: 0,
        field: 'header_type',
      },
    );
  const arrays = new Map<string, VtiData>();
  for (const { attributes } of arrayElements(root)) {
    const { Name: name, format, offset, NumberOfComponents: step = '1', type = '' } = attributes;
    if (name === undefined || format !== 'appended') continue;
    arrays.set(name, { type, step: Number(step), ...(await findArray(file, appendedAt, Number(offset), name, options)) });
  }
  return { arrays, description: arrays.get(VTI_DESCRIPTION) };
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
