import { promises as fs } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DataError } from '../../shared/model/data-error.ts';
import { fileError } from '../sources/file-error.ts';
import { clearLeftovers, passingPlace } from './work-places.ts';

/** A file that appears whole or not at all: written beside its target under a temporary name, renamed at the end. */
export interface AtomicFile {
  readonly target: string;
  write(bytes: Uint8Array): Promise<void>;
  /** Bytes at any place, written before or not; the next `write` still goes behind what `write` has written. */
  overwrite(offset: number, bytes: Uint8Array): Promise<void>;
  /** Bytes that have been written; zeros in gaps. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Puts the file in its place; `exists` where another one came there meanwhile. */
  commit(): Promise<void>;
  /** Removes what was written; harmless after commit. */
  discard(): Promise<void>;
}

/** File systems without hard links say one of these. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EACCES'];

/** `exists` where the target is there and `force` is not given; nothing is written then. */
export async function createAtomicFile(target: string, o: { readonly force: boolean }): Promise<AtomicFile> {
  const path = resolve(target);
  if (!o.force) await refuseExisting(path);
  const temporary = passingPlace(path);
  const file = await fs.open(temporary, 'wx+').catch((error: unknown) => {
    throw writeError(error, path);
  });
  let open = true;
  let size = 0;
  const put = async (offset: number, bytes: Uint8Array): Promise<void> => {
    for (let done = 0; done < bytes.byteLength; ) {
      done += await file.write(bytes, done, bytes.byteLength - done, offset + done).then(
        (result) => result.bytesWritten,
        (error: unknown) => {
          throw writeError(error, path);
        },
      );
    }
  };
  const close = async (): Promise<void> => {
    if (open) await file.close();
    open = false;
  };
  return {
    target: path,
    write: async (bytes) => {
      const offset = size;
      size += bytes.byteLength;
      await put(offset, bytes);
    },
    overwrite: put,
    read: async (offset, length) => {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done).catch((error: unknown) => {
          throw writeError(error, path);
        });
        if (bytesRead === 0) throw new DataError('io', `${path} ends at ${offset + done} while it is written.`, { path });
        done += bytesRead;
      }
      return bytes;
    },
    commit: async () => {
      try {
        await close();
        await (o.force ? fs.rename(temporary, path) : moveIfFree(temporary, path));
      } catch (error) {
        throw writeError(error, path);
      }
    },
    discard: async () => {
      await close();
      await fs.rm(temporary, { force: true });
    },
  };
}

/** Writes a whole file, or leaves none; clears away what killed jobs have left of the same one. */
export async function writeAtomically(
  target: string,
  o: { readonly force: boolean; readonly isInner?: boolean },
  write: (file: AtomicFile) => Promise<void>,
): Promise<void> {
  const file = await createAtomicFile(target, o);
  try {
    await write(file);
    await file.commit();
    if (!o.isInner) await clearLeftovers(file.target);
  } finally {
    await file.discard();
  }
}

export async function refuseExisting(path: string): Promise<void> {
  const there = await fs.lstat(path).then(
    () => true,
    () => false,
  );
  if (there) throw existsError(path);
}

export function existsError(path: string): DataError {
  return new DataError('exists', `${path} exists already.`, { path, hint: 'Give --force to replace it.' });
}

/** A hard link fails where the name is taken, a rename would silently replace it. */
async function moveIfFree(temporary: string, path: string): Promise<void> {
  try {
    await fs.link(temporary, path);
    await fs.rm(temporary);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EEXIST') throw existsError(path);
    if (!NO_LINKS.includes(code)) throw error;
    await refuseExisting(path);
    await fs.rename(temporary, path);
  }
}

/** What went wrong while writing; a missing or closed folder above the target is told as such. */
export function writeError(error: unknown, path: string): DataError {
  if (error instanceof DataError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const folder = dirname(path);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new DataError('not-found', `The folder ${folder} does not exist.`, { path: folder, cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new DataError('access-denied', `${path} may not be written.`, { path, cause: error });
  if (code === 'EISDIR') return new DataError('exists', `${path} is a folder.`, { path, cause: error });
  if (code === 'ENOSPC') return new DataError('io', `The disk is full: ${path} was not written.`, { path, cause: error });
  const other = fileError(error, path);
  return new DataError('io', `${path} could not be written: ${error instanceof Error ? error.message : String(error)}.`, {
    path,
    cause: other,
  });
}
