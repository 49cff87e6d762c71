import { useEffect, useMemo, useState } from 'react';
import type { FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { cancelLoading } from '../../draw-worker/draw-client.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { Icon } from '../../widgets/Icon.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { moveCamera } from '../space/camera-commands.ts';
import { KEY_TURN, turned } from '../space/camera-moves.ts';
import { readOutText } from '../status/read-out-text.ts';
import { Axes } from './Axes.tsx';
import { Bars, barCount } from './Bars.tsx';
import { FaultSigns } from './FaultSigns.tsx';
import styles from './FrameView.module.css';
import { Legend } from './Legend.tsx';
import { LoadingSigns } from './LoadingSigns.tsx';
import { Picture } from './Picture.tsx';
import { barsLieFlat, pictureArea } from './plot-layout.ts';
import { SpaceStage } from './SpaceStage.tsx';
import type { ElementSize } from './use-element-size.ts';
import { moveReadOut, pinReadOut } from './view-commands.ts';
import { useDisplay, useLook, useShownFrame } from './view-look.ts';
import { ViewStage, type PictureKey } from './ViewStage.tsx';

/** A frame of a dataset with axes, colour bars, read-out and everything that can be wrong with it. */
export function FrameView({ viewId }: { viewId: string }) {
  const dataset = useViews((state) => state.views[viewId]?.dataset ?? '');
  const info = useDatasets((state) => state.opened[dataset]?.info);
  const Shown = useViews((state) => state.views[viewId]?.camera !== undefined) ? SpaceStage : Stage;
  return (
    <div className={styles.view}>
      <BufferNotice viewId={viewId} />
      <ViewStage viewId={viewId} label={frameText.picture.view} onKey={(key) => pictureKey(viewId, key)}>
        {(size) => info?.kind === 'frames' && <Shown viewId={viewId} info={info} size={size} />}
      </ViewStage>
      <RestingReadOut viewId={viewId} />
    </div>
  );
}

function Stage({ viewId, info, size }: { viewId: string; info: FrameDatasetInfo; size: ElementSize }) {
  const display = useDisplay(viewId);
  const frame = useShownFrame(viewId);
  const bars = display && frame ? barCount(display, frame) : 1;
  const area = useMemo(() => pictureArea(size, bars), [size, bars]);
  const look = useLook(viewId, area);
  const rect = look ? { ...look.rect, x: area.x + look.rect.x, y: area.y + look.rect.y } : area;
  return (
    <>
      <Picture viewId={viewId} area={area} pixelRatio={size.pixelRatio} look={look} info={info} />
      {look && display && (
        <>
          <Axes look={look} x={area.x} y={area.y} how={display.axes} />
          <Bars viewId={viewId} display={display} look={look} area={area} flat={barsLieFlat(size, bars)} />
          <Legend look={look} display={display} x={area.x} y={area.y} />
        </>
      )}
      <FaultSigns viewId={viewId} info={info} rect={rect} />
      <LoadingSigns viewId={viewId} firstNumber={info.firstNumber} />
    </>
  );
}

function pictureKey(viewId: string, { name, altStep }: PictureKey): boolean {
  const view = useViews.getState().views[viewId];
  if (altStep && view?.camera) moveCamera(viewId, (camera) => turned(camera, altStep[0] * KEY_TURN, altStep[1] * KEY_TURN));
  else if (altStep) moveReadOut(...altStep);
  else if (name === 'Enter' && view?.readOut) pinReadOut();
  else if (name === 'Escape' && view?.loadingSince !== undefined) cancelLoading(viewId);
  else if (name === 'Escape' && view?.readOut?.pinned) pinReadOut();
  else return false;
  return true;
}

/** One sentence about oddities of the shown buffer; closed, it stays away until the next buffer. */
function BufferNotice({ viewId }: { viewId: string }) {
  const warnings = useViews((state) => state.views[viewId]?.bufferWarnings);
  const name = useViews((state) => state.views[viewId]?.bufferInfo?.name ?? '');
  const [shut, setShut] = useState<typeof warnings>(undefined);
  // That a colour picture is shown grey can be seen.
  const first = warnings?.find(({ code }) => code !== 'colors');
  if (!warnings || !first || shut === warnings) return null;
  return (
    <div className={styles.notice} role="status">
      <Icon name="warning" />
      <span className={styles.words}>{frameText.notice.warnings(warnings.length, first.message)}</span>
      {warnings.length > 1 && (
        <Button small look="quiet" onPress={() => useUi.getState().show({ kind: 'warnings', title: name, warnings })}>
          {frameText.notice.show}
        </Button>
      )}
      <IconButton icon="close" label={frameText.notice.close} small onPress={() => setShut(warnings)} />
    </div>
  );
}

const REST_MILLISECONDS = 300;

/** Says the read-out to screen readers once it rests. */
function RestingReadOut({ viewId }: { viewId: string }) {
  const [said, setSaid] = useState('');
  const words = useViews((state) => readOutText(state.views[viewId]));
  useEffect(() => {
    const timer = setTimeout(() => setSaid(words), REST_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p className="hidden" aria-live="polite">
      {said}
    </p>
  );
}
