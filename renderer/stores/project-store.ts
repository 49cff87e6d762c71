import { create } from 'zustand';
import type { ListedEntry } from '../../shared/contract/listing.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import type { ErrorRecord } from '../../shared/model/data-error.ts';

/** A folder that the user opened, or a dataset that lies in none of the opened folders. */
export interface Root {
  readonly path: string;
  readonly name: string;
  readonly kind: 'folder' | 'dataset';
}

export type Listing =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly entries: readonly ListedEntry[] }
  | { readonly state: 'failed'; readonly error: ErrorRecord };

/** How a dataset was opened, to open it again in a new host. */
export interface Origin {
  /** Absent for bytes that were dropped on the page: they cannot be opened again. */
  readonly path?: string;
  readonly format?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

interface ProjectState {
  readonly roots: readonly Root[];
  readonly listings: Readonly<Record<string, Listing>>;
  readonly expanded: readonly string[];
  readonly origins: Readonly<Record<DatasetId, Origin>>;
  /** Why a dataset of the tree could not be opened, by path. */
  readonly failures: Readonly<Record<string, ErrorRecord>>;
  readonly filter: string;
  addRoot(root: Root): void;
  removeRoot(path: string): void;
  setListing(path: string, listing: Listing): void;
  setExpanded(paths: readonly string[]): void;
  setOrigin(dataset: DatasetId, origin: Origin | undefined): void;
  setFailure(path: string, error: ErrorRecord | undefined): void;
  setFilter(filter: string): void;
}

export const useProject = create<ProjectState>((set) => ({
  roots: [],
  listings: {},
  expanded: [],
  origins: {},
  failures: {},
  filter: '',
  addRoot: (root) => set((state) => (state.roots.some(({ path }) => path === root.path) ? state : { roots: [...state.roots, root] })),
  removeRoot: (path) =>
    set((state) => ({
      roots: state.roots.filter((root) => root.path !== path),
      expanded: state.expanded.filter((open) => !isWithin(open, path)),
      listings: Object.fromEntries(Object.entries(state.listings).filter(([folder]) => !isWithin(folder, path))),
      failures: Object.fromEntries(Object.entries(state.failures).filter(([failed]) => !isWithin(failed, path))),
    })),
  setListing: (path, listing) => set((state) => ({ listings: { ...state.listings, [path]: listing } })),
  setExpanded: (expanded) => set({ expanded }),
  setOrigin: (dataset, origin) => set((state) => ({ origins: changed(state.origins, dataset, origin) })),
  setFailure: (path, error) => set((state) => ({ failures: changed(state.failures, path, error) })),
  setFilter: (filter) => set({ filter }),
}));

function changed<T>(record: Readonly<Record<string, T>>, key: string, value: T | undefined): Record<string, T> {
  const { [key]: _old, ...rest } = record;
  return value === undefined ? rest : { ...rest, [key]: value };
}

/** True for the folder itself and everything below it. */
export function isWithin(path: string, folder: string): boolean {
  const normal = (text: string): string => text.replace(/\\/g, '/').replace(/\/+$/, '');
  const inner = normal(path);
  const outer = normal(folder);
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Last part of a path of either system. */
export function fileName(path: string): string {
  return (
    path
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .at(-1) || path
  );
}

/** The folder that holds a path; empty where there is none. */
export function folderOf(path: string): string {
  return path.replace(/[\\/]+$/, '').replace(/[\\/]?[^\\/]*$/, '');
}
