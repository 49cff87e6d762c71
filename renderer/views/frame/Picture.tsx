import { useEffect, useLayoutEffect, useRef } from 'react';
import type { FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { pictureOf, setArea } from '../../draw-worker/draw-client.ts';
import { useViews } from '../../stores/view-store.ts';
import { CutLines } from './CutLines.tsx';
import { pictureText } from './picture-text.ts';
import styles from './Picture.module.css';
import { refreshReadOut } from './read-out.ts';
import { LinkedCursor, ReadOutMark } from './ReadOutMark.tsx';
import { usePictureGestures } from './use-picture-gestures.ts';
import type { ViewLook } from './view-look.ts';
import type { Rect } from './viewport.ts';

/** The canvas of the draw worker in its place, with the gestures on it. The element is made once and only moved in here. */
export function Picture({
  viewId,
  area,
  pixelRatio,
  look,
  info,
}: {
  viewId: string;
  area: Rect;
  pixelRatio: number;
  look: ViewLook | undefined;
  info: FrameDatasetInfo;
}) {
  const host = useRef<HTMLDivElement>(null);
  const label = useViews((state) => pictureText(state.views[viewId], info));
  const { hovered, dragging, handlers } = usePictureGestures(viewId, host);
  useLayoutEffect(() => {
    const canvas = pictureOf(viewId);
    canvas.className = styles.canvas ?? '';
    host.current?.prepend(canvas);
    return () => canvas.remove();
  }, [viewId]);
  useLayoutEffect(
    () => setArea(viewId, { width: area.width, height: area.height }, pixelRatio),
    [viewId, area.width, area.height, pixelRatio],
  );
  useFreshReadOut(viewId);
  return (
    <div
      ref={host}
      className={styles.picture}
      role="img"
      aria-label={label}
      data-dragging={dragging}
      data-magnified={look?.zoom.mode === 'free' || undefined}
      style={{ left: area.x, top: area.y, width: area.width, height: area.height }}
      {...handlers}
    >
      {look && <CutLines viewId={viewId} look={look} />}
      {look && <LinkedCursor viewId={viewId} look={look} />}
      {look && <ReadOutMark viewId={viewId} look={look} hovered={hovered} />}
    </div>
  );
}

/** The read-out follows the picture while the cursor rests. */
function useFreshReadOut(viewId: string): void {
  const place = useViews((state) => {
    const { buffer, frame, plane } = state.views[viewId]?.shown?.place ?? {};
    return `${buffer} ${frame} ${plane}`;
  });
  useEffect(() => refreshReadOut(viewId), [viewId, place]);
}
