import type { Attributes } from '../../../shared/model/attributes.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import { sampleBytes, viewSamples, type TypedArray } from '../../../shared/model/dtype.ts';
import { readAttributes } from './attributes.ts';
import { checkFilters } from './filters.ts';
import { guarded, libraryError } from './library-error.ts';
import { hasHdf5Plugins, hdf5Library, type Hdf5Library } from './library.ts';
import { arrayFacts, type Hdf5Array } from './array-facts.ts';
import { onBehalfOf } from './reach.ts';
import { listObjects, type ObjectList } from './object-list.ts';
import { isText } from './stored-type.ts';

/** An open file. All calls block; nothing works after `close`. */
export interface Hdf5File {
  readonly name: string;
  kind(path: string): 'group' | 'dataset' | 'other' | undefined;
  /** Data sets below the root with shape and type, within limits of time and number. */
  list(): ObjectList;
  attributes(path: string): Attributes;
  array(path: string): Hdf5Array;
  /** The samples of a box in C order and the machine's byte order, in a fresh array. `start` and `count` have a number per axis. */
  read(array: Hdf5Array, start: readonly number[], count: readonly number[]): TypedArray;
  /** A data set of a single text. */
  text(path: string): string;
  close(): void;
}

/** The library's memory ends at 2 GiB, and a read needs its place in one piece. */
export const MAX_READ_BYTES = 2 ** 30;
const MAX_TEXT_BYTES = 64 << 20;

/** Opens a local file for reading. `name` is what errors call it. */
export async function openHdf5(localPath: string, name: string): Promise<Hdf5File> {
  const library = await hdf5Library();
  const id = guarded({ path: name }, () =>
    onBehalfOf(localPath, () => library.calls.open(localPath, library.calls.H5F_ACC_RDONLY, false, -1, -1)),
  );
  if (id < 0n) throw new DataError('malformed', `${name} is no HDF5 file that the library can open.`, { path: name });
  return hdf5File(library, id, { name, localPath });
}

function hdf5File(library: Hdf5Library, id: bigint, { name, localPath }: { readonly name: string; readonly localPath: string }): Hdf5File {
  let open = true;
  const call = <T>(field: string, work: () => T): T => {
    if (!open) throw new DataError('closed', `${name} is closed.`, { path: name });
    return guarded({ path: name, field }, () => onBehalfOf(localPath, work));
  };
  const array = (path: string): Hdf5Array => call(path, () => arrayFacts(library, id, path));
  return {
    name,
    kind: (path) => call(path, () => objectKind(library, id, path)),
    list: () => call('/', () => listObjects(library, id, array)),
    attributes: (path) => call(path, () => readAttributes(library, id, path)),
    array,
    read: (facts, start, count) => call(facts.path, () => readBox(library, id, name, facts, start, count)),
    text: (path) => call(path, () => readText(library, id, name, path)),
    close: () => {
      if (!open) return;
      open = false;
      library.calls.close_file(id);
    },
  };
}

function objectKind({ calls }: Hdf5Library, id: bigint, path: string): 'group' | 'dataset' | 'other' | undefined {
  const type = calls.get_type(id, path);
  if (type === calls.H5G_GROUP) return 'group';
  if (type === calls.H5G_DATASET) return 'dataset';
  return type < 0 ? undefined : 'other';
}

function readBox(
  library: Hdf5Library,
  id: bigint,
  name: string,
  facts: Hdf5Array,
  start: readonly number[],
  count: readonly number[],
): TypedArray {
  const place = { path: name, field: facts.path };
  if (typeof facts.kind === 'string') throw new DataError('unsupported', `${facts.path} holds ${facts.kind}, not numbers.`, place);
  checkFilters(facts.filters, hasHdf5Plugins(), place);
  const shape = facts.shape ?? [];
  const inside =
    start.length === shape.length && count.length === shape.length && shape.every((size, axis) => isInside(size, start[axis], count[axis]));
  if (!inside)
    throw new DataError(
      'out-of-range',
      `The box at (${start.join(', ')}) of (${count.join(', ')}) samples lies outside of ${facts.path}.`,
      place,
    );
  const samples = count.reduce((product, size) => product * size, 1);
  const bytes = samples * sampleBytes(facts.kind.dtype);
  if (bytes > MAX_READ_BYTES)
    throw new DataError('too-large', `${bytes} bytes of ${facts.path} were to be read at once; the limit is ${MAX_READ_BYTES}.`, place);
  const box = shape.length === 0 ? undefined : { start, count };
  const data = readBytes(library, id, place, bytes, box);
  return viewSamples(facts.kind.dtype, data.buffer, 0, samples);
}

function isInside(size: number, start: number | undefined, count: number | undefined): boolean {
  return (
    start !== undefined &&
    count !== undefined &&
    Number.isSafeInteger(start) &&
    Number.isSafeInteger(count) &&
    start >= 0 &&
    count >= 1 &&
    start + count <= size
  );
}

interface Box {
  readonly start: readonly number[];
  readonly count: readonly number[];
}

/** The status of the low-level call is the only sign of a failed read beside the exception. */
function readBytes(
  { calls }: Hdf5Library,
  id: bigint,
  place: { path: string; field: string },
  bytes: number,
  box: Box | undefined,
): Uint8Array<ArrayBuffer> {
  const pointer = calls._malloc(Math.max(1, bytes));
  if (pointer === 0) throw new DataError('too-large', `There is no memory for ${bytes} bytes of ${place.field}.`, place);
  try {
    const big = (values: readonly number[]): bigint[] => values.map(BigInt);
    const status = box
      ? calls.get_dataset_data(
          id,
          place.field,
          big(box.count),
          big(box.start),
          box.count.map(() => 1n),
          BigInt(pointer),
        )
      : calls.get_dataset_data(id, place.field, null, null, null, BigInt(pointer));
    if (status < 0) throw libraryError(new Error('the read failed'), place);
    return calls.HEAPU8.slice(pointer, pointer + bytes);
  } finally {
    calls._free(pointer);
  }
}

function readText(library: Hdf5Library, id: bigint, name: string, path: string): string {
  const place = { path: name, field: path };
  const metadata = library.calls.get_dataset_metadata(id, path);
  if (!isText(metadata) || metadata.shape?.length !== 0) throw new DataError('malformed', `${path} is not a single text.`, place);
  if (!metadata.vlen && metadata.size > MAX_TEXT_BYTES)
    throw new DataError('too-large', `The text ${path} has ${metadata.size} bytes; the limit is ${MAX_TEXT_BYTES}.`, place);
  const entity = new library.Group(id, '/').get(path);
  const value: unknown = entity && 'value' in entity ? entity.value : undefined;
  if (typeof value !== 'string') throw new DataError('malformed', `${path} is not a single text.`, place);
  return value;
}
