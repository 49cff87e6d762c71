import { create } from 'zustand';
import type { RecentEntry } from '../../preload/api.ts';
import { desktop } from '../client/desktop.ts';

/** What was opened before, newest first, pinned ones before: kept by the desktop shell, or by the browser for this page. */
interface RecentState {
  readonly entries: readonly RecentEntry[];
  /** Paths that were asked for and are not there. */
  readonly missing: readonly string[];
  set(entries: readonly RecentEntry[]): void;
  markMissing(path: string, missing: boolean): void;
}

export const useRecent = create<RecentState>((set) => ({
  entries: [],
  missing: [],
  set: (entries) => set({ entries }),
  markMissing: (path, missing) =>
    set((state) => ({ missing: missing ? [...new Set([...state.missing, path])] : state.missing.filter((other) => other !== path) })),
}));

type Keeper = NonNullable<typeof desktop>['recent'];

const STORED = 'streakline-recent';
const MAX_ENTRIES = 24;

/** Pinned before others, then newest first; at most MAX_ENTRIES. */
export function sortRecent(entries: readonly RecentEntry[]): RecentEntry[] {
  return [...entries].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.openedAt - a.openedAt).slice(0, MAX_ENTRIES);
}

/** The list of an entry opened now: it comes first, once, and stays pinned if it was. */
export function withRecent(
  entries: readonly RecentEntry[],
  entry: { path: string; title: string; detail?: string },
  openedAt: number,
): RecentEntry[] {
  const pinned = entries.some(({ path, pinned }) => path === entry.path && pinned);
  return sortRecent([{ ...entry, openedAt, pinned }, ...entries.filter(({ path }) => path !== entry.path)]);
}

const browserKeeper: Keeper = {
  list: async () => stored(),
  add: async (entry) => store(withRecent(stored(), entry, Date.now())),
  pin: async (path, pinned) => store(sortRecent(stored().map((entry) => (entry.path === path ? { ...entry, pinned } : entry)))),
  remove: async (path) => store(stored().filter((entry) => entry.path !== path)),
  clear: async () => store(stored().filter((entry) => entry.pinned)),
};

function stored(): RecentEntry[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]');
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function store(entries: RecentEntry[]): RecentEntry[] {
  localStorage.setItem(STORED, JSON.stringify(entries));
  return entries;
}

function isEntry(value: unknown): value is RecentEntry {
  const entry = value as Partial<RecentEntry> | null;
  return (
    typeof entry === 'object' &&
    typeof entry?.path === 'string' &&
    typeof entry.title === 'string' &&
    typeof entry.openedAt === 'number' &&
    typeof entry.pinned === 'boolean'
  );
}

const keeper = desktop?.recent ?? browserKeeper;

async function keep(change: Promise<readonly RecentEntry[]>): Promise<void> {
  useRecent.getState().set(await change);
}

export const recent = {
  load: () => keep(keeper.list()),
  add: (entry: { path: string; title: string; detail?: string }) => keep(keeper.add(entry)),
  pin: (path: string, pinned: boolean) => keep(keeper.pin(path, pinned)),
  remove: (path: string) => keep(keeper.remove(path)),
  clear: () => keep(keeper.clear()),
};
