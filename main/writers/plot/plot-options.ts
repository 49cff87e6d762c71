import type { ColorMapName } from '../../../shared/colors/color-map.ts';

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
