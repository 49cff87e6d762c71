import { DataError, type ErrorCode } from '../../shared/model/data-error.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly says: string;
  readonly hint?: string;
}

/** What the system's error codes mean to the user. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOENT: { code: 'not-found', says: 'does not exist' },
  ENOTDIR: { code: 'not-found', says: 'does not exist: a part of the path is not a folder' },
  EACCES: { code: 'access-denied', says: 'may not be read', hint: 'Check the permissions of the file and of the folders above it.' },
  EPERM: { code: 'access-denied', says: 'may not be read', hint: 'Check the permissions of the file and of the folders above it.' },
  EISDIR: { code: 'malformed', says: 'is a folder, not a file' },
  ELOOP: { code: 'malformed', says: 'is a link that leads to itself' },
  ENAMETOOLONG: { code: 'not-found', says: 'does not exist: the path is too long' },
  EBUSY: { code: 'io', says: 'is in use by another program' },
  EMFILE: { code: 'io', says: 'could not be opened: too many files are open', hint: 'Close some datasets.' },
};

/** An error of the file system as a DataError with one sentence. */
export function fileError(error: unknown, path: string): DataError {
  if (error instanceof DataError) return error;
  const system = error instanceof Error && 'code' in error ? String(error.code) : '';
  const meaning = MEANINGS[system];
  if (meaning) return new DataError(meaning.code, `${path} ${meaning.says}.`, { path, hint: meaning.hint, cause: error });
  const text = error instanceof Error ? error.message : String(error);
  return new DataError('io', `${path} could not be read: ${text}.`, { path, cause: error });
}
