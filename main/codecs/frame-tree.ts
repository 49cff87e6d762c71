import type { Attributes } from '../../shared/model/attributes.ts';
import type { DType, TypedArray } from '../../shared/model/dtype.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';

/*
 * The tree of groups and arrays in which HDF5 and Zarr outputs hold a dataset (docs/formats/hdf5.md):
 *
 *   /                     attributes: format, layout, version, title, nav_shape
 *   /set                  attributes of the dataset
 *   /description          text: the dataset (codecs/frame-description)
 *   /frameK/NAME          [buffer, plane, height, width], raw, one per component of frame K; attributes: scale, unit, role
 *   /frameK/x, y, z       positions
 *   /frameK/u, v, w       values in effect of vectors; valid: 1 = mask and enabled
 *   /buffers/list         text: name, state, time and description of every buffer
 *   /buffers/state, time  [buffer]
 *   /buffers/I            attributes of buffer I, /buffers/I/frameK those of its frames
 *   /tables/devices/I/K   device K of buffer I (HDF5 only): attributes and `trace`, values by its scale
 *   /descriptions/D       text: a buffer with its frames; buffers that differ in name and time only share one
 *   /apart/I/frameK       arrays of [1, plane, height, width] of a buffer whose frame differs from the one in /frameK
 */
export const TREE_FORMAT = 'streakline-frames';
export const TREE_LAYOUT = 1;

/** What /buffers/list says of a buffer. */
export interface TreeBuffer {
  readonly name: string;
  readonly state: 'present' | 'blank' | 'missing';
  readonly time?: { readonly seconds: number; readonly source: string };
  /** Number of its description; absent for missing buffers. */
  readonly description?: number;
  /** Frames that stand in /apart. */
  readonly apart?: readonly number[];
}

/** Numbers of the states in /buffers/state. */
export const STATE_NUMBERS: Readonly<Record<TreeBuffer['state'], number>> = { present: 0, blank: 1, missing: 2 };

/** An array in a tree as it is opened. */
export interface TreeArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** The plane at [buffer, plane] in a fresh array. */
  plane(buffer: number, plane: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<TypedArray>;
}

/** A tree in a file or folder, opened for reading. */
export interface TreeSource {
  attributes(path: string): Promise<Attributes>;
  text(path: string): Promise<string>;
  array(path: string): Promise<TreeArray>;
  close(): Promise<void>;
}

/** Names of arrays: a slash would make groups of their own. */
export function treeName(component: string): string {
  return component.replaceAll('/', '\u2215');
}

/** What frames must share to stand in one array. */
export function frameSignature(frame: FrameInfo): string {
  const { kind, shape, planes, grid, scales, choices, dimensions, components } = frame;
  const stored = components.filter((one) => one.stored);
  return JSON.stringify([kind, shape, planes, grid, scales, choices, dimensions, stored]);
}
