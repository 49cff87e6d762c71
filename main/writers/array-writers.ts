import { DataError } from '../../shared/model/data-error.ts';
import type { ArrayWriter } from './array-writer.ts';
import { csvArray } from './csv-array.ts';
import { npyArray } from './npy-array.ts';
import { pngArray } from './png-array.ts';
import { tiffArray } from './tiff-array.ts';

/** All outputs of `read --out`. */
export const ARRAY_WRITERS: readonly ArrayWriter[] = [npyArray, csvArray, tiffArray, pngArray];

/** The writer that the extension of a file name names. */
export function arrayWriterFor(path: string): ArrayWriter {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const writer = ARRAY_WRITERS.find((known) => known.extensions.includes(extension));
  if (writer) return writer;
  const known = ARRAY_WRITERS.flatMap((one) => one.extensions.map((name) => `.${name}`)).join(', ');
  throw new DataError('invalid-option', `The extension of ${path} names no output format.`, {
    field: 'out',
    hint: `Known extensions: ${known}.`,
  });
}
