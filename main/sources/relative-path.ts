import { DataError } from '../../shared/model/data-error.ts';

const NAMES = new Intl.Collator('en', { numeric: true });

/** Natural order of names: B2 before B10; equal names by code unit, so that the order is the same everywhere. */
export function compareNames(a: string, b: string): number {
  return NAMES.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** '..' between backslashes: a step up on Windows, and in no honest name elsewhere. */
const WINDOWS_STEP_UP = /\\\.\.|\.\.\\/;

/** The parts of base/relative with '.' and '..' resolved; `access-denied` where the path leads out of the root or is no relative path. */
export function resolveParts(base: readonly string[], relative: string, root: string): readonly string[] {
  if (relative.startsWith('/') || relative.includes('\0') || WINDOWS_STEP_UP.test(relative)) throw outside(root, relative);
  const parts = [...base];
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) throw outside(root, relative);
  }
  return parts;
}

export function outside(root: string, relative: string): DataError {
  return new DataError('access-denied', `'${relative}' lies outside of the folder ${root}.`, {
    path: root,
    field: relative,
    hint: 'Only files inside of the opened folder are read.',
  });
}
