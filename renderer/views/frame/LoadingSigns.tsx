import { useEffect, useState } from 'react';
import { cancelLoading } from '../../draw-worker/draw-client.ts';
import { useViews, type ViewState } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { findField } from './frame-fields.ts';
import { LoadingCard } from './LoadingCard.tsx';
import { fixedText } from '../../../shared/draw/number-text.ts';
import { displayOf, shownFrame } from './view-look.ts';

/** That a buffer is being loaded, once that is noticed. */
export function LoadingSigns({ viewId, firstNumber }: { viewId: string; firstNumber: number }) {
  const since = useViews((state) => state.views[viewId]?.loadingSince);
  const seconds = useSeconds(since);
  const view = useViews.getState().views[viewId];
  if (since === undefined || !view) return null;
  const { place } = view;
  const frames = view.bufferInfo?.frames.length ?? 1;
  const what = frameText.loading.what(
    fixedText(place.buffer + firstNumber, 0),
    frames > 1 ? frameText.loading.frame(place.frame + firstNumber) : '',
  );
  return (
    <LoadingCard
      seconds={seconds}
      what={what}
      amount={amountText(view)}
      time={frameText.loading.seconds(Math.floor(seconds))}
      share="unknown"
      cancel={frameText.loading.cancel}
      onCancel={() => cancelLoading(viewId)}
    />
  );
}

/** What the last picture was made of; the next one is most likely like it. */
function amountText(view: ViewState): string {
  const frame = shownFrame(view);
  const component = displayOf(view)?.background.component;
  if (!frame || component === undefined) return '';
  const [height, width] = frame.shape;
  return frameText.loading.amount(fixedText(width, 0), fixedText(height, 0), findField(frame, component)?.label ?? component);
}

function useSeconds(since: number | undefined): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (since === undefined) return undefined;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [since]);
  return since === undefined ? 0 : Math.max(0, (now - since) / 1000);
}
