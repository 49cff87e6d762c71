import type { Folder } from './byte-source.ts';
import { resolveParts } from './relative-path.ts';

/** A folder inside of `root`, from which `..` still leads up as far as `root` itself. */
export function subFolder(root: Folder, relative: string): Folder {
  const base = resolveParts([], relative, root.path);
  if (base.length === 0) return root;
  const inRoot = (path: string): string => resolveParts(base, path, root.path).join('/');
  return {
    path: root.pathOf(relative),
    list: async (path = '', options) => root.list(inRoot(path), options),
    names: async (path = '') => root.names(inRoot(path)),
    open: async (path, options) => root.open(inRoot(path), options),
    stat: async (path, options) => root.stat(inRoot(path), options),
    pathOf: (path) => root.pathOf(inRoot(path)),
  };
}
