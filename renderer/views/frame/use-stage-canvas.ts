import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { pictureOf, setArea } from '../../draw-worker/draw-client.ts';
import type { Size } from './viewport.ts';

/** Puts the canvas of a view into an element, as its first child, and takes the wheel there. */
export function useStageCanvas(
  viewId: string,
  area: Size,
  pixelRatio: number,
  className: string,
  onWheel: (event: WheelEvent) => void,
): RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  const wheel = useRef(onWheel);
  useEffect(() => {
    wheel.current = onWheel;
  });
  useLayoutEffect(() => {
    const canvas = pictureOf(viewId);
    canvas.className = className;
    host.current?.prepend(canvas);
    return () => canvas.remove();
  }, [viewId, className]);
  useLayoutEffect(() => setArea(viewId, area, pixelRatio), [viewId, area, pixelRatio]);
  useEffect(() => {
    const target = host.current;
    // React listens passively, and the page must not scroll.
    const listener = (event: WheelEvent): void => {
      event.preventDefault();
      wheel.current(event);
    };
    target?.addEventListener('wheel', listener, { passive: false });
    return () => target?.removeEventListener('wheel', listener);
  }, []);
  return host;
}
