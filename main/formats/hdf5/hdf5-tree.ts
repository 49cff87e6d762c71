import { throwIfAborted, DataError } from '../../../shared/model/data-error.ts';
import type { TreeArray, TreeSource } from '../../codecs/frame-tree.ts';
import { MAX_READ_BYTES, type Hdf5File } from '../../codecs/hdf5/file.ts';
import { sampleBytes } from '../../../shared/model/dtype.ts';

/** A file of ours as a tree; the facts of its arrays are read once. */
export function hdf5Tree(file: Hdf5File): TreeSource {
  const arrays = new Map<string, TreeArray>();
  return {
    attributes: async (path) => file.attributes(path),
    text: async (path) => file.text(path),
    array: async (path) => {
      const known = arrays.get(path) ?? openArray(file, path);
      arrays.set(path, known);
      return known;
    },
    close: async () => file.close(),
  };
}

function openArray(file: Hdf5File, path: string): TreeArray {
  const place = { path: file.name, field: path };
  if (file.kind(path) !== 'dataset') throw new DataError('malformed', `${path} is missing in ${file.name}.`, place);
  const array = file.array(path);
  const { kind, shape } = array;
  if (typeof kind === 'string' || shape?.length !== 4)
    throw new DataError('malformed', `${path} in ${file.name} is no array of planes.`, place);
  const [, , height = 0, width = 0] = shape;
  const bytes = height * width * sampleBytes(kind.dtype);
  if (bytes > MAX_READ_BYTES)
    throw new DataError('too-large', `A plane of ${path} has ${bytes} bytes; the limit is ${MAX_READ_BYTES}.`, place);
  return {
    dtype: kind.dtype,
    shape,
    plane: async (buffer, plane, options) => {
      throwIfAborted(options?.signal);
      return file.read(array, [buffer, plane, 0, 0], [1, 1, height, width]);
    },
  };
}
