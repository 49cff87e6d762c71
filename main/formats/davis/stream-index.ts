import { Cursor } from '../../codecs/cursor.ts';
import { readFields, type FieldTable } from '../../codecs/field-table.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { MAX_FRAMES } from './layout.ts';

/*
 * PREFIX-0.ims: a header of 1024 bytes, then 20 bytes for every frame of the stream: i32 flag, i64 offset and i64 size of its pixels in
 * PREFIX-1.ims. Little endian. Sources: PIVTOOLS (set_reader.py) and readim7 (ims.py).
 */
const INDEX_HEADER_BYTES = 1024;
const ENTRY_BYTES = 20;
const INDEX_HEADER = {
  framesPerEntry: [8, 'i32'],
  width: [12, 'i32'],
  height: [16, 'i32'],
  bits: [20, 'i32'],
} as const satisfies FieldTable;
/** The number in PREFIX-1.ims; entries with another flag were never seen. */
const DATA_FILE = 1;

export interface StreamIndex {
  readonly width: number;
  readonly height: number;
  /** Bits a pixel that the camera delivered. */
  readonly bits: number;
  readonly framesPerEntry: number;
  /** Whole buffers, that is groups of `framesPerEntry` entries. */
  readonly buffers: number;
}

export interface IndexEntry {
  readonly offset: number;
  readonly size: number;
}

/** The header of an index; the entries are counted, not read. */
export async function readStreamIndex(source: ByteSource, options?: ReadOptions): Promise<StreamIndex> {
  const path = source.name;
  if (source.size < INDEX_HEADER_BYTES) {
    throw new DataError('truncated', `The index of the stream has ${source.size} bytes, its header alone needs ${INDEX_HEADER_BYTES}.`, {
      path,
      offset: source.size,
    });
  }
  const { width, height, framesPerEntry, bits } = readFields(await source.read(0, INDEX_HEADER_BYTES, options), INDEX_HEADER, {
    path,
    offset: 0,
  });
  if (
    width < 1 ||
    height < 1 ||
    framesPerEntry < 1 ||
    framesPerEntry > MAX_FRAMES ||
    !Number.isSafeInteger(2 * width * height * framesPerEntry)
  ) {
    throw new DataError('malformed', `The index of the stream says ${framesPerEntry} frames of ${width} x ${height} pixels.`, {
      path,
      offset: 8,
    });
  }
  const entries = Math.floor((source.size - INDEX_HEADER_BYTES) / ENTRY_BYTES);
  return { width, height, framesPerEntry, bits, buffers: Math.floor(entries / framesPerEntry) };
}

/** Where the frames of one buffer lie in the data file. */
export async function readEntries(
  source: ByteSource,
  index: StreamIndex,
  buffer: number,
  options?: ReadOptions,
): Promise<readonly IndexEntry[]> {
  const offset = INDEX_HEADER_BYTES + buffer * index.framesPerEntry * ENTRY_BYTES;
  const cursor = new Cursor(await source.read(offset, index.framesPerEntry * ENTRY_BYTES, options), { path: source.name, offset });
  return Array.from({ length: index.framesPerEntry }, () => {
    const at = cursor.offset;
    const flag = cursor.i32();
    if (flag !== DATA_FILE)
      throw new DataError('unsupported', `The index entry has the flag ${flag}; only 1 is known.`, { path: source.name, offset: at });
    return { offset: cursor.u64(), size: cursor.u64() };
  });
}
