import { promises as fs, statSync, type Stats } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { throwIfAborted } from '../../shared/model/data-error.ts';
import type { ReadOptions } from '../../shared/model/dataset.ts';
import type { Folder, FolderEntry } from './byte-source.ts';
import { fileError } from './file-error.ts';
import { openFile } from './file-source.ts';
import { compareNames, outside, resolveParts } from './relative-path.ts';

/** Entries asked for at once: enough to keep a network drive busy, few enough for its queue. */
const STATS_AT_ONCE = 64;
const SLOW_STAT_MS = 1;

/**
 * A folder of the file system; its path is the root. Symbolic links are followed while they stay inside of the root's real place;
 * 'anywhere' also follows those that the user has laid to other places.
 */
export async function openFolder(path: string, links: 'inside' | 'anywhere' = 'inside'): Promise<Folder> {
  const root = await realPlace(path, path);
  const allows = (real: string): boolean => links === 'anywhere' || isInside(real, root);
  const locate = async (relative: string): Promise<{ full: string; real: string }> => {
    const full = join(path, ...resolveParts([], relative, path));
    const real = await realPlace(full, full);
    if (!allows(real)) throw outside(path, relative);
    return { full, real };
  };
  return {
    path,
    pathOf: (relative) => join(path, ...resolveParts([], relative, path)),
    list: async (relative = '', options) => listFolder(await locate(relative), allows, options),
    names: async (relative = '') => {
      const { full, real } = await locate(relative);
      return fs.readdir(real).catch((error: unknown) => {
        throw fileError(error, full);
      });
    },
    open: async (relative, options) => {
      const { full, real } = await locate(relative);
      throwIfAborted(options?.signal);
      return openFile(real, full);
    },
    stat: async (relative) => {
      try {
        const { real } = await locate(relative);
        return entryOf(lastPart(relative) || lastPart(path), await fs.stat(real));
      } catch (error) {
        const said = fileError(error, join(path, relative));
        if (said.code === 'not-found') return undefined;
        throw said;
      }
    },
  };
}

async function listFolder(
  place: { full: string; real: string },
  allows: (real: string) => boolean,
  options: ReadOptions = {},
): Promise<readonly FolderEntry[]> {
  const found = await fs.readdir(place.real, { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(error, place.full);
  });
  const entries: FolderEntry[] = [];
  for (let from = 0; from < found.length; from += STATS_AT_ONCE) {
    throwIfAborted(options.signal);
    const statOf = quickStat();
    const batch = found.slice(from, from + STATS_AT_ONCE);
    const known = await Promise.all(
      batch.map((dirent) =>
        dirent.isDirectory()
          ? { name: dirent.name, kind: 'folder' as const, size: 0 }
          : dirent.isSymbolicLink()
            ? statLink(place, dirent.name, allows)
            : statInside(join(place.real, dirent.name), dirent.name, statOf),
      ),
    );
    for (const entry of known) if (entry) entries.push(entry);
  }
  return entries.sort((a, b) => compareNames(a.name, b.name));
}

type StatOf = (full: string) => Stats | Promise<Stats>;

/** A local disk answers in microseconds, a tenth of what waiting for it costs. After a slow answer, as of a network drive, the others are asked side by side. */
function quickStat(): StatOf {
  let quick = true;
  return (full) => {
    if (!quick) return fs.stat(full);
    const start = performance.now();
    try {
      return statSync(full);
    } finally {
      quick = performance.now() - start < SLOW_STAT_MS;
    }
  };
}

/** An entry of a listing; undefined where it went away meanwhile or is neither file nor folder. */
async function statInside(full: string, name: string, statOf: StatOf): Promise<FolderEntry | undefined> {
  try {
    return entryOf(name, await statOf(full));
  } catch {
    return undefined;
  }
}

/** What a link leads to; undefined also where that lies outside of the root. */
async function statLink(
  place: { full: string; real: string },
  name: string,
  allows: (real: string) => boolean,
): Promise<FolderEntry | undefined> {
  try {
    const real = await fs.realpath(join(place.real, name));
    if (!allows(real)) return undefined;
    const entry = entryOf(name, await fs.stat(real));
    return entry?.kind === 'folder' && (await leadsBack(place, real)) ? { ...entry, loops: true } : entry;
  } catch {
    return undefined;
  }
}

/** True where `target` is the listed folder or one above it, in its real place or on the way that was taken to it. */
async function leadsBack(place: { full: string; real: string }, target: string): Promise<boolean> {
  if (isInside(place.real, target)) return true;
  for (let above = place.full; dirname(above) !== above; above = dirname(above)) {
    if ((await fs.realpath(above)) === target) return true;
  }
  return false;
}

function entryOf(name: string, stats: Stats): FolderEntry | undefined {
  if (stats.isDirectory()) return { name, kind: 'folder', size: 0 };
  return stats.isFile() ? { name, kind: 'file', size: stats.size, modified: stats.mtimeMs } : undefined;
}

async function realPlace(path: string, shown: string): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    throw fileError(error, shown);
  }
}

/** True for the bound itself and everything below it; both are real paths. */
export function isInside(path: string, bound: string): boolean {
  return path === bound || path.startsWith(bound.endsWith(sep) ? bound : bound + sep);
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
}
