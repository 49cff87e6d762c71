import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type ColumnMetaData, type FileMetaData, type SchemaElement } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { compressors } from 'hyparquet-compressors';
import { DataError, isDataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { PARTICLE_DESCRIPTION_KEY } from '../../codecs/particle-description.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import type { ColumnPiece, RowTable } from './row-table.ts';

/** Tables have a few kilobytes; ours one entry a step and column at most. */
const MAX_METADATA_BYTES = 256 << 20;
/** A row group is decoded whole. Arrow writes groups of a million rows. */
const MAX_GROUP_ROWS = 1 << 24;
const MAX_PAGE_BYTES = 1 << 28;
const NUMBER_TYPES: readonly string[] = ['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'];
/** What pandas keeps of the rows' labels. */
const INDEX_COLUMN = /^__index_level_\d+__$/;
const WHOLE_TYPES = /^U?INT_(8|16|32|64)$/;

/** A Parquet file of flat columns. Row groups, pages and their sizes are checked before anything is decoded. */
export async function openParquetTable(source: ByteSource, options: ReadOptions): Promise<RowTable> {
  const path = source.name;
  const file = asyncBuffer(source, options);
  const metadata = await guarded(path, async () => {
    const tail = new DataView(await file.slice(Math.max(0, source.size - 8), source.size));
    if (tail.byteLength < 8 || tail.getUint32(4, true) !== 0x31524150) throw new Error('it does not end with PAR1');
    const length = tail.getUint32(0, true);
    if (length > MAX_METADATA_BYTES || length + 12 > source.size) throw new Error(`its metadata have ${length} of ${source.size} bytes`);
    return parquetMetadataAsync(file, { geoparquet: false });
  });
  const rows = checkGroups(metadata, source);
  const given = topLevel(metadata.schema).filter(({ name }) => !INDEX_COLUMN.test(name));
  return {
    path,
    columns: given.filter(isNumberColumn).map(({ name }) => name),
    passedOver: given.filter((element) => !isNumberColumn(element)).map(({ name }) => name),
    rows,
    description: metadata.key_value_metadata?.find(({ key }) => key === PARTICLE_DESCRIPTION_KEY)?.value,
    read: (columns, use, readOptions) => readGroups(source, metadata, columns, use, readOptions),
    [Symbol.asyncDispose]: () => Promise.resolve(source[Symbol.asyncDispose]()),
  };
}

function asyncBuffer(source: ByteSource, options: ReadOptions): AsyncBuffer {
  return {
    byteLength: source.size,
    slice: async (start, end = source.size) => {
      const from = Math.max(0, start);
      const bytes = await source.read(from, Math.max(0, Math.min(end, source.size) - from), options);
      return bytes.buffer as ArrayBuffer;
    },
  };
}

/** The library's errors say what is wrong, in words of its own. */
async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDataError(error)) throw error;
    throw new DataError(
      'malformed',
      `${path} is no Parquet file that can be read: ${error instanceof Error ? error.message : String(error)}.`,
      { path, cause: error },
    );
  }
}

/** The columns; what a list or group is made of follows it in the schema. */
function topLevel([, ...elements]: readonly SchemaElement[]): readonly SchemaElement[] {
  let inside = 0;
  return elements.filter((element) => {
    const isTop = inside === 0;
    inside += (element.num_children ?? 0) - (isTop ? 0 : 1);
    return isTop;
  });
}

/** Whole numbers of any width and sign, fractions and flags; texts, dates and lists are none. */
function isNumberColumn(element: SchemaElement): boolean {
  const { type, converted_type: converted, logical_type: logical, num_children: children, repetition_type: repetition } = element;
  if (children || repetition === 'REPEATED' || type === undefined || !NUMBER_TYPES.includes(type)) return false;
  return (converted === undefined || WHOLE_TYPES.test(converted)) && (logical === undefined || logical.type === 'INTEGER');
}

/** What the groups promise must fit the file; the number of rows. */
function checkGroups(metadata: FileMetaData, { name: path, size }: ByteSource): number {
  const place = { path, field: 'row groups' };
  if (!Array.isArray(metadata.schema) || !Array.isArray(metadata.row_groups))
    throw new DataError('malformed', `${path} has no schema or no row groups.`, place);
  let rows = 0;
  for (const [g, group] of metadata.row_groups.entries()) {
    const count = Number(group.num_rows);
    if (!(count >= 0))
      throw new DataError('malformed', `Row group ${g} of ${path} says that it has ${String(group.num_rows)} rows.`, place);
    if (count > MAX_GROUP_ROWS)
      throw new DataError('too-large', `Row group ${g} of ${path} has ${count} rows; at most ${MAX_GROUP_ROWS} are read at once.`, place);
    for (const { meta_data: chunk } of group.columns ?? []) {
      const bytes = Number(chunk?.total_compressed_size);
      const start = chunkStart(chunk);
      if (!(bytes >= 0 && start >= 0 && start + bytes <= size)) {
        throw new DataError(
          'malformed',
          `A column of row group ${g} goes from ${start} to ${start + bytes}, ${path} has ${size} bytes.`,
          place,
        );
      }
    }
    rows += count;
  }
  if (rows !== Number(metadata.num_rows))
    throw new DataError('malformed', `${path} promises ${String(metadata.num_rows)} rows, its row groups have ${rows}.`, place);
  return rows;
}

