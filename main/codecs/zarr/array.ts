import type { AbsolutePath, AsyncReadable, RangeQuery } from 'zarrita';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import {
  allocateSamples,
  sampleBytes,
  sampleElements,
  viewSamples,
  type NumberArray,
  type TypedArray,
} from '../../../shared/model/dtype.ts';
import { zarrLibrary, type ZarrLibrary } from './library.ts';
import type { ZarrMetadata } from './metadata.ts';
import { readZarrFile, type ZarrFolder } from './store.ts';

/** Larger chunks are not decoded. */
const MAX_CHUNK_BYTES = 2 ** 30;
/** A compressed chunk is rarely larger than its samples. */
const CHUNK_SLACK_BYTES = 1 << 20;

/** An open array. */
export interface ZarrArray {
  readonly metadata: ZarrMetadata;
  /** Samples of a chunk that is decoded at once; the inner one where there are shards. */
  readonly chunk: readonly number[];
  /** The samples of a box in C order, in a fresh array. */
  read(start: readonly number[], count: readonly number[], options?: { readonly signal?: AbortSignal | undefined }): Promise<TypedArray>;
}

type Chunked = Awaited<ReturnType<ZarrLibrary['open']>>;

/** `relative` is the array's folder inside of `folder`; '' for the folder itself. */
export async function openZarrArray(folder: ZarrFolder, relative: string, metadata: ZarrMetadata): Promise<ZarrArray> {
  const library = await zarrLibrary();
  const path = relative === '' ? folder.path : `${folder.path}/${relative}`;
  checkChunk(metadata, path);
  const array = await guarded(path, () => library.open(arrayStore(folder, relative, metadata), metadata.json.zarr_format === 2 ? 2 : 3));
  const chunk = metadata.pairs ? array.chunks.slice(0, -1) : array.chunks;
  return { metadata, chunk, read: (start, count, options = {}) => readBox({ array, metadata, chunk, path }, start, count, options) };
}

function checkChunk({ chunk, dtype }: ZarrMetadata, path: string): void {
  const bytes = chunk.reduce((product, size) => product * size, sampleBytes(dtype));
  if (bytes <= MAX_CHUNK_BYTES) return;
  throw new DataError(
    'too-large',
    `A chunk of ${chunk.join(' x ')} samples in ${path} has ${bytes} bytes; the limit is ${MAX_CHUNK_BYTES}.`,
    { path, field: 'chunks' },
  );
}

/** Files of one array; its metadata are the adapted ones, and keys lose the index of the pairs. */
function arrayStore(folder: ZarrFolder, relative: string, metadata: ZarrMetadata): AsyncReadable {
  const limit = 2 * metadata.chunk.reduce((product, size) => product * size, sampleBytes(metadata.dtype)) + CHUNK_SLACK_BYTES;
  const json = new TextEncoder().encode(JSON.stringify(metadata.json));
  const nameOf = (key: AbsolutePath): string => {
    const name = metadata.pairs ? key.slice(1).replace(/[./]\d+$/, '') : key.slice(1);
    return relative === '' ? name : `${relative}/${name}`;
  };
  const own = metadata.json.zarr_format === 2 ? '/.zarray' : '/zarr.json';
  return {
    get: async (key, options) => {
      if (key === own) return json;
      if (key === '/.zattrs') return undefined;
      return readZarrFile(folder, nameOf(key), limit, options);
    },
    getRange: async (key, range, options) => readRange(folder, nameOf(key), range, options),
  };
}

