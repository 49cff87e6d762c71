import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../../codecs/byte-reader.ts';
import { readNpyHeader, type NpyHeader } from '../../codecs/npy.ts';
import { MAX_PARTICLE_DESCRIPTION_BYTES } from '../../codecs/particle-description.ts';
import { NPZ_PARTICLES } from '../../codecs/particle-layout.ts';
import { decodeSamples } from '../../codecs/sample-type.ts';
import { openZip } from '../../codecs/zip/read-zip.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import { archiveFiles } from '../npz-members.ts';
import type { RowTable } from './row-table.ts';

const ROWS_AT_ONCE = 1 << 18;
const UNREADABLE: readonly string[] = ['c8', 'c16', 'f2'];

interface Member {
  readonly file: ByteReader;
  readonly header: NpyHeader;
}

/** A NumPy archive with an array of one axis a column. */
export async function openNpzTable(source: ByteSource, options: ReadOptions): Promise<RowTable> {
  const path = source.name;
  const archive = await openZip(source, options);
  const files = archiveFiles(archive, path);
  const arrays = new Map<string, Member>();
  for (const member of archive.members.values()) {
    if (!member.name.endsWith('.npy')) continue;
    const file = files.open(member);
    arrays.set(member.name.slice(0, -'.npy'.length), { file, header: await readNpyHeader(file, options, 0) });
  }
  const rows = checkArrays(arrays, path);
  const description = archive.members.get(NPZ_PARTICLES);
  return {
    path,
    columns: [...arrays.keys()],
    rows,
    description: description
      ? new TextDecoder().decode(await archive.readWhole(description, MAX_PARTICLE_DESCRIPTION_BYTES, options))
      : undefined,
    read: async (columns, use, readOptions) => {
      const chosen = columns.map((name) => arrays.get(name) as Member);
      for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
        throwIfAborted(readOptions.signal);
        const count = Math.min(ROWS_AT_ONCE, rows - from);
        const pieces = [];
        for (const member of chosen) pieces.push(await readPart(member, from, count, readOptions));
        use(pieces);
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(source[Symbol.asyncDispose]()),
  };
}

async function readPart(
  { file, header }: Member,
  from: number,
  count: number,
  options: ReadOptions,
): Promise<ReturnType<typeof decodeSamples>> {
  const bytes = await file.read(header.dataOffset + from * header.sampleBytes, count * header.sampleBytes, options);
  return decodeSamples((header.fields[0] as NpyHeader['fields'][number]).type, bytes, count);
}

/** Rows of all columns, which must have the same number. */
function checkArrays(arrays: ReadonlyMap<string, Member>, path: string): number {
  let rows: number | undefined;
  let first = '';
  for (const [name, { header, file }] of arrays) {
    const [field] = header.fields;
    const shape = `(${header.shape.join(', ')})`;
    if (header.shape.length !== 1)
      throw new DataError('malformed', `'${name}' has the shape ${shape}; a column has one axis.`, { path, field: name });
    if (!field || header.fields.length > 1 || UNREADABLE.includes(field.type.dtype))
      throw new DataError('unsupported', `'${name}' holds ${header.descr}, which is no column of numbers.`, { path, field: name });
    const [length = 0] = header.shape;
    if (header.dataOffset + length * header.sampleBytes > file.size)
      throw new DataError('truncated', `'${name}' promises ${length} rows, its ${file.size} bytes end before.`, { path, field: name });
    if (rows === undefined) [rows, first] = [length, name];
    else if (rows !== length)
      throw new DataError('malformed', `'${name}' has ${length} rows, '${first}' has ${rows}.`, { path, field: name });
  }
  if (rows === undefined) throw new DataError('malformed', `${path} holds no .npy array.`, { path });
  return rows;
}