function chunkStart(chunk: ColumnMetaData | undefined): number {
  const data = Number(chunk?.data_page_offset);
  const dictionary = Number(chunk?.dictionary_page_offset ?? 0n);
  return dictionary > 0 && dictionary < data ? dictionary : data;
}

async function readGroups(
  source: ByteSource,
  metadata: FileMetaData,
  columns: readonly string[],
  use: (pieces: readonly ColumnPiece[]) => void,
  options: ReadOptions,
): Promise<void> {
  let from = 0;
  for (const [g, group] of metadata.row_groups.entries()) {
    throwIfAborted(options.signal);
    const rows = Number(group.num_rows);
    if (rows === 0) continue;
    for (const { meta_data: chunk } of group.columns) {
      if (chunk && columns.includes(chunk.path_in_schema.join('.'))) await checkPages(source, chunk, rows, options);
    }
    const pieces = new Map<string, ColumnPiece[]>(columns.map((name) => [name, []]));
    await guarded(source.name, () =>
      parquetRead({
        file: asyncBuffer(source, options),
        metadata,
        columns: [...columns],
        rowStart: from,
        rowEnd: from + rows,
        compressors: limited(),
        utf8: false,
        geoparquet: false,
        onChunk: ({ columnName, columnData }) => void pieces.get(columnName)?.push(columnData as ColumnPiece),
      }),
    );
    // What the library tells of a chunk comes after its promise.
    await Promise.resolve();
    use(columns.map((name) => joined(pieces.get(name) ?? [], rows, { name, group: g, path: source.name })));
    from += rows;
  }
}

/** Page headers say how much memory decoding takes: more values than the group has rows, or huge pages, are lies. */
async function checkPages(source: ByteSource, chunk: ColumnMetaData, rows: number, options: ReadOptions): Promise<void> {
  const start = chunkStart(chunk);
  const bytes = await source.read(start, Number(chunk.total_compressed_size), options);
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const name = chunk.path_in_schema.join('.');
  const place = { path: source.name, offset: start, field: name };
  while (reader.offset < bytes.byteLength - 1) {
    const header = await guarded(source.name, async () => parquetHeader(reader));
    const {
      uncompressed_page_size: unpacked,
      compressed_page_size: packed,
      data_page_header: v1,
      data_page_header_v2: v2,
      dictionary_page_header: dictionary,
    } = header;
    const values = v1?.num_values ?? v2?.num_values ?? dictionary?.num_values ?? 0;
    if (!(values >= 0 && values <= rows))
      throw new DataError(
        'malformed',
        `A page of column '${name}' says that it has ${values} values, its row group has ${rows} rows.`,
        place,
      );
    if (!(unpacked >= 0 && packed >= 0 && reader.offset + packed <= bytes.byteLength))
      throw new DataError('malformed', `A page of column '${name}' of ${packed} bytes leaves its column.`, place);
    if (unpacked > MAX_PAGE_BYTES)
      throw new DataError('too-large', `A page of column '${name}' has ${unpacked} bytes; at most ${MAX_PAGE_BYTES} are read.`, place);
    reader.offset += packed;
  }
}

/** Decompression that stops at what the page header promised. */
function limited(): typeof compressors {
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, unpack]) => [
      codec,
      (input: Uint8Array, length: number) => {
        if (length > MAX_PAGE_BYTES) throw new Error(`a page of ${length} bytes is too large`);
        return unpack(input, length);
      },
    ]),
  );
}

function joined(
  parts: readonly ColumnPiece[],
  rows: number,
  { name, group, path }: { readonly name: string; readonly group: number; readonly path: string },
): ColumnPiece {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  if (total !== rows)
    throw new DataError('truncated', `Column '${name}' of row group ${group} has ${total} values, the group has ${rows} rows.`, {
      path,
      field: name,
    });
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const isWhole = parts.every((part) => part instanceof BigInt64Array || part instanceof BigUint64Array);
  const out = isWhole ? new BigInt64Array(rows) : new Float64Array(rows);
  let at = 0;
  for (const part of parts) {
    if (ArrayBuffer.isView(part)) (out as Float64Array).set(part as Float64Array, at);
    // What is no value is no number.
    else
      for (let i = 0; i < part.length; i++)
        (out as Float64Array)[at + i] = part[i] === null || part[i] === undefined ? Number.NaN : Number(part[i]);
    at += part.length;
  }
  return out;
}
