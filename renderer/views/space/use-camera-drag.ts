import { useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import { planeOf } from '../../../shared/draw/space-camera.ts';
import { useViews } from '../../stores/view-store.ts';
import { focusByPointer } from '../frame/focus-by-pointer.ts';
import { cameraOf, moveCamera } from './camera-commands.ts';
import { panned, turned } from './camera-moves.ts';

/** Radians for each pixel of a drag. */
const TURN_PER_PIXEL = 0.008;
/** What moves less is a press. */
const STILL_PIXELS = 4;

interface Drag {
  readonly how: 'orbit' | 'pan';
  readonly startX: number;
  readonly startY: number;
  readonly button: number;
  x: number;
  y: number;
  moved: boolean;
}

/** A place in the picture. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What else the pointer does. */
interface PointerUse {
  /** A press without a drag. */
  press(spot: Spot): void;
  /** It rests somewhere; undefined = it left, or drags. */
  hover(spot: Spot | undefined): void;
}

/** Drags turn the picture of a box in space, or shift it: with Shift, with another button than the first, and as `tool` says. */
export function useCameraDrag(viewId: string, tool: 'orbit' | 'pan', use?: PointerUse) {
  const drag = useRef<Drag | undefined>(undefined);
  const [dragging, setDragging] = useState(false);
  const end = (): void => {
    drag.current = undefined;
    setDragging(false);
  };
  return {
    dragging,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button > 2) return;
        event.preventDefault();
        focusByPointer(event.currentTarget);
        event.currentTarget.setPointerCapture(event.pointerId);
        const [x, y] = [event.clientX, event.clientY];
        const how = event.button > 0 || event.shiftKey || isFlat(viewId) ? 'pan' : tool;
        drag.current = { how, button: event.button, startX: x, startY: y, x, y, moved: false };
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const held = drag.current;
        if (!held) return use?.hover(spotOf(event));
        if (!held.moved && Math.hypot(event.clientX - held.startX, event.clientY - held.startY) < STILL_PIXELS) return;
        if (!held.moved) {
          held.moved = true;
          use?.hover(undefined);
          setDragging(true);
        }
        const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
        [held.x, held.y] = [event.clientX, event.clientY];
        moveCamera(viewId, (camera, area) =>
          held.how === 'pan' ? panned(camera, dx, dy, area) : turned(camera, dx * TURN_PER_PIXEL, dy * TURN_PER_PIXEL),
        );
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const held = drag.current;
        end();
        if (held && !held.moved && held.button === 0) use?.press(spotOf(event));
      },
      onPointerCancel: end,
      onPointerLeave: () => use?.hover(undefined),
      onContextMenu: (event: MouseEvent) => event.preventDefault(),
    },
  };
}

/** A projection is shifted, since turning would leave it. */
function isFlat(viewId: string): boolean {
  const camera = cameraOf(useViews.getState().views[viewId]);
  return camera !== undefined && planeOf(camera) !== undefined;
}

function spotOf(event: PointerEvent<HTMLElement>): Spot {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
