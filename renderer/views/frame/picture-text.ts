import type { FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import type { ViewState } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { findField } from './frame-fields.ts';
import { fixedText, spanText } from '../../../shared/draw/number-text.ts';
import { displayOf, shownFrame } from './view-look.ts';

/** What the picture shows, in words: dataset, buffer, fields with their limits, arrows. */
export function pictureText(view: ViewState | undefined, info: FrameDatasetInfo): string {
  const shown = view?.shown;
  const frame = shownFrame(view);
  const display = displayOf(view);
  if (!view || !shown || !frame || !display) return frameText.picture.empty;
  const range = (component: string | undefined, levels: { low: number; high: number } | undefined): string | undefined => {
    const field = component === undefined ? undefined : findField(frame, component);
    const span = levels && levels.high - levels.low;
    return field && levels && span !== undefined
      ? frameText.picture.range(field.label, spanText(levels.low, span), spanText(levels.high, span), field.unit)
      : undefined;
  };
  return [
    frameText.picture.label(info.title, fixedText(shown.place.buffer + info.firstNumber, 0)),
    range(display.background.component, shown.background),
    range(display.arrows.colorBy, shown.arrows),
    shown.arrowCounts && frameText.picture.arrows(fixedText(shown.arrowCounts.shown, 0)),
  ]
    .filter(Boolean)
    .join('; ');
}
