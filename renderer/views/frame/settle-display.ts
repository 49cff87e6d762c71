import type { ColorSettings, DisplaySettings } from '../../stores/display-settings.ts';
import type { Shown } from '../../stores/view-store.ts';

/** What a picture was drawn with. */
interface DrawnWith {
  readonly display: DisplaySettings;
  readonly reference?: number;
  readonly shown: Pick<Shown, 'background' | 'arrows' | 'arrowCounts'>;
}

/**
 * The view's settings with the numbers of the first picture filled in: limits that were to be locked, and the speed that sets the
 * arrows' length. The same object where nothing was open, or where the picture showed other fields than the view asks for.
 */
export function settleDisplay(wanted: DisplaySettings | undefined, { display, reference, shown }: DrawnWith): DisplaySettings {
  const before = wanted ?? display;
  const { background, arrows } = before;
  const sameField = background.component === display.background.component && background.mode === display.background.mode;
  const sameArrows = arrows.colorBy === display.arrows.colorBy;
  const backgroundColors = sameField ? settleColors(background.colors, shown.background) : background.colors;
  const arrowColors = sameArrows ? settleColors(arrows.colors, shown.arrows) : arrows.colors;
  const open = arrows.reference === undefined && reference !== undefined && shown.arrowCounts !== undefined;
  if (wanted && !open && backgroundColors === background.colors && arrowColors === arrows.colors) return wanted;
  return {
    ...before,
    background: { ...background, colors: backgroundColors },
    arrows: { ...arrows, colors: arrowColors, ...(open ? { reference } : {}) },
  };
}

function settleColors(colors: ColorSettings, levels: Shown['background']): ColorSettings {
  const { mode, low, high } = colors.levels;
  if (mode !== 'locked' || !levels || (low !== undefined && high !== undefined)) return colors;
  return { ...colors, levels: { ...colors.levels, low: levels.low, high: levels.high } };
}
