import { DataError } from '../../shared/model/data-error.ts';
import type { Folder, FolderEntry } from './byte-source.ts';
import { memorySource } from './memory-source.ts';
import { compareNames, resolveParts } from './relative-path.ts';

/** A folder of files in memory; keys are relative paths with '/', folders exist where a file lies below them. */
export function memoryFolder(path: string, files: ReadonlyMap<string, Uint8Array>): Folder {
  const locate = (relative: string): string => resolveParts([], relative, path).join('/');
  const pathOf = (relative: string): string => [path, locate(relative)].filter(Boolean).join('/');
  const statAt = (place: string): FolderEntry | undefined => {
    const bytes = files.get(place);
    const name = place.split('/').at(-1) ?? '';
    if (bytes) return { name, kind: 'file', size: bytes.byteLength };
    const prefix = place === '' ? '' : `${place}/`;
    return place === '' || [...files.keys()].some((key) => key.startsWith(prefix)) ? { name, kind: 'folder', size: 0 } : undefined;
  };
  const namesIn = (relative: string): readonly string[] => {
    const place = locate(relative);
    if (!statAt(place)) throw new DataError('not-found', `${pathOf(relative)} does not exist.`, { path: pathOf(relative) });
    const prefix = place === '' ? '' : `${place}/`;
    const below = [...files.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length).split('/')[0] ?? '');
    return [...new Set(below)];
  };
  return {
    path,
    pathOf,
    stat: async (relative) => statAt(locate(relative)),
    names: async (relative = '') => namesIn(relative),
    list: async (relative = '') => {
      const place = locate(relative);
      const prefix = place === '' ? '' : `${place}/`;
      return [...namesIn(relative)].sort(compareNames).flatMap((name) => statAt(prefix + name) ?? []);
    },
    open: async (relative) => {
      const bytes = files.get(locate(relative));
      if (!bytes) throw new DataError('not-found', `${pathOf(relative)} does not exist.`, { path: pathOf(relative) });
      return memorySource(pathOf(relative), bytes);
    },
  };
}
