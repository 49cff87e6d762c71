import { DataError, isDataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteSource, FolderEntry } from '../../sources/byte-source.ts';
import { readGeometry } from './buffer-content.ts';
import { readBuffer, readFacts, type BufferPlace } from './read-buffer.ts';
import { loadAttributes, type SetContent, type SetFacts } from './set-content.ts';
import { listSetFiles } from './set-files.ts';
import type { SetPlace } from './set-place.ts';

/** A set whose buffers are files B00001.im7, B00002.vc7 ... */
export function fileContent(place: SetPlace, entries: readonly FolderEntry[], facts: SetFacts): SetContent {
  const files = listSetFiles(entries, place.folderPath);
  const using = async <T>(
    index: number,
    options: ReadOptions | undefined,
    work: (source: ByteSource, at: BufferPlace) => Promise<T>,
  ): Promise<T> => {
    const name = files.byNumber.get(index + 1);
    if (name === undefined) throw gap(place, index);
    const source = await place.openFile(name, options);
    try {
      return await work(source, { index, name, attributes: loadAttributes(facts, place.pathOf(name), index) });
    } finally {
      await source[Symbol.asyncDispose]();
    }
  };
  return {
    count: files.highest,
    present: files.byNumber.size,
    missing: files.missing,
    warnings: files.warnings,
    versions: files.versions,
    buffer: (index, options) => using(index, options, (source, at) => readBuffer(source, at, options)),
    facts: (index, options) => using(index, options, (source, at) => readFacts(source, at, options)),
    isComplete: async (index, options) => {
      try {
        await using(index, options, (source) => readGeometry(source, options));
        return true;
      } catch (error) {
        if (!isDataError(error) || error.code === 'aborted') throw error;
        return false;
      }
    },
  };
}

function gap(place: SetPlace, index: number): DataError {
  const path = place.pathOf(`B${String(index + 1).padStart(5, '0')}`);
  return new DataError(
    'not-found',
    `Gap (=missing buffer) in the numbering of the set data files: ${index} doesn't exist in ${place.folderPath}.`,
    { path, hint: `The folder has no buffer file with the number ${index + 1}.` },
  );
}
