import { extname, resolve } from 'node:path';
import { DataError } from '../../shared/model/data-error.ts';

/** Writers of one kind of dataset. */
export interface WriterList<W> {
  readonly writers: readonly W[];
  /** Id of the one for targets without extension. */
  readonly usual: string;
  /** What they are for, behind 'writer' in a sentence: '' or ' for particles'. */
  readonly of: string;
}

interface Known {
  readonly id: string;
  readonly extensions: readonly string[];
}

export function findWriter<W extends Known>({ writers, of }: WriterList<W>, id: string): W {
  const writer = writers.find((known) => known.id === id);
  if (writer) return writer;
  throw new DataError('invalid-option', `There is no writer '${id}'${of}.`, {
    field: 'writer',
    hint: `Writers${of}: ${writers.map((known) => known.id).join(', ')}.`,
  });
}

/** The named writer, or the first one that knows the extension of the target. */
export function writerForTarget<W extends Known>(list: WriterList<W>, target: string, id?: string): W {
  const { writers, usual, of } = list;
  const extension = extname(resolve(target)).slice(1).toLowerCase();
  const wanted = id ?? (extension === '' ? usual : undefined);
  if (wanted !== undefined) return findWriter(list, wanted);
  const writer = writers.find((known) => known.extensions.includes(extension));
  if (writer) return writer;
  const known = writers.map((one) => `${one.id} (${one.extensions.map((name) => `.${name}`).join(' ')})`).join(', ');
  throw new DataError('invalid-option', `The extension of ${target} names no output${of || ' format'}.`, {
    field: 'target',
    hint: `Writers${of}: ${known}. --to names one whatever the extension.`,
  });
}
