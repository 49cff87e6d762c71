import { useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import { planeOf } from '../../../shared/draw/space-camera.ts';
import { pick } from '../../draw-worker/draw-client.ts';
import type { PickedParticle } from '../../stores/particle-display.ts';
import { usePlayback } from '../../stores/playback-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { turned } from '../frame/camera-moves.ts';
import { focusByPointer } from '../frame/focus-by-pointer.ts';
import { moveCamera, panned } from './particle-camera.ts';
import { changeParticles, selectTrack } from './particle-commands.ts';

/** Radians for each pixel of a drag. */
const TURN_PER_PIXEL = 0.008;
/** A press that moves less picks. */
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

/** Drags turn or shift, a press picks, the pointer reads. */
export function useParticleGestures(viewId: string) {
  const drag = useRef<Drag | undefined>(undefined);
  const [dragging, setDragging] = useState(false);
  const hover = useHover(viewId);
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
        drag.current = {
          how: event.button > 0 || event.shiftKey ? 'pan' : usualDrag(viewId),
          button: event.button,
          startX: x,
          startY: y,
          x,
          y,
          moved: false,
        };
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const held = drag.current;
        if (!held) return hover.at(place(event));
        if (!held.moved && Math.hypot(event.clientX - held.startX, event.clientY - held.startY) < STILL_PIXELS) return;
        if (!held.moved) {
          held.moved = true;
          hover.end();
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
        if (held && !held.moved && held.button === 0) void pickAt(viewId, place(event));
      },
      onPointerCancel: end,
      onPointerLeave: () => hover.end(),
      onContextMenu: (event: MouseEvent) => event.preventDefault(),
    },
  };
}

/** A projection is shifted, since turning would leave it. */
function usualDrag(viewId: string): Drag['how'] {
  const particles = useViews.getState().views[viewId]?.particles;
  return !particles || particles.tool === 'pan' || planeOf(particles.camera) ? 'pan' : 'orbit';
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

function place(event: PointerEvent<HTMLElement>): Spot {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

async function pickAt(viewId: string, { x, y }: Spot): Promise<void> {
  const picked = await pick(viewId, x, y);
  selectTrack(viewId, picked?.track);
  changeParticles(viewId, () => ({ picked }));
}

/** Asks what is under the pointer, one question at a time; none while the view plays, which needs the time. */
function useHover(viewId: string) {
  const asking = useRef(false);
  const wanted = useRef<Spot | undefined>(undefined);
  const tell = (particle: PickedParticle | undefined, spot: Spot | undefined): void => {
    const before = useViews.getState().views[viewId]?.particles?.hovered;
    if (particle && spot)
      changeParticles(viewId, () => ({ hovered: { particle, at: useViews.getState().views[viewId]?.place.buffer ?? 0, ...spot } }));
    else if (before) changeParticles(viewId, () => ({ hovered: undefined }));
  };
  const ask = async (): Promise<void> => {
    asking.current = true;
    try {
      for (let spot = wanted.current; spot; spot = wanted.current) {
        const particle = await pick(viewId, spot.x, spot.y);
        if (wanted.current === undefined) return;
        tell(particle, spot);
        if (wanted.current === spot) return;
      }
    } finally {
      asking.current = false;
    }
  };
  return {
    at: (spot: Spot): void => {
      if (usePlayback.getState().playing === viewId) return;
      wanted.current = spot;
      if (!asking.current) void ask();
    },
    end: (): void => {
      wanted.current = undefined;
      tell(undefined, undefined);
    },
  };
}
