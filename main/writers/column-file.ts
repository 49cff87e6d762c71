import { DataError } from '../../shared/model/data-error.ts';
import { bytesOf, sampleBytes, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import { commentFooter } from '../codecs/comment-footer.ts';
import { shortestFloat } from '../codecs/float-text.ts';
import { npyHeaderBytes } from '../codecs/npy.ts';
import { NPZ_PARTICLES } from '../codecs/particle-layout.ts';
import { sampleTypeText } from '../codecs/sample-type.ts';
import type { AtomicFile } from './atomic-file.ts';
import { beginParquet } from './parquet-columns.ts';
import { cellText, csvCell } from './table-encoders.ts';
import { createZipFile, type GrowingMember } from './zip-file.ts';

export interface ColumnSpec {
  readonly name: string;
  readonly dtype: DType;
}

/** A table that is written a piece at a time, so that it need not fit into memory. */
export interface ColumnFile {
  /** Some rows: one array a column, all of one length. */
  append(columns: readonly TypedArray[]): Promise<void>;
  /** Ends the file, with the description by which it opens again where one is given. */
  finish(description?: string): Promise<void>;
}

/** Begins a table of so many rows. */
export type BeginColumns = (
  file: AtomicFile,
  columns: readonly ColumnSpec[],
  rows: number,
  o?: { readonly compression?: 'snappy' | 'gzip' | 'none' },
) => Promise<ColumnFile>;

const OUTPUTS: ReadonlyMap<string, BeginColumns> = new Map<string, BeginColumns>([
  ['npz', beginNpz],
  ['csv', beginCsv],
  ['parquet', (file, columns, _rows, o) => beginParquet(file, columns, o?.compression ?? 'snappy')],
]);

/** The output that the extension of a file name names. */
export function columnFileFor(path: string): BeginColumns {
  const begin = OUTPUTS.get(/\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
  if (begin) return begin;
  const hint = `Particles and tracks are written as ${[...OUTPUTS.keys()].map((name) => `.${name}`).join(', ')}.`;
  throw new DataError('invalid-option', `The extension of ${path} names no output for particles.`, { field: 'out', hint });
}

/** Characters that are no file names on some system, so that an archive can be unpacked anywhere. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}]/gu;

/** Names of the arrays of an archive. */
export function archiveNames(columns: readonly ColumnSpec[]): readonly string[] {
  return uniqueNames(columns.map(({ name }) => name.replace(UNSAFE, '_')));
}

/** NumPy archive: an array [rows] a column. */
async function beginNpz(file: AtomicFile, columns: readonly ColumnSpec[], rows: number): Promise<ColumnFile> {
  const zip = createZipFile(file);
  const names = archiveNames(columns);
  const members: GrowingMember[] = [];
  for (const [i, { dtype }] of columns.entries()) {
    const header = npyHeaderBytes(sampleTypeText({ dtype, littleEndian: true }), [rows]);
    const member = zip.begin(`${names[i]}.npy`, header.byteLength + rows * sampleBytes(dtype));
    await member.append(header);
    members.push(member);
  }
  return {
    append: async (values) => {
      for (const [i, member] of members.entries()) await member.append(bytesOf(values[i] as TypedArray));
    },
    finish: async (description) => {
      if (description !== undefined) await zip.addText(NPZ_PARTICLES, description);
      await zip.finish();
    },
  };
}

/** The names, told apart by a number where two would be the same on some system. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}_${n}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

/** Rows that are put together before they are written. */
const LINES_AT_ONCE = 8192;

/** Comma-separated text with a heading; what is missing is empty. */
async function beginCsv(file: AtomicFile, columns: readonly ColumnSpec[]): Promise<ColumnFile> {
  const encoder = new TextEncoder();
  let bytes = 0;
  const put = async (text: string): Promise<void> => {
    const encoded = encoder.encode(text);
    bytes += encoded.byteLength;
    await file.write(encoded);
  };
  await put(`${columns.map(({ name }) => csvCell(name)).join(',')}\n`);
  return {
    append: async (given) => {
      const values = given.map(plainNumbers);
      const rows = values[0]?.length ?? 0;
      for (let start = 0; start < rows; start += LINES_AT_ONCE) {
        let text = '';
        for (let row = start; row < Math.min(rows, start + LINES_AT_ONCE); row++) {
          for (let i = 0; i < values.length; i++) {
            const column = values[i] as TypedArray;
            const value = column[row] as number | bigint;
            text += (i === 0 ? '' : ',') + cellText(column instanceof Float32Array ? shortestFloat(value as number) : value);
          }
          text += '\n';
        }
        await put(text);
      }
    },
    finish: async (description) => {
      if (description !== undefined) await put(commentFooter(description, bytes));
    },
  };
}

/** 8-byte integers as numbers where all of them can be: their texts take long otherwise. */
function plainNumbers(column: TypedArray): TypedArray {
  if (!(column instanceof BigInt64Array)) return column;
  const plain = new Float64Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const value = Number(column[i]);
    if (!Number.isSafeInteger(value)) return column;
    plain[i] = value;
  }
  return plain;
}
