import type { Raster, Rgba } from '../../../shared/draw/scene.ts';

/** A drawing on white paper that can be written as PNG, SVG or PDF. One unit is 1/72 inch; x to the right, y down. */
export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Later ones cover earlier ones. */
  readonly items: readonly FigureItem[];
}

export type FigureItem = FigureImage | FigureLine | FigureText;

/** A picture in a rectangle; its raster has IMAGE_PIXELS pixels per unit. */
export interface FigureImage {
  readonly kind: 'image';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly raster: Raster;
}

export interface FigureLine {
  readonly kind: 'line';
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly width: number;
  readonly color: Rgba;
}

/** `at` is the point of the baseline that the anchor names; `turn` in degrees, clockwise around it. */
export interface FigureText {
  readonly kind: 'text';
  readonly at: readonly [x: number, y: number];
  readonly text: string;
  /** Of the font. */
  readonly size: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly turn: 0 | 90 | -90;
  readonly color: Rgba;
}

/** Enough for print, and for screens with small pixels. */
export const IMAGE_PIXELS = 2;
