import { throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import { sampleBytes, sampleElements, type DType, type TypedArray } from '../../../shared/model/dtype.ts';
import type { Hdf5Array, Hdf5File } from '../../codecs/hdf5/file.ts';

/** Decoded blocks that are kept, and how large a block may be: the library decodes a chunk anew for every read. */
const CACHE_BYTES = 128 << 20;
const MAX_BLOCK_BYTES = 64 << 20;

/** Frames of a data set by number, C order over the navigation axes. */
export interface FrameBlocks {
  /** Frames along the last navigation axis that are decoded together. */
  readonly group: number;
  read(frame: number, options: ReadOptions): TypedArray;
}

interface Block {
  readonly start: readonly number[];
  readonly count: readonly number[];
}

/**
 * Reads whole chunks along the navigation axes and keeps what it decoded; a frame is handed out as an array of its own.
 * `sigDims` last axes form a frame. Blocks that would be too large are cut to single frames.
 */
export function frameBlocks(file: Hdf5File, array: Hdf5Array, dtype: DType, sigDims: number): FrameBlocks {
  const shape = array.shape ?? [];
  const nav = shape.slice(0, shape.length - sigDims);
  const sig = shape.slice(shape.length - sigDims);
  const frameSamples = sig.reduce((product, size) => product * size, 1);
  const box = blockShape(array, nav, frameSamples * sampleBytes(dtype));
  const kept = new Map<string, TypedArray>();
  let keptBytes = 0;
  const load = (block: Block): TypedArray => {
    const key = block.start.join();
    const data = kept.get(key) ?? file.read(array, [...block.start, ...sig.map(() => 0)], [...block.count, ...sig]);
    if (!kept.delete(key)) keptBytes += data.byteLength;
    kept.set(key, data);
    for (const [oldest, { byteLength }] of kept) {
      if (keptBytes <= CACHE_BYTES || oldest === key) break;
      kept.delete(oldest);
      keptBytes -= byteLength;
    }
    return data;
  };
  return {
    group: box[box.length - 1] ?? 1,
    read: (frame, options) => {
      throwIfAborted(options.signal);
      const position = unravel(frame, nav);
      const start = position.map((at, axis) => at - (at % (box[axis] ?? 1)));
      const count = start.map((at, axis) => Math.min(box[axis] ?? 1, (nav[axis] ?? 1) - at));
      // A block of one frame needs no cache: the caller keeps it.
      if (count.every((size) => size === 1)) return file.read(array, [...start, ...sig.map(() => 0)], [...count, ...sig]);
      const data = load({ start, count });
      const within = position.reduce((flat, at, axis) => flat * (count[axis] ?? 1) + (at - (start[axis] ?? 0)), 0);
      const elements = frameSamples * sampleElements(dtype);
      return data.slice(within * elements, (within + 1) * elements);
    },
  };
}

/** Chunk lengths along the navigation axes; single frames where the data are not chunked or a block would be too large. */
function blockShape({ chunks }: Hdf5Array, nav: readonly number[], frameBytes: number): readonly number[] {
  const box = nav.map((size, axis) => Math.max(1, Math.min(size, chunks?.[axis] ?? 1)));
  const frames = box.reduce((product, size) => product * size, 1);
  return frames * frameBytes > MAX_BLOCK_BYTES ? nav.map(() => 1) : box;
}

function unravel(flat: number, shape: readonly number[]): readonly number[] {
  const position = new Array<number>(shape.length);
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 1;
    position[axis] = rest % size;
    rest = Math.floor(rest / size);
  }
  return position;
}
