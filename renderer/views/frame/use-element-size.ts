import { useLayoutEffect, useState, type RefObject } from 'react';
import type { Size } from './viewport.ts';

export interface ElementSize extends Size {
  readonly pixelRatio: number;
}

/** Size of an element in whole CSS pixels, and the device pixels for each; undefined before it is laid out. */
export function useElementSize(element: RefObject<HTMLElement | null>): ElementSize | undefined {
  const [size, setSize] = useState<ElementSize | undefined>(undefined);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const measure = (): void => {
      const next = { width: target.clientWidth, height: target.clientHeight, pixelRatio: window.devicePixelRatio || 1 };
      setSize((before) =>
        before && before.width === next.width && before.height === next.height && before.pixelRatio === next.pixelRatio ? before : next,
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    // Zoom of the page and another screen change the ratio, and with it the size or not.
    window.addEventListener('resize', measure);
    measure();
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [element]);
  return size;
}
