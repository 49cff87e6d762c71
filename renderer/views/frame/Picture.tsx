import { useLayoutEffect, useRef } from 'react';
import { pictureOf, setArea } from '../../draw-worker/draw-client.ts';
import styles from './Picture.module.css';
import { ReadOutMark } from './ReadOutMark.tsx';
import { usePictureGestures } from './use-picture-gestures.ts';
import type { ViewLook } from './view-look.ts';
import type { Rect } from './viewport.ts';

/** The canvas of the draw worker in its place, with the gestures on it. The element is made once and only moved in here. */
export function Picture({ viewId, area, pixelRatio, look, label }: { viewId: string; area: Rect; pixelRatio: number; look: ViewLook | undefined; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  const { hovered, dragging, handlers } = usePictureGestures(viewId, host);
  useLayoutEffect(() => {
    const canvas = pictureOf(viewId);
    canvas.className = styles.canvas ?? '';
    host.current?.prepend(canvas);
    return () => canvas.remove();
  }, [viewId]);
  useLayoutEffect(() => setArea(viewId, { width: area.width, height: area.height }, pixelRatio), [viewId, area.width, area.height, pixelRatio]);
  return (
    <div
      ref={host} className={styles.picture} role="img" aria-label={label} data-dragging={dragging} data-magnified={look?.zoom.mode === 'free' || undefined}
      style={{ left: area.x, top: area.y, width: area.width, height: area.height }} {...handlers}
    >
      {look && <ReadOutMark viewId={viewId} look={look} hovered={hovered} />}
    </div>
  );
}
