import type { ReadOptions } from '../../shared/model/dataset.ts';
import type { Folder, FolderEntry } from '../sources/byte-source.ts';
import type { ProbeAnswer } from './format.ts';

/** A folder of nothing but pictures; others may hold it, too, who know better. */
const SURE_SCORE = 0.4;
const LEAST_SCORE = 0.3;

/** So many names say what a folder holds: a probe looks at no file of it, and at no more names. */
const MOST_NAMES = 1000;

/** Files of a folder that are pictures by name, in natural order of names. */
export async function picturesIn(
  folder: Folder,
  name: string,
  isPicture: (name: string) => boolean,
  options: ReadOptions = {},
): Promise<readonly FolderEntry[]> {
  const files = (await folder.list(name, options)).filter((entry) => entry.kind === 'file' && isPicture(entry.name));
  const prefix = name === '' ? '' : `${name}/`;
  return files.map((file) => ({ ...file, name: prefix + file.name }));
}

/** The reader of the most files of a folder opens it. What has no extension is taken for a folder. */
export async function probePictures(
  folder: Folder,
  name: string,
  isPicture: (name: string) => boolean,
  kind: string,
): Promise<ProbeAnswer> {
  const names = await folder.names(name);
  const looked = names.slice(0, MOST_NAMES).filter((each) => each.includes('.', 1));
  const count = looked.filter(isPicture).length;
  if (count === 0) return { score: 0, reason: `a folder without ${kind}` };
  const reason =
    names.length > MOST_NAMES ? `a folder with ${kind}: ${count} of the first ${MOST_NAMES} names` : `a folder with ${count} ${kind}`;
  return { score: LEAST_SCORE + ((SURE_SCORE - LEAST_SCORE) * count) / looked.length, reason };
}
