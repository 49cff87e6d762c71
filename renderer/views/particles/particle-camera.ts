import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import { axisRoom, edgeAxesRoom } from '../../../shared/draw/space-axes.ts';
import { fitBox, planeOf, PLANES, viewAlong, type Box, type PlaneName } from '../../../shared/draw/space-camera.ts';
import { areaOf } from '../../draw-worker/draw-client.ts';
import { particlesOf } from '../../stores/frame-choices.ts';
import { DEFAULT_CAMERA, type ParticleCamera } from '../../stores/particle-display.ts';
import { useViews } from '../../stores/view-store.ts';
import { atRest } from '../frame/camera-moves.ts';
import type { Size } from '../frame/viewport.ts';

const MAGNIFICATION = { least: 0.2, most: 200 } as const;

/** Moves the camera of a view; while it moves fewer points may be drawn. */
export function moveCamera(viewId: string, move: (camera: ParticleCamera, area: Size) => ParticleCamera): void {
  const particles = useViews.getState().views[viewId]?.particles;
  const area = areaOf(viewId);
  if (!particles || !area) return;
  // What was under the pointer is somewhere else now.
  useViews
    .getState()
    .patch(viewId, { particles: { ...particles, camera: { ...move(particles.camera, area), moving: true }, hovered: undefined } });
  atRest(viewId, () => restCamera(viewId));
}

function restCamera(viewId: string): void {
  const camera = useViews.getState().views[viewId]?.particles?.camera;
  if (camera) setCamera(viewId, { ...camera, moving: false });
}

export function setCamera(viewId: string, camera: ParticleCamera): void {
  useViews.getState().patch(viewId, ({ particles }) => (particles ? { particles: { ...particles, camera } } : {}));
}

/** Shifted by pixels. */
export function panned(camera: ParticleCamera, dx: number, dy: number, area: Size): ParticleCamera {
  const smaller = Math.min(area.width, area.height);
  return { ...camera, panX: camera.panX + dx / smaller, panY: camera.panY + dy / smaller };
}

/** Magnified so that what is seen at a pixel stays there. */
export function zoomedAt(
  camera: ParticleCamera,
  factor: number,
  at: { readonly x: number; readonly y: number },
  area: Size,
): ParticleCamera {
  const magnification = Math.min(MAGNIFICATION.most, Math.max(MAGNIFICATION.least, camera.magnification * factor));
  const by = magnification / camera.magnification;
  const smaller = Math.min(area.width, area.height);
  const shifted = (pan: number, from: number): number => from - (from - pan) * by;
  return {
    ...camera,
    magnification,
    panX: shifted(camera.panX, (at.x - area.width / 2) / smaller),
    panY: shifted(camera.panY, (at.y - area.height / 2) / smaller),
  };
}

export function zoomBy(viewId: string, factor: number): void {
  moveCamera(viewId, (camera, area) => zoomedAt(camera, factor, { x: area.width / 2, y: area.height / 2 }, area));
}

/** The whole box again, from where it was first looked at; in a projection the whole plane. */
export function resetCamera(viewId: string): void {
  const camera = useViews.getState().views[viewId]?.particles?.camera;
  const plane = camera && planeOf(camera);
  if (plane) return lookAlong(viewId, plane);
  showWhole(viewId, { ...DEFAULT_CAMERA, perspective: camera?.perspective ?? false });
}

/** The projection on a plane; without one back into space. */
export function lookAlong(viewId: string, plane: PlaneName | undefined): void {
  showWhole(viewId, plane ? { ...DEFAULT_CAMERA, ...viewAlong(PLANES[plane].along) } : DEFAULT_CAMERA);
}

/** Where the camera of a view was when it last showed the whole box. */
const whole = new Map<string, ParticleCamera>();

/** Shows the whole box, from the side that it is seen from: in a new view, and where nobody zoomed or shifted since it was last whole. */
export function keepWhole(viewId: string): void {
  const camera = useViews.getState().views[viewId]?.particles?.camera;
  const last = whole.get(viewId);
  const isPlaced = !last || (camera?.magnification === last.magnification && camera.panX === last.panX && camera.panY === last.panY);
  if (camera && isPlaced) showWhole(viewId, { ...camera, panX: 0, panY: 0 });
}

function showWhole(viewId: string, camera: ParticleCamera): void {
  const view = useViews.getState().views[viewId];
  const info = particlesOf(view);
  const area = areaOf(viewId);
  const placed = info && area ? { ...camera, ...wholeBox(particleAxes(info).box, camera, area) } : camera;
  whole.set(viewId, placed);
  setCamera(viewId, placed);
}

useViews.subscribe(({ views }) => {
  for (const id of whole.keys()) if (!views[id]) whole.delete(id);
});

/** Pixels around a plane that plain axes take, but for long numbers. */
const AROUND_PLANE = { left: 66, right: 22, top: 16, bottom: 54 } as const;

/** Magnification and shift at which the box, seen from a side, fills the picture but for what its axes need. */
export function wholeBox(box: Box, camera: ParticleCamera, area: Size): Pick<ParticleCamera, 'magnification' | 'panX' | 'panY'> {
  const around = planeOf(camera) ? { ...AROUND_PLANE, left: AROUND_PLANE.left + axisRoom(box) } : edgeAxesRoom(box);
  return fitBox(box, camera, area, around);
}
