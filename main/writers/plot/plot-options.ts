import type { ColorMapName } from '../../../shared/colors/color-map.ts';
import type { PlaneName } from '../../../shared/draw/space-camera.ts';
import type { Differentiation } from '../../../shared/model/track-selection.ts';

export const PLOT_STYLES = ['streakline', 'lvpyio'] as const;
export type PlotStyle = (typeof PLOT_STYLES)[number];

export type Span = readonly [from: number, to: number];

/** How a plane of a buffer is plotted. */
export interface PlotOptions {
  /** `lvpyio`: axes in steps of samples, their ends alone labelled, viridis, masked white, arrows of all vectors as they are stored. */
  readonly style: PlotStyle;
  /** Stored or derived; the picture, or the length of vectors, where nothing is given. */
  readonly component?: string | undefined;
  readonly title?: string | undefined;
  readonly grid: boolean;
  /** Part of an axis in its units, in either order. */
  readonly xlim?: Span | undefined;
  readonly ylim?: Span | undefined;
  /** About so many ticks an axis. */
  readonly ticks?: number | undefined;
  readonly map?: ColorMapName | undefined;
  /** Values of the first and the last colour. */
  readonly levels?: Span | undefined;
}

/** How particles are plotted; `component` is one of their columns. lvpyio does not plot particles, so there is one style. */
export interface ParticlePlotOptions extends Omit<PlotOptions, 'style'> {
  readonly zlim?: Span | undefined;
  /** A projection, or radians by which the box is turned and tilted. */
  readonly view: PlaneName | { readonly turn: number; readonly tilt: number };
  readonly step?: number | undefined;
  readonly pulse?: number | undefined;
  /** Steps of the tails before and after the step shown. */
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  /** Whole tracks, with the points of a step only where one is named. */
  readonly all: boolean;
  readonly differentiation: Differentiation;
}
