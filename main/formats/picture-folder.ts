import type { ReadOptions } from '../../shared/model/dataset.ts';
import type { Folder, FolderEntry } from '../sources/byte-source.ts';
import type { ProbeAnswer } from './format.ts';

/** A folder of nothing but pictures; others may hold it, too, who know better. */
const SURE_SCORE = 0.4;
const LEAST_SCORE = 0.3;

/** Files of a folder that are pictures by name, in natural order of names. */
export async function picturesIn(
  folder: Folder,
  name: string,
  isPicture: (name: string) => boolean,
  options: ReadOptions = {},
): Promise<{ readonly found: readonly FolderEntry[]; readonly files: number }> {
  const files = (await folder.list(name, options)).filter(({ kind }) => kind === 'file');
  const prefix = name === '' ? '' : `${name}/`;
  return {
    found: files.filter((file) => isPicture(file.name)).map((file) => ({ ...file, name: prefix + file.name })),
    files: files.length,
  };
}

/** The reader of the most files of a folder opens it. */
export function probePictures(
  kind: string,
  { found, files }: { readonly found: readonly FolderEntry[]; readonly files: number },
): ProbeAnswer {
  const count = found.length;
  if (count === 0) return { score: 0, reason: `a folder without ${kind}` };
  return { score: LEAST_SCORE + ((SURE_SCORE - LEAST_SCORE) * count) / files, reason: `a folder with ${count} ${kind}` };
}
