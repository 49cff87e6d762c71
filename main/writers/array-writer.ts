import type { DType, TypedArray } from '../../shared/model/dtype.ts';
import type { AtomicFile } from './atomic-file.ts';

/** An array on its way to a file: planes of [height, width] in C order over all axes before. */
export interface ArrayLayout {
  /** Slowest first; the last two are height and width. */
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Names of values that stand together at every sample (u, v, w), all of `dtype`; absent for plain numbers. */
  readonly fields?: readonly string[];
}

/** Takes the planes one after the other; nothing more than a plane is in memory, and the last one completes the file. */
export interface ArraySink {
  append(plane: TypedArray): Promise<void>;
}

/** An output of `read --out`, chosen by extension. */
export interface ArrayWriter {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  /** True, or why this layout does not fit. */
  accepts(layout: ArrayLayout): true | string;
  begin(file: AtomicFile, layout: ArrayLayout): Promise<ArraySink>;
}

export function planeCount(layout: ArrayLayout): number {
  return layout.shape.slice(0, -2).reduce((product, size) => product * size, 1);
}

export function planeSize(layout: ArrayLayout): { readonly width: number; readonly height: number } {
  const [height = 1, width = 1] = layout.shape.slice(-2);
  return { width, height };
}
