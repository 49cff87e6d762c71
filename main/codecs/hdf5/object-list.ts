import type { Hdf5Array } from './array-facts.ts';
import type { Hdf5Library } from './library.ts';

/** What lies in a file. */
export interface ObjectList {
  readonly arrays: readonly Hdf5Array[];
  /** Links that lead nowhere, into other files that are not there, or to damaged objects. */
  readonly broken: readonly string[];
  /** False where a limit ended the search. */
  readonly complete: boolean;
}

const LIMIT_MS = 3000;
const MAX_OBJECTS = 20_000;
const MAX_DEPTH = 64;

/** Breadth first, every group once: links may form circles. A damaged group costs its own members only. */
export function listObjects(library: Hdf5Library, file: bigint, array: (path: string) => Hdf5Array): ObjectList {
  const { calls } = library;
  const arrays: Hdf5Array[] = [];
  const broken: string[] = [];
  const seen = new Set<string>();
  let objects = 0;
  const deadline = Date.now() + LIMIT_MS;
  let groups = ['/'];
  for (let depth = 0; groups.length > 0; depth++) {
    const next: string[] = [];
    for (const group of groups) {
      for (const name of childNames(library, file, group, broken)) {
        if (depth >= MAX_DEPTH || objects++ >= MAX_OBJECTS || Date.now() > deadline) return { arrays, broken, complete: false };
        const path = group === '/' ? `/${name}` : `${group}/${name}`;
        try {
          const type = calls.get_type(file, path);
          const known = type === calls.H5G_GROUP || type === calls.H5G_DATASET;
          if (!known) {
            if (type !== calls.H5G_TYPE) broken.push(path);
            continue;
          }
          if (type === calls.H5G_DATASET) {
            arrays.push(array(path));
            continue;
          }
          const address = calls.create_object_reference(file, path).join();
          if (!seen.has(address)) next.push(path);
          seen.add(address);
        } catch {
          broken.push(path);
        }
      }
    }
    groups = next;
  }
  return { arrays, broken, complete: true };
}

function childNames({ calls }: Hdf5Library, file: bigint, group: string, broken: string[]): readonly string[] {
  try {
    return calls.get_names(file, group, false);
  } catch {
    broken.push(group);
    return [];
  }
}
