import { DataError } from '../../../shared/model/data-error.ts';

/** Where in a file the library gave up. */
export interface Hdf5Place {
  readonly path: string;
  /** Object inside the file. */
  readonly field?: string;
}

/** Runs a call of the library; what it throws becomes one sentence with the place. */
export function guarded<T>(place: Hdf5Place, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw libraryError(error, place);
  }
}

/** The library throws its whole error stack, the outermost function first; the innermost line says what is wrong. */
export function libraryError(error: unknown, place: Hdf5Place): DataError {
  if (error instanceof DataError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const reason = innermostReason(text);
  const where = place.field === undefined ? place.path : `${place.field} in ${place.path}`;
  const code = /truncated file|addr overflow|end of file/i.test(text) ? 'truncated' : 'malformed';
  return new DataError(code, `${where} cannot be read by the HDF5 library: ${reason}.`, { ...place, cause: error });
}

/** Lines look like '  #003: /src/H5Z.c line 1510 in H5Z_pipeline(): filter returned failure during read'. */
function innermostReason(text: string): string {
  const reasons = [...text.matchAll(/#\d+: .*?\(\): (.+)/g)].map(([, reason]) => reason ?? '');
  const reason = reasons[reasons.length - 1] ?? text.split('\n')[0] ?? '';
  return reason.trim().slice(0, 200).replace(/\.$/, '') || 'no reason given';
}
