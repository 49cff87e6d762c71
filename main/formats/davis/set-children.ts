import type { ChildRef, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { isDataError } from '../../../shared/model/data-error.ts';
import type { FolderEntry } from '../../sources/byte-source.ts';
import { setPairs, type SetPlace } from './set-place.ts';

/** Folders inside of a set that are looked into for sub sets; DVC recordings have one (Data). */
const MAX_INNER_FOLDERS = 64;

export interface SetChildren {
  /** Sets directly inside of the set's folder: members of a multi-set, results. */
  readonly own: readonly ChildRef[];
  /** Sets one folder further down, such as Data/S00001.set of a DVC recording. */
  readonly inner: readonly ChildRef[];
  readonly warnings: readonly Warning[];
}

/** The sets inside of a set's folder, in natural order; none of them is opened. */
export async function findChildren(
  place: SetPlace,
  entries: readonly FolderEntry[],
  format: string,
  options?: ReadOptions,
): Promise<SetChildren> {
  const own = setPairs(entries);
  const taken = new Set([...own.pairs.map(({ folder }) => folder), ...own.loops]);
  const plain = entries.filter(({ kind, name, loops }) => kind === 'folder' && !loops && !taken.has(name)).slice(0, MAX_INNER_FOLDERS);
  const inner: ChildRef[] = [];
  const loops = [...own.loops];
  for (const { name } of plain) {
    const found = setPairs(await listQuietly(place, name, options));
    inner.push(...found.pairs.map(({ text }) => childRef(place, `${name}/${text}`, format)));
    loops.push(...found.loops.map((loop) => `${name}/${loop}`));
  }
  return {
    own: own.pairs.map(({ text }) => childRef(place, text, format)),
    inner,
    warnings: loops.map((name) => loopWarning(place, name)),
  };
}

function childRef(place: SetPlace, text: string, format: string): ChildRef {
  return { title: text.replace(/\.set$/i, ''), path: place.pathOf(text), format };
}

function loopWarning(place: SetPlace, name: string): Warning {
  return { code: 'loop', message: `${name} is a link that leads back to a folder above it; it is left out.`, path: place.pathOf(name) };
}

/** A folder that may not be read hides its sets, and is no reason to hide the set around it. */
async function listQuietly(place: SetPlace, name: string, options?: ReadOptions): Promise<readonly FolderEntry[]> {
  try {
    return await place.listInside(name, options);
  } catch (error) {
    if (isDataError(error, 'access-denied', 'not-found', 'io')) return [];
    throw error;
  }
}
