import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Hdf5Array } from '../../codecs/hdf5/array-facts.ts';
import { openHdf5, type Hdf5File } from '../../codecs/hdf5/file.ts';
import { HDF5_PARTICLES } from '../../codecs/particle-layout.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import type { RowTable } from './row-table.ts';

const ROWS_AT_ONCE = 1 << 18;

/** An HDF5 file that we wrote: a data set of one axis a column. */
export async function openHdf5Table(source: ByteSource): Promise<RowTable> {
  const path = source.name;
  const localPath = source.localPath ?? (await source.localFile?.());
  if (localPath === undefined) throw new DataError('unsupported', `${path} is not on a disk, where the HDF5 library needs it.`, { path });
  const file = await openHdf5(localPath, path);
  try {
    const description = file.kind(HDF5_PARTICLES.description) === 'dataset' ? file.text(HDF5_PARTICLES.description) : undefined;
    const columns = columnArrays(file);
    const rows = columns.values().next().value?.shape?.[0] ?? 0;
    return {
      path,
      columns: [...columns.keys()],
      rows,
      description,
      read: async (wanted, use, options) =>
        readRows(
          file,
          wanted.map((name) => columns.get(name) as Hdf5Array),
          rows,
          use,
          options,
        ),
      [Symbol.asyncDispose]: async () => {
        file.close();
        await source[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

async function readRows(
  file: Hdf5File,
  arrays: readonly Hdf5Array[],
  rows: number,
  use: Parameters<RowTable['read']>[1],
  options: ReadOptions,
): Promise<void> {
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    throwIfAborted(options.signal);
    const count = Math.min(ROWS_AT_ONCE, rows - from);
    use(arrays.map((array) => file.read(array, [from], [count])));
  }
}

function columnArrays(file: Hdf5File): ReadonlyMap<string, Hdf5Array> {
  const prefix = `${HDF5_PARTICLES.columns}/`;
  const columns = new Map<string, Hdf5Array>();
  let rows: number | undefined;
  for (const array of file.list().arrays) {
    if (!array.path.startsWith(prefix) || typeof array.kind === 'string') continue;
    const [length, ...more] = array.shape ?? [];
    if (length === undefined || more.length > 0 || (rows ?? length) !== length) {
      throw new DataError(
        'malformed',
        `${array.path} has the shape (${array.shape?.join(', ') ?? ''}), its neighbours have ${rows ?? 'one axis'}.`,
        { path: file.name, field: array.path },
      );
    }
    rows = length;
    columns.set(array.path.slice(prefix.length), array);
  }
  return columns;
}
