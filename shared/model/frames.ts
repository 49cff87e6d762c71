import type { Attributes } from './attributes.ts';
import type { DType, TypedArray } from './dtype.ts';
import type { FrameScales, Scale } from './scale.ts';

/*
 * dataset -> buffer -> frame -> component -> plane.
 * Indices are 0-based everywhere (the window shows DaVis numbers 1-based). Arrays are C order, last axis fastest, row 0 first as
 * stored. MASK and ENABLED planes hold 1 = valid. Positions are sample indices until a Scale is applied; the position of vector
 * `index` is slope * grid * index + offset. The sign of the axis slopes is applied to u, v, w in shared/compute/derived-plane only.
 */

export type ComponentRole = 'intensity' | 'velocity' | 'choice' | 'enabled' | 'mask' | 'label' | 'scalar' | 'reference';

export interface ComponentInfo {
  /** Stored name, case-sensitive: PIXEL, U0, ACTIVE_CHOICE, MASK, TS:Peak ratio ... */
  readonly name: string;
  readonly role: ComponentRole;
  readonly dtype: DType;
  readonly planes: number;
  readonly scale: Scale;
  /** False where the component is not in the file but has a defined value (MASK of ones, ENABLED of ones). */
  readonly stored: boolean;
}

export interface FrameInfo {
  readonly kind: 'image' | 'vector';
  readonly shape: readonly [height: number, width: number];
  /** Depth of a volume; 1 for 2D data. */
  readonly planes: number;
  /** Pixels between samples; [1, 1, 1] for images. */
  readonly grid: readonly [x: number, y: number, z: number];
  readonly scales: FrameScales;
  /** Stored vector choices: 1 or 4; 0 for images. */
  readonly choices: number;
  /** Vector components: 2 or 3; 0 for images. */
  readonly dimensions: 0 | 2 | 3;
  readonly components: readonly ComponentInfo[];
  readonly attributes: Attributes;
}

/** `blank`: outside the recorded frames by sync offset or padding; `missing`: promised but absent. Both are zeros in raw only. */
export type BufferState = 'present' | 'blank' | 'missing';

export interface BufferInfo {
  readonly index: number;
  readonly state: BufferState;
  /** Shown name of the place, such as the file name of a set member. */
  readonly name: string;
  /** Acquisition time in seconds, and the attribute that gave it; absent where nothing is stored. */
  readonly time?: { readonly seconds: number; readonly source: string };
  readonly frames: readonly FrameInfo[];
  readonly attributes: Attributes;
}

/** Part of a plane in sample indices; every `step`-th sample in x and y is taken, starting at x, y. */
export interface PlaneWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly step: number;
}

/** One stored plane of a buffer. */
export interface PlaneRef {
  readonly frame: number;
  /** A stored component name. */
  readonly component: string;
  readonly plane: number;
  readonly window?: PlaneWindow;
}

/** Samples of a plane or of a window of it; `data` has width * height samples, row by row. */
export interface Plane {
  readonly dtype: DType;
  readonly width: number;
  readonly height: number;
  readonly data: TypedArray;
}
