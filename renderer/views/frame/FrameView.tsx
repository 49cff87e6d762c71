import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { cancelLoading } from '../../draw-worker/draw-client.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { useViews, type ViewState } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { Icon } from '../../widgets/Icon.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { readOutText } from '../status/read-out-text.ts';
import { Axes } from './Axes.tsx';
import { Bars, barCount } from './Bars.tsx';
import { FaultSigns } from './FaultSigns.tsx';
import styles from './FrameView.module.css';
import { Legend } from './Legend.tsx';
import { LoadingSigns } from './LoadingSigns.tsx';
import { Picture } from './Picture.tsx';
import { pictureText } from './picture-text.ts';
import { pictureArea } from './plot-layout.ts';
import { refreshReadOut } from './read-out.ts';
import { useElementSize, type ElementSize } from './use-element-size.ts';
import { moveReadOut, pinReadOut } from './view-commands.ts';
import { displayOf, lookOf } from './view-look.ts';

/** A frame of a dataset with axes, colour bars, read-out and everything that can be wrong with it. */
export function FrameView({ viewId }: { viewId: string }) {
  const stage = useRef<HTMLDivElement>(null);
  const size = useElementSize(stage);
  const view = useViews((state) => state.views[viewId]);
  const info = useDatasets((state) => state.opened[view?.dataset ?? '']?.info);
  const shown = view?.shown?.place;
  useEffect(() => refreshReadOut(viewId), [viewId, shown?.buffer, shown?.frame, shown?.plane]);
  const frames = info?.kind === 'frames' ? info : undefined;
  return (
    <div className={styles.view}>
      {view && <BufferNotice key={view.bufferInfo?.index} view={view} />}
      <div ref={stage} className={styles.stage} tabIndex={0} role="group" aria-label={frameText.picture.view} onKeyDown={(event) => pictureKey(viewId, event)}>
        {view && frames && size && size.width > 0 && <Stage view={view} info={frames} size={size} />}
      </div>
      <RestingReadOut view={view} />
    </div>
  );
}

function Stage({ view, info, size }: { view: ViewState; info: FrameDatasetInfo; size: ElementSize }) {
  const display = displayOf(view);
  const area = pictureArea(size, display === undefined || barCount(display, view) > 0);
  const look = lookOf(view, area);
  const rect = look ? { ...look.rect, x: area.x + look.rect.x, y: area.y + look.rect.y } : area;
  return (
    <>
      <Picture viewId={view.id} area={area} pixelRatio={size.pixelRatio} look={look} label={pictureText(view, info)} />
      {look && display && (
        <>
          <Axes look={look} x={area.x} y={area.y} how={display.axes} />
          <Bars view={view} display={display} look={look} area={area} />
          <Legend look={look} display={display} x={area.x} y={area.y} />
        </>
      )}
      <FaultSigns view={view} info={info} rect={rect} />
      <LoadingSigns view={view} firstNumber={info.firstNumber} />
    </>
  );
}

/** Keys that only mean something on the picture; the others are actions of the whole window. */
function pictureKey(viewId: string, event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget) return;
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const view = useViews.getState().views[viewId];
  if (event.altKey && step) {
    moveReadOut(step[0] ?? 0, step[1] ?? 0);
  } else if (event.key === 'Enter' && view?.readOut) {
    pinReadOut();
  } else if (event.key === 'Escape' && view?.loadingSince !== undefined) {
    cancelLoading(viewId);
  } else if (event.key === 'Escape' && view?.readOut?.pinned) {
    pinReadOut();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** One sentence about oddities of the shown buffer. */
function BufferNotice({ view }: { view: ViewState }) {
  const [shut, setShut] = useState(false);
  const first = view.bufferWarnings[0];
  if (!first || shut) return null;
  const show = (): void => useUi.getState().show({ kind: 'warnings', title: view.bufferInfo?.name ?? '', warnings: view.bufferWarnings });
  return (
    <div className={styles.notice} role="status">
      <Icon name="warning" />
      <span className={styles.words}>{frameText.notice.warnings(view.bufferWarnings.length, first.message)}</span>
      {view.bufferWarnings.length > 1 && <Button small look="quiet" onPress={show}>{frameText.notice.show}</Button>}
      <IconButton icon="close" label={frameText.notice.close} small onPress={() => setShut(true)} />
    </div>
  );
}

const REST_MILLISECONDS = 300;

/** Says the read-out to screen readers once it rests. */
function RestingReadOut({ view }: { view: ViewState | undefined }) {
  const [said, setSaid] = useState('');
  const words = readOutText(view);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(words), REST_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [words]);
  return <p className="hidden" aria-live="polite">{said}</p>;
}
