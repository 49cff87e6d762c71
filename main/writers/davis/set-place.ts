import { promises as fs, type Dirent } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DataError } from '../../../shared/model/data-error.ts';
import { existsError, writeError } from '../atomic-file.ts';
import { clearLeftovers, lastingPlace, occupy, passingPlace } from '../work-places.ts';

/** A set under way: folder NAME and text NAME.set in a hidden folder beside the target, moved to their places together at the end. */
export interface PendingSet {
  /** NAME.set as it will be. */
  readonly target: string;
  /** Folder that takes the buffer files meanwhile. */
  readonly folder: string;
  readonly textPath: string;
  commit(): Promise<void>;
  /** Removes what was written, unless a later job is to go on with it; harmless after commit. */
  discard(): Promise<void>;
}

export interface PendingOptions {
  readonly force: boolean;
  readonly resume: boolean;
  /** Source and options in one text: work is gone on with only by the same job. */
  readonly identity: string;
  /** Files that may go with the folder that is replaced; buffer files where absent. */
  readonly own?: RegExp;
}

const EXTENSION = '.set';
const BUFFER_FILE = /^b\d+\.(im7|vc7|imx|img|vec)$/i;

/** NAME.set and the folder NAME of a target that was given as either. */
export function setPaths(target: string): {
  readonly name: string;
  readonly parent: string;
  readonly text: string;
  readonly folder: string;
} {
  const path = resolve(target);
  const base = basename(path);
  const name = base.toLowerCase().endsWith(EXTENSION) && base.length > EXTENSION.length ? base.slice(0, -EXTENSION.length) : base;
  const parent = dirname(path);
  return { name, parent, text: join(parent, `${name}${EXTENSION}`), folder: join(parent, name) };
}

/** `exists` where the text or the folder is there and may not be replaced; nothing is written then. */
export async function beginSet(target: string, o: PendingOptions): Promise<PendingSet> {
  const { name, text, folder } = setPaths(target);
  const { force, own = BUFFER_FILE } = o;
  await checkFree(text, folder, force, own);
  const work = o.resume ? lastingPlace(folder, o.identity) : passingPlace(folder);
  try {
    await fs.mkdir(join(work, name), { recursive: o.resume });
  } catch (error) {
    if (!isMissing(error)) throw writeError(error, text);
    await fs
      .mkdir(work)
      .then(() => fs.mkdir(join(work, name)))
      .catch((cause: unknown) => {
        throw writeError(cause, text);
      });
  }
  const leave = await occupy(work);
  let done = false;
  return {
    target: text,
    folder: join(work, name),
    textPath: join(work, `${name}${EXTENSION}`),
    commit: async () => {
      await checkFree(text, folder, force, own);
      try {
        await moveIn(work, name, { text, folder });
      } catch (error) {
        throw writeError(error, text);
      }
      done = true;
      await fs.rm(work, { recursive: true, force: true });
      await clearLeftovers(folder);
    },
    discard: async () => {
      await leave();
      if (!done && !o.resume) await fs.rm(work, { recursive: true, force: true });
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** With `force` a set is replaced only as long as nothing but its own files would go: no folders, no other sets in it. */
async function checkFree(text: string, folder: string, force: boolean, own: RegExp): Promise<void> {
  for (const path of [text, folder]) {
    const there = await fs.lstat(path).catch(() => undefined);
    if (!there) continue;
    if (!force) throw existsError(path);
    if (there.isDirectory() !== (path === folder))
      throw new DataError('exists', `${path} stands where the set should be and is none.`, { path });
    if (there.isDirectory()) refuseOthers(path, own, await fs.readdir(path, { withFileTypes: true }));
  }
}

function refuseOthers(path: string, own: RegExp, entries: readonly Dirent[]): void {
  const other = entries.find((entry) => entry.isDirectory() || !own.test(entry.name));
  if (!other) return;
  throw new DataError(
    'exists',
    `The folder ${path} holds more than the files of a set of this kind ('${other.name}') and is not replaced.`,
    {
      path,
      hint: 'Choose another name, or remove it first.',
    },
  );
}

/** The old set steps aside, the new one comes in, text last; where that fails, the old one comes back. */
async function moveIn(work: string, name: string, to: { readonly text: string; readonly folder: string }): Promise<void> {
  const old = join(work, 'old');
  await fs.mkdir(old, { recursive: true });
  const moves: readonly (readonly [string, string])[] = [
    [to.text, join(old, `${name}${EXTENSION}`)],
    [to.folder, join(old, name)],
    [join(work, name), to.folder],
    [join(work, `${name}${EXTENSION}`), to.text],
  ];
  const moved: (readonly [string, string])[] = [];
  try {
    for (const [at, move] of moves.entries()) {
      const isThere =
        at >= 2 ||
        (await fs.lstat(move[0]).then(
          () => true,
          () => false,
        ));
      if (!isThere) continue;
      await fs.rename(...move);
      moved.push(move);
    }
  } catch (error) {
    for (const [from, back] of moved.reverse()) await fs.rename(back, from);
    throw error;
  }
}
