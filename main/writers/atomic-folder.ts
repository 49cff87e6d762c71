import { randomBytes } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DataError } from '../../shared/model/data-error.ts';
import { existsError, refuseExisting, writeAtomically, writeError, type AtomicFile } from './atomic-file.ts';
import { clearLeftovers, hiddenStart, lastingPlace, occupy, passingPlace } from './work-places.ts';

/** A folder that appears whole or not at all: filled beside its target under a hidden name, renamed at the end. */
export interface AtomicFolder {
  readonly target: string;
  /** Where files are written meanwhile; every file in it is whole. A name may lead into folders ('a/b'), which come by themselves. */
  write(name: string, fill: (file: AtomicFile) => Promise<void>): Promise<void>;
  /** True where an earlier, unfinished job has written the file. */
  has(name: string): Promise<boolean>;
  read(name: string): Promise<Uint8Array>;
}

export interface AtomicFolderOptions {
  /** Replaces a folder of the target's name, if it is one of ours. */
  readonly force: boolean;
  /** Keeps what an unfinished job with the same `identity` has left. */
  readonly resume: boolean;
  /** Source and options in one text; work of another job is never continued. */
  readonly identity: string;
  /** Only a folder with this file in it is replaced: nobody loses a folder that merely has the same name. */
  readonly ownFile: string;
}

/** Fills a folder and puts it in its place. Where that fails nothing is left; with `resume` the files stay, hidden, for a later job to go on with. */
export async function writeFolderAtomically<T>(
  target: string,
  o: AtomicFolderOptions,
  fill: (folder: AtomicFolder) => Promise<T>,
): Promise<T> {
  const path = resolve(target);
  const temporary = await createTemporary(path, o);
  const leave = await occupy(temporary);
  try {
    const result = await fill(folderAt(path, temporary)).finally(leave);
    await replaceFolder(temporary, path, o).catch((error: unknown) => {
      throw writeError(error, path);
    });
    await clearLeftovers(path);
    return result;
  } catch (error) {
    if (!o.resume) await fs.rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** Unfinished work of an earlier job is taken over with `resume`. */
async function createTemporary(path: string, o: AtomicFolderOptions): Promise<string> {
  if (!o.force) await refuseExisting(path);
  else await refuseForeign(path, o.ownFile);
  const temporary = o.resume ? lastingPlace(path, o.identity) : passingPlace(path);
  try {
    await fs.mkdir(temporary).catch((error: unknown) => {
      if (!(o.resume && error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  } catch (error) {
    throw writeError(error, path);
  }
  return temporary;
}

function folderAt(path: string, temporary: string): AtomicFolder {
  return {
    target: path,
    write: async (name, fill) => {
      const file = join(temporary, name);
      if (name.includes('/')) await fs.mkdir(dirname(file), { recursive: true });
      await writeAtomically(file, { force: true, isInner: true }, fill);
    },
    has: async (name) =>
      fs.stat(join(temporary, name)).then(
        (stats) => stats.isFile(),
        () => false,
      ),
    read: async (name) => new Uint8Array(await fs.readFile(join(temporary, name))),
  };
}

async function refuseForeign(path: string, ownFile: string): Promise<void> {
  const there = await fs.lstat(path).catch(() => undefined);
  if (!there) return;
  const own =
    there.isDirectory() &&
    (await fs.stat(join(path, ownFile)).then(
      () => true,
      () => false,
    ));
  if (own) return;
  throw new DataError('exists', `${path} is not an earlier output of this kind and is not replaced.`, {
    path,
    hint: 'Choose another name, or remove it first.',
  });
}

/** The old folder steps aside first, so that the name never stands for a mixture. */
async function replaceFolder(temporary: string, path: string, o: AtomicFolderOptions): Promise<void> {
  const there = await fs.lstat(path).then(
    () => true,
    () => false,
  );
  if (there && !o.force) throw existsError(path);
  if (!there) return fs.rename(temporary, path);
  await refuseForeign(path, o.ownFile);
  const aside = join(dirname(path), `${hiddenStart(path)}${randomBytes(6).toString('hex')}.old`);
  await fs.rename(path, aside);
  try {
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rename(aside, path);
    throw error;
  }
  await fs.rm(aside, { recursive: true, force: true });
}
