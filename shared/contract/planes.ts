import type { Cut } from '../model/cut.ts';
import type { PlaneWindow } from '../model/frames.ts';
import type { DatasetId } from './opened.ts';

/**
 * Which numbers of a component: raw = as stored; scaled = by slope and offset, u v w with the choice in effect and the sign rule;
 * masked = scaled, NaN where masked, disabled, blank or outside choices 0-5.
 */
export type ValueMode = 'raw' | 'scaled' | 'masked';

/**
 * A component of a frame: a stored name, or a derived one: u v w, mask (MASK or ones), valid (mask and enabled), x y z
 * (coordinates), speed (length of u v w), state (u1: 0 valid, 1 masked, 2 disabled, 3 outside choices, 4 blank or missing).
 * u v w speed state with '@' and a number from 0 to 5 are those of one choice, whatever is stored as active.
 */
export interface FieldRequest {
  readonly component: string;
  readonly mode: ValueMode;
  /** f4 halves what travels; for drawing only. */
  readonly as?: 'f4';
  /** With a window step > 1: 'mean' averages each block (NaN and masked samples left out); absent = the first sample of a block. */
  readonly reduce?: 'mean';
  /** States that are all 0 may come as an empty array: mostly they are, and need not travel. */
  readonly brief?: true;
}

/** A look in passing, for a small picture: what is read does not stay in memory for it and is not taken for what is looked at. */
export interface Glance {
  readonly glance?: true;
}

export interface PlanesRequest extends Glance {
  readonly dataset: DatasetId;
  readonly buffer: number;
  readonly frame: number;
  readonly plane: number;
  /** Present = the volume cut across: `plane` counts along the axis that was exchanged with z, the window is in samples of the cut. */
  readonly cut?: Cut;
  readonly fields: readonly FieldRequest[];
  /** Absent = the whole plane. */
  readonly window?: PlaneWindow;
}

/** One array per requested field, row 0 first, in the order of the request. */
export interface PlanesReply {
  /** The window read, clipped to the plane. */
  readonly window: PlaneWindow;
  /** Samples per row and rows of each array: ceil(window size / step). */
  readonly width: number;
  readonly height: number;
}

export interface StatisticsRequest extends Glance {
  readonly dataset: DatasetId;
  readonly buffer: number;
  readonly frame: number;
  readonly plane: number;
  readonly cut?: Cut;
  readonly component: string;
  readonly mode: ValueMode;
  /** Of all planes of the frame together, of large volumes from samples evenly spread; `plane` and `cut` then mean nothing. */
  readonly whole?: true;
  readonly filter?: SampleFilter;
}

/** Samples whose `component` is above a value are left out. */
export interface SampleFilter {
  readonly component: string;
  readonly above: number;
}

/** Facts of one plane (or the whole volume) over its valid, finite samples; arrays[0] is the histogram (u4 counts over [min, max], equal bins). */
export interface StatisticsReply {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  readonly count: number;
  /** Samples left out: masked or disabled, and not finite. */
  readonly masked: number;
  readonly notFinite: number;
  /** Values at these percents, linear interpolation inside a histogram bin (exact for 8- and 16-bit integers). */
  readonly percentiles: readonly (readonly [percent: number, value: number])[];
}

/** Values of all components at one sample. */
export interface SampleReply {
  readonly x: number;
  readonly y: number;
  readonly state: 'valid' | 'masked' | 'disabled' | 'outside-choices' | 'blank';
  readonly values: readonly { readonly component: string; readonly raw: string; readonly scaled: number; readonly unit: string }[];
}
