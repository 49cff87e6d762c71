import { tryAgain } from '../../draw-worker/draw-client.ts';
import { bufferCount, type FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { useViews } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { ErrorCard } from '../dialogs/ErrorCard.tsx';
import styles from './FaultSigns.module.css';
import { fixedText } from '../../../shared/draw/number-text.ts';
import type { Rect } from './viewport.ts';

/** Why the wanted buffer is not on the screen, over the last picture; `rect` = where the picture is in the view. */
export function FaultSigns({ viewId, info, rect }: { viewId: string; info: FrameDatasetInfo; rect: Rect }) {
  const error = useViews((state) => state.views[viewId]?.error);
  const place = useViews((state) => state.views[viewId]?.place);
  const bufferInfo = useViews((state) => state.views[viewId]?.bufferInfo);
  if (!place) return null;
  const number = fixedText(place.buffer + info.firstNumber, 0);
  const missing = isMissing(info, place.buffer) || (bufferInfo?.index === place.buffer && bufferInfo.state === 'missing');
  const blank = !error && bufferInfo?.state === 'blank' && bufferInfo.index === place.buffer;
  const at = { left: rect.x, top: rect.y, width: rect.width, height: rect.height };
  if (blank)
    return (
      <div className={styles.over} style={at}>
        <Card title={frameText.error.blank(number)} more={frameText.error.blankMore} viewId={viewId} buffer={place.buffer} info={info} />
      </div>
    );
  if (missing) {
    const name = error?.path?.split(/[\\/]/).at(-1);
    const more = name ? frameText.error.missingMore(name) : frameText.error.missingPlain;
    return (
      <div className={styles.over} style={at} role="alert">
        <Hatch />
        <Card title={frameText.error.missing(number)} more={more} viewId={viewId} buffer={place.buffer} info={info} />
      </div>
    );
  }
  if (!error) return null;
  return (
    <div className={styles.over} data-dimmed style={at} role="alert">
      <div className={styles.error}>
        <ErrorCard
          title={frameText.error.title(number)}
          error={error}
          actions={
            <>
              <Button small look="primary" onPress={() => tryAgain(viewId)}>
                {frameText.error.tryAgain}
              </Button>
              <NextPresent viewId={viewId} buffer={place.buffer} info={info} label={frameText.error.next} />
            </>
          }
        />
      </div>
    </div>
  );
}

function Card({
  title,
  more,
  viewId,
  buffer,
  info,
}: {
  title: string;
  more: string;
  viewId: string;
  buffer: number;
  info: FrameDatasetInfo;
}) {
  return (
    <div className={styles.card}>
      <b>{title}</b>
      <span>{more}</span>
      <NextPresent viewId={viewId} buffer={buffer} info={info} label={frameText.error.nextPresent} />
    </div>
  );
}

/** Wide hatch of what is not there; the lines are those of blank samples in the picture. */
function Hatch() {
  return (
    <svg className={styles.hatch} aria-hidden="true">
      <defs>
        <pattern id="missing-hatch" width="10" height="10" patternUnits="userSpaceOnUse">
          <path className={styles.hatchLine} d="M-1 1l2 -2M0 10L10 0M9 11l2 -2" />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#missing-hatch)" />
    </svg>
  );
}

function NextPresent({
  viewId,
  buffer,
  info,
  label,
}: {
  viewId: string;
  buffer: number;
  info: FrameDatasetInfo;
  label(buffer: string): string;
}) {
  const next = nextPresent(info, buffer);
  if (next === undefined) return null;
  const go = (): void => useViews.getState().patch(viewId, (view) => ({ place: { ...view.place, buffer: next } }));
  return (
    <Button small look="quiet" onPress={go}>
      {label(fixedText(next + info.firstNumber, 0))}
    </Button>
  );
}

function isMissing({ missing }: FrameDatasetInfo, buffer: number): boolean {
  return missing.some(([from, to]) => buffer >= from && buffer < to);
}

/** The first buffer after this one that is not known to be missing; else the last one before it. */
export function nextPresent(info: FrameDatasetInfo, buffer: number): number | undefined {
  const count = bufferCount(info);
  for (let next = buffer + 1; next < count; next++) if (!isMissing(info, next)) return next;
  for (let before = buffer - 1; before >= 0; before--) if (!isMissing(info, before)) return before;
  return undefined;
}
