import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import { planeOf, PLANES, viewAlong, type Box, type PlaneName } from '../../../shared/draw/space-camera.ts';
import { areaOf } from '../../draw-worker/draw-client.ts';
import { glyphBox } from '../../draw-worker/glyph-cloud.ts';
import { FIRST_CAMERA, type Camera } from '../../stores/camera.ts';
import { particlesOf } from '../../stores/frame-choices.ts';
import { useViews, type ViewState } from '../../stores/view-store.ts';
import { shownFrame } from '../frame/view-look.ts';
import type { Size } from '../frame/viewport.ts';
import { wholeBox, zoomedAt } from './camera-moves.ts';

/** After the last move so many milliseconds go by until everything is drawn again. */
const REST_MILLISECONDS = 180;

const resting = new Map<string, ReturnType<typeof setTimeout>>();

/** The camera of a view in space: of a volume or of particles. */
export function cameraOf(view: Pick<ViewState, 'camera' | 'particles'> | undefined): Camera | undefined {
  return view?.particles?.camera ?? view?.camera;
}

function cameraAt(viewId: string): Camera | undefined {
  return cameraOf(useViews.getState().views[viewId]);
}

export function setCamera(viewId: string, camera: Camera): void {
  useViews.getState().patch(viewId, ({ particles }) => (particles ? { particles: { ...particles, camera } } : { camera }));
}

/** Moves the camera of a view; while it moves less may be drawn. */
export function moveCamera(viewId: string, move: (camera: Camera, area: Size) => Camera): void {
  const [camera, area] = [cameraAt(viewId), areaOf(viewId)];
  if (!camera || !area) return;
  setCamera(viewId, { ...move(camera, area), moving: true });
  // What was under the pointer is somewhere else now.
  useViews.getState().patch(viewId, ({ particles }) => (particles?.hovered ? { particles: { ...particles, hovered: undefined } } : {}));
  clearTimeout(resting.get(viewId));
  resting.set(
    viewId,
    setTimeout(() => {
      resting.delete(viewId);
      const moved = cameraAt(viewId);
      if (moved) setCamera(viewId, { ...moved, moving: false });
    }, REST_MILLISECONDS),
  );
}

export function zoomBy(viewId: string, factor: number): void {
  moveCamera(viewId, (camera, area) => zoomedAt(camera, factor, { x: area.width / 2, y: area.height / 2 }, area));
}

/** Wheel travel that magnifies by e. */
const WHEEL_PIXELS = 500;

/** Magnifies at the pointer. */
export function zoomByWheel(viewId: string, event: WheelEvent, stage: HTMLElement | null): void {
  const box = stage?.getBoundingClientRect();
  const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  moveCamera(viewId, (camera, area) => zoomedAt(camera, Math.exp(-event.deltaY / WHEEL_PIXELS), at, area));
}

/** The whole box again, from where it was first looked at; in a projection the whole plane. */
export function resetCamera(viewId: string): void {
  const camera = cameraAt(viewId);
  const plane = camera && planeOf(camera);
  if (plane) return lookAlong(viewId, plane);
  showWhole(viewId, { ...FIRST_CAMERA, perspective: camera?.perspective ?? false });
}

/** The projection on a plane; without one back into space. */
export function lookAlong(viewId: string, plane: PlaneName | undefined): void {
  showWhole(viewId, plane ? { ...FIRST_CAMERA, ...viewAlong(PLANES[plane].along) } : FIRST_CAMERA);
}

/** Where the camera of a view was when it last showed the whole box. */
const whole = new Map<string, Camera>();

/** Shows the whole box, from the side that it is seen from: in a new view, and where nobody zoomed or shifted since it was last whole. */
export function keepWhole(viewId: string): void {
  const camera = cameraAt(viewId);
  const last = whole.get(viewId);
  const isPlaced = !last || (camera?.magnification === last.magnification && camera.panX === last.panX && camera.panY === last.panY);
  if (camera && isPlaced) showWhole(viewId, { ...camera, panX: 0, panY: 0 });
}

function showWhole(viewId: string, camera: Camera): void {
  const box = boxOf(useViews.getState().views[viewId]);
  const area = areaOf(viewId);
  const placed = box && area ? { ...camera, ...wholeBox(box, camera, area) } : camera;
  if (box && area) whole.set(viewId, placed);
  setCamera(viewId, placed);
}

function boxOf(view: ViewState | undefined): Box | undefined {
  const particles = view?.particles && particlesOf(view);
  if (particles) return particleAxes(particles).box;
  const frame = shownFrame(view);
  return frame && glyphBox(frame);
}

useViews.subscribe(({ views }) => {
  for (const id of whole.keys()) if (!cameraOf(views[id])) whole.delete(id);
});
