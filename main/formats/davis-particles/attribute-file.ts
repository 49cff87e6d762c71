import { Cursor, type BytePlace } from '../../codecs/cursor.ts';
import type { Attributes, AttributeValue } from '../../../shared/model/attributes.ts';
import { DataError, isDataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { sampleBytes, viewSamples, type DType, type NumberArray } from '../../../shared/model/dtype.ts';
import { ATTRIBUTE_ARRAYS, ATTRIBUTE_HEAD_BYTES, ATTRIBUTE_TYPE, ATTRIBUTES_HEADER_BYTES } from './layout.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import type { ParticleFiles } from './particle-files.ts';

/** Real records have a few hundred bytes. */
const MAX_RECORD_BYTES = 16 << 20;

/** A record of attributes; what is odd in it is told and does not spoil the rest. */
export interface AttributeRecord {
  readonly attributes: Attributes;
  readonly warnings: readonly Warning[];
}

const NOTHING: AttributeRecord = { attributes: {}, warnings: [] };

/**
 * Record `number` of an attribute file; empty where the file has fewer. Reads the count, the offset and the record itself. Errors are those
 * of the file: `missing-companion`, `truncated`, `malformed`.
 */
export async function readAttributeRecord(
  files: ParticleFiles,
  name: string,
  number: number,
  options: ReadOptions,
): Promise<AttributeRecord> {
  const source = await files.open(name);
  const { name: path } = source;
  const { count, indexAt } = await readAttributeEnd(source, options);
  if (number >= count) return NOTHING;
  const entries = number + 1 < count ? 2 : 1;
  const index = new Cursor(await source.read(indexAt + 8 * number, 8 * entries, options), { path, offset: indexAt + 8 * number });
  const start = index.u64();
  const end = entries === 2 ? index.u64() : indexAt;
  if (!(start >= ATTRIBUTES_HEADER_BYTES && end >= start && end <= indexAt)) {
    throw new DataError(
      'malformed',
      `Record ${number} of ${path} goes from ${start} to ${end}, outside of the records that end at ${indexAt}.`,
      { path, offset: indexAt + 8 * number },
    );
  }
  if (end - start > MAX_RECORD_BYTES)
    throw new DataError('too-large', `Record ${number} of ${path} has ${end - start} bytes; at most ${MAX_RECORD_BYTES} are read.`, {
      path,
      offset: start,
    });
  return parseRecord(await source.read(start, end - start, options), { path, offset: start });
}

/** Field of errors that concern a whole file of attributes. */
export const ALL_RECORDS = 'records';

/** The number of records, which is the end of the file, and where their offsets begin. A file that was cut ends with something else. */
async function readAttributeEnd(source: ByteSource, options: ReadOptions): Promise<{ readonly count: number; readonly indexAt: number }> {
  const { size, name: path } = source;
  const field = ALL_RECORDS;
  if (size < ATTRIBUTES_HEADER_BYTES + 4) {
    throw new DataError('truncated', `${path} has ${size} bytes, an attribute file has at least ${ATTRIBUTES_HEADER_BYTES + 4}.`, {
      path,
      offset: size,
      field,
    });
  }
  const count = new Cursor(await source.read(size - 4, 4, options), { path, offset: size - 4 }).u32();
  const indexAt = size - 4 - 8 * count;
  if (indexAt < ATTRIBUTES_HEADER_BYTES)
    throw new DataError('malformed', `${path} promises ${count} records, too many for its ${size} bytes.`, {
      path,
      offset: size - 4,
      field,
    });
  if (count === 0 && indexAt > ATTRIBUTES_HEADER_BYTES)
    throw new DataError('malformed', `${path} promises no records, but has ${indexAt - ATTRIBUTES_HEADER_BYTES} bytes of them.`, {
      path,
      offset: size - 4,
      field,
    });
  return { count, indexAt };
}

/** What makes the attributes of all steps unreadable. */
export async function checkAttributeFile(source: ByteSource, options: ReadOptions): Promise<readonly Warning[]> {
  try {
    await readAttributeEnd(source, options);
    return [];
  } catch (error) {
    if (!isDataError(error, 'truncated', 'malformed')) throw error;
    return [
      {
        code: error.code,
        message: `The attributes of the steps are lost: ${error.message}`,
        path: source.name,
        ...(error.offset === undefined ? {} : { offset: error.offset }),
      },
    ];
  }
}

/** Entries up to the closing one: type, name, value. The last of equal names wins. */
export function parseRecord(bytes: Uint8Array, place: BytePlace): AttributeRecord {
  const cursor = new Cursor(bytes, place);
  const attributes = new Map<string, AttributeValue>();
  const warnings: Warning[] = [];
  const warn = (offset: number, what: string): void => {
    warnings.push({ code: 'damaged-attribute', message: `The attributes are damaged: ${what}.`, path: place.path, offset });
  };
  while (cursor.remaining >= ATTRIBUTE_HEAD_BYTES) {
    const { offset } = cursor;
    const [type, nameBytes, valueBytes] = [cursor.i32(), cursor.u32(), cursor.u32()];
    if (type === ATTRIBUTE_TYPE.end || type === ATTRIBUTE_TYPE.endOfBlock) break;
    if (nameBytes + valueBytes > cursor.remaining) {
      warn(offset, `an entry has ${nameBytes + valueBytes} bytes, ${cursor.remaining} are left; the rest is lost`);
      break;
    }
    const name = utf8(cursor.take(nameBytes));
    const value = readValue(type, cursor.take(valueBytes));
    if (value === undefined) warn(offset, `'${name}' is of type ${type}, which is unknown`);
    else attributes.set(name, value);
  }
  return { attributes: Object.fromEntries(attributes), warnings };
}

function readValue(type: number, bytes: Uint8Array): AttributeValue | undefined {
  if (type === ATTRIBUTE_TYPE.text) return utf8(bytes);
  const dtype: DType | undefined = (ATTRIBUTE_ARRAYS as Readonly<Record<number, DType>>)[type];
  if (!dtype) return undefined;
  const count = Math.floor(bytes.length / sampleBytes(dtype));
  const values = viewSamples(dtype, bytes.slice().buffer, 0, count) as NumberArray;
  return { dtype, shape: [1, count], values: [...values] };
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

/** The record of the whole set, which opens without it. */
export async function findAttributes(files: ParticleFiles, name: string, options: ReadOptions): Promise<AttributeRecord> {
  try {
    return await readAttributeRecord(files, name, 0, options);
  } catch (error) {
    if (!isDataError(error, 'missing-companion', 'truncated', 'malformed', 'too-large')) throw error;
    return {
      attributes: {},
      warnings: [
        {
          code: error.code,
          message: `The attributes of the set cannot be read: ${error.message}`,
          path: error.path ?? files.pathOf(name),
          ...(error.offset === undefined ? {} : { offset: error.offset }),
        },
      ],
    };
  }
}
