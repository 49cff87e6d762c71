import { throwIfAborted } from '../../shared/model/data-error.ts';
import type { ReadOptions } from '../../shared/model/dataset.ts';
import { sampleBytes, sampleElements, type DType, type TypedArray } from '../../shared/model/dtype.ts';

/** Decoded boxes that are kept, and how large one may be: chunks are decoded anew for every read. */
const CACHE_BYTES = 128 << 20;
const MAX_BOX_BYTES = 64 << 20;

/** Frames of a chunked array by number, C order over the navigation axes. */
export interface FrameBoxes {
  /** Frames along the last navigation axis that are decoded together. */
  readonly group: number;
  /** All samples of a frame in an array of its own. */
  read(frame: number, options: ReadOptions): Promise<TypedArray>;
}

export interface FrameBoxesInput {
  readonly shape: readonly number[];
  /** Absent where the array lies in one piece. */
  readonly chunk?: readonly number[] | undefined;
  readonly dtype: DType;
  /** How many of the last axes form a frame. */
  readonly sigDims: number;
  read(start: readonly number[], count: readonly number[], options: ReadOptions): Promise<TypedArray> | TypedArray;
}

/** Reads whole chunks along the navigation axes and keeps what it decoded; boxes that would be too large are cut to single frames. */
export function frameBoxes(input: FrameBoxesInput): FrameBoxes {
  const nav = input.shape.slice(0, input.shape.length - input.sigDims);
  const sig = input.shape.slice(nav.length);
  const frameSamples = sig.reduce((product, size) => product * size, 1);
  const box = boxShape(input, nav, frameSamples * sampleBytes(input.dtype));
  const kept = keptBoxes();
  const origin = sig.map(() => 0);
  return {
    group: box[box.length - 1] ?? 1,
    read: async (frame, options) => {
      throwIfAborted(options.signal);
      const position = unravel(frame, nav);
      const start = position.map((at, axis) => at - (at % (box[axis] ?? 1)));
      const count = start.map((at, axis) => Math.min(box[axis] ?? 1, (nav[axis] ?? 1) - at));
      const read = async (): Promise<TypedArray> => input.read([...start, ...origin], [...count, ...sig], options);
      // A box of one frame needs no cache: the caller keeps it.
      if (count.every((size) => size === 1)) return read();
      const key = start.join();
      const data = kept.get(key) ?? kept.add(key, await read());
      const within = position.reduce((flat, at, axis) => flat * (count[axis] ?? 1) + (at - (start[axis] ?? 0)), 0);
      const elements = frameSamples * sampleElements(input.dtype);
      return data.slice(within * elements, (within + 1) * elements);
    },
  };
}

/** The boxes that were used last, as many as there is room for. */
function keptBoxes(): { get(key: string): TypedArray | undefined; add(key: string, data: TypedArray): TypedArray } {
  const boxes = new Map<string, TypedArray>();
  let bytes = 0;
  return {
    get: (key) => {
      const data = boxes.get(key);
      if (data && boxes.delete(key)) boxes.set(key, data);
      return data;
    },
    add: (key, data) => {
      bytes += data.byteLength - (boxes.get(key)?.byteLength ?? 0);
      boxes.delete(key);
      boxes.set(key, data);
      for (const [oldest, { byteLength }] of boxes) {
        if (bytes <= CACHE_BYTES || oldest === key) break;
        boxes.delete(oldest);
        bytes -= byteLength;
      }
      return data;
    },
  };
}

function boxShape({ chunk }: FrameBoxesInput, nav: readonly number[], frameBytes: number): readonly number[] {
  const box = nav.map((size, axis) => Math.max(1, Math.min(size, chunk?.[axis] ?? 1)));
  const frames = box.reduce((product, size) => product * size, 1);
  return frames * frameBytes > MAX_BOX_BYTES ? nav.map(() => 1) : box;
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
