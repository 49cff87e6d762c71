import { isDataError, DataError } from '../../shared/model/data-error.ts';

/** Does work on a file; errors that do not say where they come from get its path. */
export async function naming<T>(path: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (path === undefined || !isDataError(error) || error.path !== undefined || isDataError(error, 'aborted', 'internal', 'closed'))
      throw error;
    const { code, message, offset, field, hint, cause } = error;
    throw new DataError(code, message, { path, offset, field, hint, cause });
  }
}
