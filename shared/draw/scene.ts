import type { ColorMapName } from '../colors/color-map.ts';
import type { NumberArray } from '../model/dtype.ts';

/** Packed pixel 0xAABBGGRR (little-endian RGBA), the order of ImageData seen as Uint32Array. */
export type Rgba = number;

/** Output picture: width * height packed pixels, row 0 on top. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/**
 * From sample index to pixel, per axis: pixel = index * scale + offset, where sample i covers [i - 0.5, i + 0.5] and pixel
 * coordinates count from the left or top edge of the raster. A negative scale mirrors the axis. Display only, data never change.
 */
export interface Viewport {
  readonly scaleX: number;
  readonly offsetX: number;
  readonly scaleY: number;
  readonly offsetY: number;
}

/** Samples of a window of a plane: sample [row, column] has index y + row * step, x + column * step. */
export interface SampledField {
  readonly data: NumberArray;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  readonly step: number;
  /** value = slope * sample + offset; 1 and 0 where samples are values already. */
  readonly slope: number;
  readonly offset: number;
}

/** 0 valid, 1 masked, 2 disabled, 3 outside choices, 4 blank or missing, 5 hidden by a filter; same geometry as its field. */
export type StateField = Pick<SampledField, 'width' | 'height' | 'x' | 'y' | 'step'> & { readonly data: Uint8Array };

export type Transfer = 'linear' | 'log' | 'sqrt' | 'gamma';

/** Values to colours. `low` >= `high` is drawn as a step. log uses a positive floor where low <= 0 (see color-scale). */
export interface ColorScale {
  readonly map: ColorMapName;
  readonly reversed: boolean;
  readonly low: number;
  readonly high: number;
  readonly transfer: Transfer;
  /** Exponent for 'gamma'. */
  readonly gamma: number;
  /** Own colours for samples below low and above high; absent = the ends of the map. */
  readonly under?: Rgba;
  readonly over?: Rgba;
  readonly notANumber: Rgba;
}

/** How samples without a colour look: a fill and 45 degree hatch lines of `period` pixels, rising or `falling` to the right, fixed on the screen. */
export interface HatchStyle {
  readonly fill: Rgba;
  readonly line: Rgba;
  readonly period: number;
  readonly falling?: boolean;
}

export interface ImageLayer {
  readonly field: SampledField;
  readonly state?: StateField;
  readonly colors: ColorScale;
  /** Masked (state 1) samples hatched; absent = drawn as valid. */
  readonly masked?: HatchStyle;
  /** Blank or missing (state 4). */
  readonly blank: HatchStyle;
  /** Hidden by a filter (state 5); absent = drawn as valid. */
  readonly filtered?: HatchStyle;
  /** Bilinear between samples when magnified. Samples that share a pixel are averaged in any case. */
  readonly smooth: boolean;
}

/** Fields of red, green and blue with one geometry; the map of `colors` is not used, under and over are the ends. */
export interface ColorLayer extends Omit<ImageLayer, 'field'> {
  readonly fields: readonly [red: SampledField, green: SampledField, blue: SampledField];
}

/** Standard uncertainty of u and v, drawn `factor` times as large around the tip of each arrow in the scale of the arrows. */
export interface UncertaintyMarks {
  readonly u: SampledField;
  readonly v: SampledField;
  readonly shape: 'ellipse' | 'box';
  readonly factor: number;
}

export interface ArrowLayer {
  /** u, v (and w for speed) as values, sign rule applied; same geometry. */
  readonly u: SampledField;
  readonly v: SampledField;
  readonly state?: StateField;
  /** Colours arrows by this; absent = `color`. */
  readonly colorBy?: SampledField;
  readonly colors: ColorScale;
  readonly color: Rgba;
  /** Pixels per unit of value. */
  readonly pixelsPerUnit: number;
  /** +1 where positive u points right on the screen, -1 where left; and positive v up (-1) or down (+1) in pixel rows. */
  readonly signX: 1 | -1;
  readonly signY: 1 | -1;
  /** Every n-th sample in x and y, counted in indices of the frame (multiples of the field's step). */
  readonly everyX: number;
  readonly everyY: number;
  readonly showDisabled: boolean;
  readonly disabledColor: Rgba;
  readonly lineWidth: number;
  readonly anchor: 'tail' | 'middle' | 'head';
  readonly uncertainty?: UncertaintyMarks;
}

/** What was drawn: for "shown n of N" and counts in the status bar. */
export interface ArrowCounts {
  readonly shown: number;
  readonly disabled: number;
  readonly masked: number;
  /** Marks of uncertainty, where they were wanted: those too small to be seen are left out. */
  readonly marked?: number;
}
