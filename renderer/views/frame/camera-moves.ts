import type { Camera } from '../../stores/display-settings.ts';
import { useViews } from '../../stores/view-store.ts';

const MAGNIFICATION = { least: 0.3, most: 30 } as const;
const STEEPEST = Math.PI / 2;

/** Radians for one press of a key. */
export const KEY_TURN = Math.PI / 24;
/** After the last move so many milliseconds go by until everything is drawn again. */
const REST_MILLISECONDS = 180;

const resting = new Map<string, ReturnType<typeof setTimeout>>();

/** Does what is to be done when the camera of a view has come to rest; another move begins the wait anew. */
export function atRest(viewId: string, act: () => void): void {
  clearTimeout(resting.get(viewId));
  const timer = setTimeout(() => {
    resting.delete(viewId);
    act();
  }, REST_MILLISECONDS);
  resting.set(viewId, timer);
}

/** A camera turned and tilted by radians; it never goes over the top. */
export function turned<C extends Pick<Camera, 'turn' | 'tilt'>>(camera: C, turn: number, tilt: number): C {
  return { ...camera, turn: camera.turn + turn, tilt: Math.min(STEEPEST, Math.max(-STEEPEST, camera.tilt + tilt)) };
}

export function magnified(camera: Camera, factor: number): Camera {
  return { ...camera, magnification: Math.min(MAGNIFICATION.most, Math.max(MAGNIFICATION.least, camera.magnification * factor)) };
}

/** Moves the camera of a view; while it moves fewer arrows are drawn. */
export function moveCamera(viewId: string, move: (camera: Camera) => Camera): void {
  const camera = useViews.getState().views[viewId]?.camera;
  if (!camera) return;
  useViews.getState().patch(viewId, { camera: { ...move(camera), moving: true } });
  atRest(viewId, () => restCamera(viewId));
}

export function magnify(viewId: string, factor: number): void {
  moveCamera(viewId, (camera) => magnified(camera, factor));
}

function restCamera(viewId: string): void {
  const camera = useViews.getState().views[viewId]?.camera;
  if (camera) useViews.getState().patch(viewId, { camera: { ...camera, moving: false } });
}
