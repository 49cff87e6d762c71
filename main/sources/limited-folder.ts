import { DataError } from '../../shared/model/data-error.ts';
import type { ByteSource, Folder } from './byte-source.ts';

/** Bytes that may still be read and those that were. Shared by all sources that count into it. */
export interface ReadBudget {
  left: number;
  used: number;
}

/** A folder whose files together deliver no more bytes than the budget holds; beyond it `too-large`. */
export function limitedFolder(folder: Folder, budget: ReadBudget): Folder {
  return { ...folder, open: async (relative, options) => limitedSource(await folder.open(relative, options), budget) };
}

function limitedSource(source: ByteSource, budget: ReadBudget): ByteSource {
  return {
    ...source,
    read: async (offset, length, options) => {
      if (length > budget.left) {
        throw new DataError('too-large', `${length} bytes at offset ${offset} are more than the ${budget.left} that may still be read.`, {
          path: source.name,
          offset,
        });
      }
      budget.left -= length;
      budget.used += length;
      return source.read(offset, length, options);
    },
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}
