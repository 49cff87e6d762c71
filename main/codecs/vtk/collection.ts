import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteReader } from '../byte-reader.ts';
import { descendants, parseXml } from '../xml.ts';

/** A file of a .pvd collection. */
export interface CollectionEntry {
  /** Relative to the collection. */
  readonly file: string;
  /** Seconds; NaN where it is not told. */
  readonly time: number;
  /** 0 = the first file of its time. */
  readonly part: number;
}

/** A line a file: enough for some hundred thousand. */
const MAX_BYTES = 64 << 20;

/** What the first file of a collection is, by the beginning of its text: 'vti', 'vtp', ...; undefined where it names none. */
export function collectionExtension(head: string): string | undefined {
  return /<DataSet\b[^>]*\bfile\s*=\s*["'][^"']*\.(\w+)["']/i.exec(head)?.[1]?.toLowerCase();
}

/** The files of a .pvd collection, which must all be of one kind. */
export async function readVtkCollection(
  source: ByteReader,
  extension: 'vti' | 'vtp',
  options: ReadOptions,
): Promise<readonly CollectionEntry[]> {
  const place = { path: source.name, field: 'DataSet' };
  if (source.size > MAX_BYTES)
    throw new DataError('too-large', `The VTK collection has ${source.size} bytes; at most ${MAX_BYTES} are read.`, place);
  const root = parseXml(await source.read(0, source.size, options), source.name, MAX_BYTES);
  const entries = descendants(root, 'DataSet').map(
    ({ attributes: { file = '', timestep, part } }): CollectionEntry => ({
      file,
      time: Number(timestep ?? Number.NaN),
      part: Number(part ?? 0),
    }),
  );
  if (root.attributes.type !== 'Collection' || entries.length === 0)
    throw new DataError('malformed', 'The VTK collection names no files.', place);
  const other = entries.find(({ file }) => !file.toLowerCase().endsWith(`.${extension}`));
  if (other)
    throw new DataError('unsupported', `The VTK collection names '${other.file}'; only .${extension} files are read with it.`, place);
  return entries;
}
