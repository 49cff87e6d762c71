import { gzipSync } from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { TypedArray } from '../../shared/model/dtype.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { PARTICLE_DESCRIPTION_KEY } from '../codecs/particle-description.ts';
import type { AtomicFile } from './atomic-file.ts';
import type { ColumnFile, ColumnSpec } from './column-file.ts';
import { SOFTWARE } from './version.ts';

/** Rows of a group: what is in memory at a time, and what a reader can pass over by its statistics. */
const GROUP_ROWS = 1 << 18;
const CODECS = { snappy: 'SNAPPY', gzip: 'GZIP', none: 'UNCOMPRESSED' } as const;
const COMPRESSORS = { GZIP: (input: Uint8Array): Uint8Array => gzipSync(input) };
const TYPES = { f4: 'FLOAT', f8: 'DOUBLE', i8: 'INT64', u4: 'INT32', u1: 'INT32' } as const;

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** A Parquet file that grows by row groups, which follow the order of the rows. */
export async function beginParquet(
  file: AtomicFile,
  columns: readonly ColumnSpec[],
  compression: keyof typeof CODECS,
): Promise<ColumnFile> {
  const bytes = new ByteWriter();
  const flush = async (): Promise<void> => {
    const done = bytes.getBytes().slice();
    bytes.index = 0;
    await file.write(done);
  };
  const schema: SchemaElement[] = [{ name: 'particles', num_children: columns.length }, ...columns.map(elementOf)];
  const codec = CODECS[compression];
  const parquet = new ParquetWriter({
    writer: Object.assign(bytes, { flush }),
    schema,
    codec,
    compressors: COMPRESSORS,
    createdBy: SOFTWARE,
  });
  let waiting: (readonly TypedArray[])[] = [];
  let rows = 0;
  const writeGroup = async (): Promise<void> => {
    const columnData = columns.map(({ name, dtype }, i) => ({
      name,
      data: joined(
        waiting.map((piece) => storable(piece[i] as TypedArray)),
        rows,
      ),
      // Positions hardly repeat: a list of those that do would only take time.
      ...(dtype === 'f4' || dtype === 'f8' ? { encoding: 'PLAIN' as const } : {}),
    }));
    waiting = [];
    rows = 0;
    await parquet.write({ columnData, rowGroupSize: GROUP_ROWS });
  };
  return {
    append: async (pieces) => {
      waiting.push(pieces);
      rows += pieces[0]?.length ?? 0;
      if (rows >= GROUP_ROWS) await writeGroup();
    },
    finish: async (description) => {
      if (rows > 0) await writeGroup();
      if (description !== undefined) parquet.kvMetadata = [{ key: PARTICLE_DESCRIPTION_KEY, value: description }];
      await parquet.finish();
      await flush();
    },
  };
}

function elementOf({ name, dtype }: ColumnSpec): SchemaElement {
  const type = (TYPES as Readonly<Record<string, 'FLOAT' | 'DOUBLE' | 'INT64' | 'INT32' | undefined>>)[dtype];
  if (!type) throw new DataError('internal', `No Parquet type for ${dtype}.`);
  return { name, type, repetition_type: 'REQUIRED' };
}

/** Small whole numbers, which the format has as 4-byte integers. */
function storable(column: TypedArray): Float32Array | Float64Array | BigInt64Array | Int32Array {
  if (column instanceof Float32Array || column instanceof Float64Array || column instanceof BigInt64Array) return column;
  return Int32Array.from(column as Uint32Array);
}

function joined(parts: readonly ReturnType<typeof storable>[], length: number): ReturnType<typeof storable> {
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  const Type = first?.constructor as new (length: number) => ReturnType<typeof storable>;
  const out = new Type(length);
  let at = 0;
  for (const part of parts) {
    (out as Float64Array).set(part as Float64Array, at);
    at += part.length;
  }
  return out;
}
