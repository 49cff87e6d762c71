import type { DesktopApi, RecentEntry } from '../../preload/api.ts';
import { jsonFile } from './json-file.ts';
import { isRecord } from './settings.ts';

/** Pinned ones do not count. */
const MAX_UNPINNED = 20;

function isEntry(value: unknown): value is RecentEntry {
  if (!isRecord(value)) return false;
  const { path, title, detail, openedAt, pinned } = value;
  return (
    typeof path === 'string' &&
    typeof title === 'string' &&
    typeof openedAt === 'number' &&
    typeof pinned === 'boolean' &&
    ['undefined', 'string'].includes(typeof detail)
  );
}

function ordered(entries: readonly RecentEntry[]): readonly RecentEntry[] {
  const newestFirst = [...entries].sort((a, b) => b.openedAt - a.openedAt);
  const pinned = newestFirst.filter((entry) => entry.pinned);
  return [...pinned, ...newestFirst.filter((entry) => !entry.pinned).slice(0, MAX_UNPINNED)];
}

/** Recently opened datasets, kept in a file; the interface is the page's, with `now` in milliseconds since 1970. */
export function recentFiles(file: string, now: () => number = Date.now): DesktopApi['recent'] {
  const stored = jsonFile<readonly RecentEntry[]>(file, (found) => (Array.isArray(found) ? ordered(found.filter(isEntry)) : []));
  return {
    list: () => stored.read(),
    add: ({ path, title, detail }) =>
      stored.update((entries) => {
        const pinned = entries.find((entry) => entry.path === path)?.pinned ?? false;
        const entry: RecentEntry = { path, title, ...(detail === undefined ? {} : { detail }), openedAt: now(), pinned };
        return ordered([entry, ...entries.filter((other) => other.path !== path)]);
      }),
    pin: (path, pinned) =>
      stored.update((entries) => ordered(entries.map((entry) => (entry.path === path ? { ...entry, pinned } : entry)))),
    remove: (path) => stored.update((entries) => entries.filter((entry) => entry.path !== path)),
    clear: () => stored.update((entries) => entries.filter((entry) => entry.pinned)),
  };
}
