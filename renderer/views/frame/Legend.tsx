import { memo } from 'react';
import { arrowSteps } from '../../draw-worker/fetch-plan.ts';
import type { DisplaySettings } from '../../stores/display-settings.ts';
import { axisScale } from './axis-scale.ts';
import { frameText } from '../../strings/frame-text.ts';
import { uncertaintyFields } from './frame-fields.ts';
import styles from './Legend.module.css';
import { valueText, withUnit } from '../../../shared/draw/number-text.ts';
import { niceBelow } from '../../../shared/draw/ticks.ts';
import type { ViewLook } from './view-look.ts';

const INSET = 8;
/** Longest reference arrow, and longest scale bar as part of the picture's width. */
const ARROW_PIXELS = 24;
const BAR_PART = 0.2;
const SMALLEST_PICTURE = { width: 260, height: 120 } as const;
const SPREAD_SIGNS = { ellipse: 'M1 6a6 4 0 1 0 12 0a6 4 0 1 0 -12 0z', box: 'M1.5 2h11v8h-11z' } as const;

/** Reference arrow and scale bar in one box at the lower right of the picture; `x`, `y` = the picture area in the view. */
export const Legend = memo(function Legend({ look, display, x, y }: { look: ViewLook; display: DisplaySettings; x: number; y: number }) {
  const { rect, area } = look;
  const arrow = display.referenceArrow ? referenceArrow(look, display) : undefined;
  const bar = display.scaleBar ? scaleBar(look, display) : undefined;
  const spread =
    display.uncertaintyMarks !== 'none' && display.arrows.visible && uncertaintyFields(look.frame).length > 0
      ? display.uncertaintyMarks
      : undefined;
  if ((!arrow && !bar) || rect.width < SMALLEST_PICTURE.width || rect.height < SMALLEST_PICTURE.height) return null;
  return (
    <div
      className={styles.legend}
      style={{
        right: `calc(100% - ${x + rect.x + rect.width - INSET}px)`,
        top: y + Math.min(rect.y + rect.height, area.height) - INSET - 28,
      }}
      aria-hidden="true"
    >
      {arrow && (
        <span className={styles.entry}>
          <svg width={Math.ceil(arrow.pixels) + 2} height="12">
            <path className={styles.arrow} d={`M1 6H${arrow.pixels - 3}`} />
            <path className={styles.head} d={`M${arrow.pixels + 1} 6l-6 -3v6z`} />
          </svg>
          {arrow.text}
        </span>
      )}
      {spread && (
        <span className={styles.entry}>
          <svg width="14" height="12">
            <path className={styles.spread} d={SPREAD_SIGNS[spread]} />
          </svg>
          {frameText.legend.spread(valueText(display.uncertaintyFactor, 3))}
        </span>
      )}
      {bar && (
        <span className={styles.entry}>
          <svg width={Math.ceil(bar.pixels) + 2} height="12">
            <path className={styles.bar} d={`M1 2v8M1 6h${bar.pixels}M${bar.pixels + 1} 2v8`} />
          </svg>
          {bar.text}
        </span>
      )}
    </div>
  );
});

interface Mark {
  readonly pixels: number;
  readonly text: string;
}

/** A round value and the length of its arrow at the scale in effect. */
export function referenceArrow({ frame, viewport }: ViewLook, { arrows }: DisplaySettings): Mark | undefined {
  if (!arrows.visible || frame.kind !== 'vector' || !arrows.reference) return undefined;
  const { everyX, everyY } = arrowSteps(arrows.density, viewport, 1);
  const perUnit = (arrows.length * Math.min(everyX * Math.abs(viewport.scaleX), everyY * Math.abs(viewport.scaleY))) / arrows.reference;
  const value = niceBelow(ARROW_PIXELS / perUnit);
  return { pixels: value * perUnit, text: withUnit(valueText(value), frame.scales.i.unit) };
}

/** A round length; none where neighbouring samples have no length unit in common with the axis. */
export function scaleBar({ frame, cut, viewport, rect }: ViewLook, { axes }: DisplaySettings): Mark {
  const { slope, unit } = axisScale(frame, 'x', axes, cut);
  const perUnit = Math.abs(viewport.scaleX / slope);
  const value = niceBelow((rect.width * BAR_PART) / perUnit);
  return { pixels: value * perUnit, text: withUnit(valueText(value), unit === '' ? 'px' : unit) };
}
