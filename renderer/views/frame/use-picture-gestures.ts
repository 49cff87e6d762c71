import { useEffect, useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from 'react';
import { useViews } from '../../stores/view-store.ts';
import { areaOf } from '../../draw-worker/draw-client.ts';
import { focusByPointer } from './focus-by-pointer.ts';
import { askReadOut, clearReadOut } from './read-out.ts';
import { setLevels } from './view-commands.ts';
import { lookOf } from './view-look.ts';
import { panBy, sampleUnder, zoomAt } from './viewport.ts';

/** Pixels of wheel travel that zoom by e. */
const WHEEL_PIXELS = 500;
const PINCH_PIXELS = 100;
const LINE_PIXELS = 16;
/** Pixels of a right drag that double the range of the levels. */
const WINDOW_PIXELS = 150;

interface Drag {
  readonly kind: 'pan' | 'levels';
  readonly startX: number;
  readonly startY: number;
  readonly low: number;
  readonly high: number;
  x: number;
  y: number;
}

interface Gestures {
  readonly hovered: boolean;
  readonly dragging: Drag['kind'] | undefined;
  readonly handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(event: PointerEvent<HTMLElement>): void;
    onPointerLeave(event: PointerEvent<HTMLElement>): void;
    onContextMenu(event: MouseEvent<HTMLElement>): void;
  };
}

/**
 * The mouse on the picture: hover reads values, the wheel zooms at the cursor, a drag pans a magnified picture (the middle button any),
 * a right drag sets the levels: across the width of the range, up and down its middle.
 */
export function usePictureGestures(viewId: string, element: RefObject<HTMLElement | null>): Gestures {
  const drag = useRef<Drag | undefined>(undefined);
  const [hovered, setHovered] = useState(false);
  const [dragging, setDragging] = useState<Drag['kind'] | undefined>(undefined);
  useWheelZoom(viewId, element);
  const end = (): void => {
    drag.current = undefined;
    setDragging(undefined);
  };
  return {
    hovered,
    dragging,
    handlers: {
      onPointerDown: (event) => {
        const started = startDrag(viewId, event);
        if (!started) return;
        event.preventDefault();
        focusByPointer(element.current);
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = started;
        setDragging(started.kind);
      },
      onPointerMove: (event) => {
        if (drag.current) continueDrag(viewId, drag.current, event);
        else readUnder(viewId, event, setHovered);
      },
      onPointerUp: end,
      onPointerCancel: end,
      onPointerLeave: () => {
        setHovered(false);
        clearReadOut(viewId);
      },
      onContextMenu: (event) => event.preventDefault(),
    },
  };
}

function startDrag(viewId: string, event: PointerEvent<HTMLElement>): Drag | undefined {
  const view = useViews.getState().views[viewId];
  const levels = view?.shown?.background ?? view?.shown?.arrows;
  const kind = event.button === 2 ? 'levels' : event.button === 1 || (event.button === 0 && view?.zoom.mode === 'free') ? 'pan' : undefined;
  if (!kind || (kind === 'levels' && !levels)) return undefined;
  const { clientX: x, clientY: y } = event;
  return { kind, startX: x, startY: y, x, y, low: levels?.low ?? 0, high: levels?.high ?? 1 };
}

function continueDrag(viewId: string, drag: Drag, event: PointerEvent<HTMLElement>): void {
  const view = useViews.getState().views[viewId];
  const look = lookOf(view, areaOf(viewId));
  if (!view || !look) return;
  if (drag.kind === 'pan') {
    useViews.getState().patch(viewId, { zoom: panBy(look.geometry, look.area, look.zoom, event.clientX - drag.x, event.clientY - drag.y) });
  } else {
    const span = drag.high - drag.low;
    const middle = (drag.low + drag.high) / 2 + ((event.clientY - drag.startY) / look.area.height) * span;
    const half = (span / 2) * 2 ** ((event.clientX - drag.startX) / WINDOW_PIXELS);
    setLevels(viewId, view.shown?.background ? 'background' : 'arrows', middle - half, middle + half);
  }
  drag.x = event.clientX;
  drag.y = event.clientY;
}

function readUnder(viewId: string, event: PointerEvent<HTMLElement>, setHovered: (hovered: boolean) => void): void {
  const view = useViews.getState().views[viewId];
  const look = lookOf(view, areaOf(viewId));
  const box = event.currentTarget.getBoundingClientRect();
  const sample = look && sampleUnder(look.geometry, look.viewport, event.clientX - box.left, event.clientY - box.top);
  setHovered(sample !== undefined);
  if (!sample) return clearReadOut(viewId);
  if (view?.readOut?.pinned || (view?.readOut?.x === sample.x && view.readOut.y === sample.y)) return;
  askReadOut(viewId, { ...sample, pinned: false });
}

/** React listens to the wheel passively, so the page would scroll; hence an own listener. */
function useWheelZoom(viewId: string, element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const wheel = (event: WheelEvent): void => {
      const look = lookOf(useViews.getState().views[viewId], areaOf(viewId));
      if (!look) return;
      event.preventDefault();
      const box = target.getBoundingClientRect();
      const travel = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1);
      const factor = Math.exp(-travel / (event.ctrlKey ? PINCH_PIXELS : WHEEL_PIXELS));
      useViews
        .getState()
        .patch(viewId, { zoom: zoomAt(look.geometry, look.area, look.zoom, factor, event.clientX - box.left, event.clientY - box.top) });
    };
    target.addEventListener('wheel', wheel, { passive: false });
    return () => target.removeEventListener('wheel', wheel);
  }, [viewId, element]);
}
