import type { ColorMapName } from '../../shared/colors/color-map.ts';
import type { ValueMode } from '../../shared/contract/planes.ts';
import type { Mosaic } from '../../shared/compute/demosaic.ts';
import type { Transfer } from '../../shared/draw/scene.ts';

/** Levels of a colour bar, in shown values. low and high are absent until the first picture's percentiles are known. */
export interface LevelSettings {
  /** locked: kept over buffers; per-buffer: computed anew from the percents for every picture. */
  readonly mode: 'locked' | 'per-buffer';
  readonly low?: number;
  readonly high?: number;
  readonly lowPercent: number;
  readonly highPercent: number;
  /** Zero in the middle: limits are +- the highPercent of the absolute value. */
  readonly symmetric: boolean;
}

export interface ColorSettings {
  readonly map: ColorMapName;
  readonly reversed: boolean;
  readonly transfer: Transfer;
  readonly gamma: number;
  readonly levels: LevelSettings;
  /** Own colours for samples under and over the levels. */
  readonly markClipped: boolean;
}

export interface BackgroundSettings {
  readonly visible: boolean;
  /** Stored or derived component: PIXEL, speed, u, TS:Uncertainty V ... */
  readonly component: string;
  readonly mode: ValueMode;
  readonly smooth: boolean;
  readonly colors: ColorSettings;
}

export type ArrowDensity =
  | { readonly mode: 'adaptive'; readonly spacing: number }
  | { readonly mode: 'every'; readonly x: number; readonly y: number };

export interface ArrowSettings {
  readonly visible: boolean;
  /** Component that colours the arrows; absent = one colour. */
  readonly colorBy?: string;
  readonly colors: ColorSettings;
  /** Length on the screen relative to the automatic length (1 = the reference arrow is about one spacing long). */
  readonly length: number;
  /** Value whose arrow is one spacing long at length 1, kept over buffers; absent until the first picture's speeds are known. */
  readonly reference?: number;
  readonly density: ArrowDensity;
  readonly anchor: 'tail' | 'middle' | 'head';
  readonly showDisabled: boolean;
}

/** Samples whose `component` is above the threshold are hidden: hatched in the background, without arrows. */
export interface FilterSettings {
  readonly on: boolean;
  readonly component: string;
  readonly above: number;
}

/** How a view shows its frame; serialisable, kept with the view when the buffer changes. */
export interface DisplaySettings {
  readonly background: BackgroundSettings;
  readonly arrows: ArrowSettings;
  /** One vector choice (0-5) for all vectors; absent = the active one of each. */
  readonly choice?: number;
  readonly filter?: FilterSettings;
  /** Uncertainty around the tips of arrows. */
  readonly uncertaintyMarks: 'none' | 'ellipse' | 'box';
  /** Half size of the marks in standard uncertainties: 2 covers about 95 %. */
  readonly uncertaintyFactor: number;
  /** Colour mosaic of the camera; absent = shown as stored. */
  readonly mosaic?: Mosaic;
  /** Mirrored on the screen; data and axes stay what they are. */
  readonly flipX: boolean;
  readonly flipY: boolean;
  readonly maskVisible: boolean;
  readonly axes: 'physical' | 'index';
  readonly scaleBar: boolean;
  readonly referenceArrow: boolean;
  /** Histograms beside the colour bars. */
  readonly histogram: boolean;
}

/** Where the picture is looked at: whole frame, or a point of it in the middle of the view. */
export type Zoom =
  | { readonly mode: 'fit' }
  | {
      readonly mode: 'free';
      readonly centreX: number;
      readonly centreY: number /** CSS pixels per sample in x. */;
      readonly scale: number;
    };
