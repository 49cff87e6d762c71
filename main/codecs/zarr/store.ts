import { DataError, isDataError } from '../../../shared/model/data-error.ts';

/** What a store needs of a folder; every Folder of the sources is one. */
export interface ZarrFolder {
  readonly path: string;
  stat(relative: string): Promise<{ readonly kind: 'file' | 'folder'; readonly size: number } | undefined>;
  open(relative: string): Promise<
    {
      readonly size: number;
      read(offset: number, length: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<Uint8Array>;
    } & AsyncDisposable
  >;
}

/** The bytes of a file below the folder; undefined where there is none. `too-large` above the limit. */
export async function readZarrFile(
  folder: ZarrFolder,
  relative: string,
  limit: number,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Uint8Array | undefined> {
  const entry = await folder.stat(relative);
  if (entry?.kind !== 'file') return undefined;
  if (entry.size > limit) {
    throw new DataError('too-large', `${relative} in ${folder.path} has ${entry.size} bytes; at most ${limit} are expected.`, {
      path: folder.path,
      field: relative,
    });
  }
  try {
    await using source = await folder.open(relative);
    return await source.read(0, source.size, options);
  } catch (error) {
    if (isDataError(error, 'not-found')) return undefined;
    throw error;
  }
}
