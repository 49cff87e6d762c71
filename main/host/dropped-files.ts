import type { WireArray } from '../../shared/contract/payload.ts';
import { DataError, isDataError, throwIfAborted } from '../../shared/model/data-error.ts';
import { bytesOf } from '../../shared/model/dtype.ts';
import type { Folder } from '../sources/byte-source.ts';
import { memoryFolder } from '../sources/memory-folder.ts';
import { resolveParts } from '../sources/relative-path.ts';
import { subFolder } from '../sources/sub-folder.ts';
import { listEntries } from './folder-listing.ts';
import { openEntry, type OpenedPath, type OpenOptions } from './open-path.ts';
import { onDisk } from './spilled-source.ts';

/** Files that came by their bytes; `member` is the one to open, absent = the first that is a dataset. */
export interface DroppedFiles {
  readonly names: readonly string[];
  readonly arrays: readonly WireArray[];
  readonly member?: string;
}

/** The same in shared memory: all workers that read of these files read one copy. */
export function shareBytes<R extends DroppedFiles>(request: R): R {
  const share = ({ dtype, data }: WireArray): WireArray => {
    if (data.buffer instanceof SharedArrayBuffer) return { dtype, data };
    const shared = new Uint8Array(new SharedArrayBuffer(data.byteLength));
    shared.set(bytesOf(data));
    return { dtype, data: shared };
  };
  return { ...request, arrays: request.arrays.map(share) };
}

export interface OpenedDrop extends OpenedPath {
  /** Other datasets among the files. */
  readonly others?: readonly string[];
}

/** So many folders inside of each other are passed in search of datasets, as long as each holds nothing but the next one. */
const MAX_DEPTH = 8;

/** Opens a dataset among files that are in memory; one that is damaged does not stand in the way of the others. */
export async function openDropped({ names, arrays, member }: DroppedFiles, how: OpenOptions): Promise<OpenedDrop> {
  const root = folderOf(names, arrays);
  if (member !== undefined) return openMember(root, member, how);
  const found = how.format === undefined ? await datasetsIn(root, how.signal) : [];
  const tried = found.length > 0 ? found : [...names].sort((a, b) => a.split('/').length - b.split('/').length);
  let refused: unknown;
  for (const name of tried) {
    try {
      const opened = await openMember(root, name, how);
      const others = found.filter((other) => other !== name);
      return others.length === 0 ? opened : { ...opened, others };
    } catch (error) {
      throwIfAborted(how.signal);
      if (found.length === 0 && !isDataError(error, 'unknown-format')) throw error;
      refused ??= error;
    }
  }
  throw refused;
}

function folderOf(names: readonly string[], arrays: readonly WireArray[]): Folder {
  if (names.length !== arrays.length)
    throw new DataError('invalid-option', `${names.length} names came with ${arrays.length} arrays.`, { field: 'names' });
  const folder = memoryFolder('', new Map(names.map((name, i) => [resolveParts([], name, '').join('/'), fileBytes(name, arrays[i])])));
  return { ...folder, open: async (relative, options) => onDisk(await folder.open(relative, options)) };
}

/** Names of the datasets at the top, a set and its folder being one. What lies in a single folder is looked for there. */
async function datasetsIn(root: Folder, signal: AbortSignal | undefined): Promise<readonly string[]> {
  let place = '';
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const entries = await listEntries(subFolder(root, place), signal);
    const datasets = entries.filter(({ kind }) => kind === 'dataset');
    if (datasets.length > 0) return datasets.map(({ name }) => `${place}${name}`);
    const [only] = entries;
    if (entries.length !== 1 || only?.kind !== 'folder') return [];
    place = `${place}${only.name}/`;
  }
  return [];
}

async function openMember(root: Folder, path: string, how: OpenOptions): Promise<OpenedPath> {
  const folder = subFolder(root, path.split('/').slice(0, -1).join('/'));
  const entry = await root.stat(path);
  if (!entry) throw new DataError('not-found', `${path} is not among the files.`, { path });
  return openEntry(folder, entry, how);
}

function fileBytes(name: string, array: WireArray | undefined): Uint8Array {
  if (array?.dtype === 'u1' && array.data instanceof Uint8Array) return array.data;
  throw new DataError('invalid-option', `The content of ${name} did not come as bytes (u1).`, { field: 'arrays' });
}
