import { stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { DataError } from '../../shared/model/data-error.ts';
import type { Folder, FolderEntry } from '../sources/byte-source.ts';
import { isInside, openFolder } from '../sources/disk-folder.ts';
import { subFolder } from '../sources/sub-folder.ts';

/** An entry and the folder that holds it. */
export interface Located {
  readonly path: string;
  readonly folder: Folder;
  readonly entry: FolderEntry;
}

/**
 * The place of a path. Without `root` everything up to one folder above the path's own folder can be read from there, so that companions are
 * found; with it nothing outside of the root, links included.
 */
export async function locatePath(path: string, root?: string): Promise<Located> {
  const full = resolve(path);
  const folderPath = dirname(full);
  const limit = root === undefined ? dirname(folderPath) : resolve(root);
  if (!isInside(full, limit)) throw outsideRoot(full);
  const top = await openFolder(limit, root === undefined ? 'anywhere' : 'inside');
  if (full === limit) return { path: full, folder: top, entry: { name: '', kind: 'folder', size: 0 } };
  const folder = subFolder(top, relative(limit, folderPath).split(sep).join('/'));
  const entry = await folder.stat(basename(full));
  if (!entry) throw await absent(full);
  return { path: full, folder, entry };
}

/** Pipes, sockets and devices are no entries of a folder, but saying that they are not there would send the user looking. */
async function absent(path: string): Promise<DataError> {
  const special = await stat(path).then(
    () => true,
    () => false,
  );
  return special
    ? new DataError('unsupported', `${path} is a device or a pipe, not a file or folder.`, { path })
    : new DataError('not-found', `${path} does not exist.`, { path });
}

function outsideRoot(path: string): DataError {
  return new DataError('access-denied', `${path} lies outside of the folder that is served.`, { path });
}