async function readRange(
  folder: ZarrFolder,
  name: string,
  range: RangeQuery,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Uint8Array | undefined> {
  const entry = await folder.stat(name);
  if (entry?.kind !== 'file') return undefined;
  await using source = await folder.open(name);
  if ('suffixLength' in range) {
    const length = Math.min(range.suffixLength, source.size);
    return await source.read(source.size - length, length, options);
  }
  return await source.read(range.offset, range.length, options);
}

interface Place {
  readonly array: Chunked;
  readonly metadata: ZarrMetadata;
  readonly chunk: readonly number[];
  readonly path: string;
}

async function readBox(
  place: Place,
  start: readonly number[],
  count: readonly number[],
  options: { readonly signal?: AbortSignal | undefined },
): Promise<TypedArray> {
  const { metadata, chunk } = place;
  const { dtype } = metadata;
  const samples = count.reduce((product, size) => product * size, 1);
  const out = allocateSamples(dtype, samples);
  const first = start.map((at, axis) => Math.floor(at / (chunk[axis] ?? 1)));
  const last = start.map((at, axis) => Math.floor((at + (count[axis] ?? 1) - 1) / (chunk[axis] ?? 1)));
  for (const index of boxPositions(first, last)) {
    throwIfAborted(options.signal);
    const part = await readChunk(place, index, options);
    copyOverlap(out, part, {
      start,
      count,
      chunkStart: index.map((at, axis) => at * (chunk[axis] ?? 1)),
      chunk,
      elements: sampleElements(dtype),
    });
  }
  return out;
}

interface ChunkSamples {
  readonly data: TypedArray;
  /** In samples, per axis. */
  readonly stride: readonly number[];
}

async function readChunk(
  { array, metadata, chunk, path }: Place,
  index: readonly number[],
  options: { readonly signal?: AbortSignal | undefined },
): Promise<ChunkSamples> {
  const key = metadata.pairs ? [...index, 0] : [...index];
  const { data, stride } = await guarded(path, () => array.getChunk(key, options.signal ? { signal: options.signal } : {}));
  const samples = chunk.reduce((product, size) => product * size, 1);
  const elements = samples * sampleElements(metadata.dtype);
  if (data.length !== elements) {
    throw new DataError('malformed', `The chunk ${index.join('/')} of ${path} has ${data.length} numbers; ${elements} were expected.`, {
      path,
      field: index.join('/'),
    });
  }
  const plain = ArrayBuffer.isView(data) ? data : Uint8Array.from(data as Iterable<boolean>, Number);
  const view = plain as unknown as TypedArray;
  const typed =
    view instanceof Uint8Array && metadata.dtype !== 'u1' ? viewSamples(metadata.dtype, view.buffer, view.byteOffset, samples) : view;
  return { data: typed, stride: metadata.pairs ? stride.slice(0, -1).map((step) => step / 2) : stride };
}

/** All whole positions between two corners, C order. */
function* boxPositions(first: readonly number[], last: readonly number[]): Generator<readonly number[]> {
  const at = [...first];
  for (;;) {
    yield [...at];
    let axis = at.length - 1;
    while (axis >= 0 && at[axis] === last[axis]) {
      at[axis] = first[axis] ?? 0;
      axis--;
    }
    if (axis < 0) return;
    at[axis] = (at[axis] ?? 0) + 1;
  }
}

interface Overlap {
  readonly start: readonly number[];
  readonly count: readonly number[];
  readonly chunkStart: readonly number[];
  readonly chunk: readonly number[];
  /** Array elements of a sample. */
  readonly elements: number;
}

/** Copies what a chunk has of a box, row by row along the last axis. */
function copyOverlap(out: TypedArray, { data, stride }: ChunkSamples, { start, count, chunkStart, chunk, elements }: Overlap): void {
  const rank = start.length;
  const from = start.map((at, axis) => Math.max(at, chunkStart[axis] ?? 0));
  const to = start.map((at, axis) => Math.min(at + (count[axis] ?? 1), (chunkStart[axis] ?? 0) + (chunk[axis] ?? 1)));
  const lastAxis = rank - 1;
  const length = rank === 0 ? 1 : (to[lastAxis] ?? 0) - (from[lastAxis] ?? 0);
  const step = (stride[lastAxis] ?? 1) * elements;
  const source = data as NumberArray;
  const target = out as NumberArray;
  const rowEnd = to.map((end, axis) => (axis === lastAxis ? (from[axis] ?? 0) : end - 1));
  for (const position of boxPositions(from, rowEnd)) {
    let put = 0;
    let take = 0;
    for (let axis = 0; axis < rank; axis++) {
      const at = position[axis] ?? 0;
      put = put * (count[axis] ?? 1) + (at - (start[axis] ?? 0));
      take += (at - (chunkStart[axis] ?? 0)) * (stride[axis] ?? 1);
    }
    put *= elements;
    take *= elements;
    if (step === elements) target.set(source.subarray(take, take + length * elements), put);
    else {
      for (let i = 0; i < length; i++)
        for (let part = 0; part < elements; part++) target[put + i * elements + part] = source[take + i * step + part] as number;
    }
  }
}

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const cause: unknown = error instanceof Error && error.cause instanceof DataError ? error.cause : error;
    if (cause instanceof DataError) throw cause;
    if (error instanceof Error && error.name === 'AbortError') throw error;
    const said = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && error.name === 'UnknownCodecError' ? 'unsupported' : 'malformed';
    throw new DataError(code, `${path} cannot be read: ${said.slice(0, 200).replace(/\.$/, '')}.`, { path, cause: error });
  }
}
