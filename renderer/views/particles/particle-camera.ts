import { fillingMagnification, viewAlong } from '../../../shared/draw/space-camera.ts';
import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import { areaOf } from '../../draw-worker/draw-client.ts';
import { particlesOf } from '../../stores/frame-choices.ts';
import { DEFAULT_CAMERA, type ParticleCamera } from '../../stores/particle-display.ts';
import { useViews } from '../../stores/view-store.ts';
import type { Size } from '../frame/viewport.ts';

const MAGNIFICATION = { least: 0.2, most: 200 } as const;
const STEEPEST = Math.PI / 2;
/** After the last move so many milliseconds go by until everything is drawn again. */
const REST_MILLISECONDS = 180;

/** Looking along an axis, without perspective: the plane that is seen. */
export const PLANES = { xy: 'z', xz: 'y', yz: 'x' } as const;
export type PlaneName = keyof typeof PLANES;

const resting = new Map<string, ReturnType<typeof setTimeout>>();

/** Moves the camera of a view; while it moves fewer points may be drawn. */
export function moveCamera(viewId: string, move: (camera: ParticleCamera, area: Size) => ParticleCamera): void {
  const particles = useViews.getState().views[viewId]?.particles;
  const area = areaOf(viewId);
  if (!particles || !area) return;
  setCamera(viewId, { ...move(particles.camera, area), moving: true });
  clearTimeout(resting.get(viewId));
  resting.set(viewId, setTimeout(() => restCamera(viewId), REST_MILLISECONDS));
}

function restCamera(viewId: string): void {
  resting.delete(viewId);
  const camera = useViews.getState().views[viewId]?.particles?.camera;
  if (camera) setCamera(viewId, { ...camera, moving: false });
}

export function setCamera(viewId: string, camera: ParticleCamera): void {
  useViews.getState().patch(viewId, ({ particles }) => (particles ? { particles: { ...particles, camera } } : {}));
}

/** Turned and tilted by radians; it never goes over the top. */
export function turned(camera: ParticleCamera, turn: number, tilt: number): ParticleCamera {
  return { ...camera, turn: camera.turn + turn, tilt: Math.min(STEEPEST, Math.max(-STEEPEST, camera.tilt + tilt)) };
}

/** Shifted by pixels. */
export function panned(camera: ParticleCamera, dx: number, dy: number, area: Size): ParticleCamera {
  const smaller = Math.min(area.width, area.height);
  return { ...camera, panX: camera.panX + dx / smaller, panY: camera.panY + dy / smaller };
}

/** Magnified so that what is seen at a pixel stays there. */
export function zoomedAt(camera: ParticleCamera, factor: number, at: { readonly x: number; readonly y: number }, area: Size): ParticleCamera {
  const magnification = Math.min(MAGNIFICATION.most, Math.max(MAGNIFICATION.least, camera.magnification * factor));
  const by = magnification / camera.magnification;
  const smaller = Math.min(area.width, area.height);
  const shifted = (pan: number, from: number): number => from - (from - pan) * by;
  return {
    ...camera, magnification,
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
  showWhole(viewId, plane ? { ...DEFAULT_CAMERA, ...viewAlong(PLANES[plane]) } : DEFAULT_CAMERA);
}

/** The whole box from the side that it is seen from. */
export function fitCamera(viewId: string): void {
  const camera = useViews.getState().views[viewId]?.particles?.camera;
  if (camera) showWhole(viewId, { ...camera, panX: 0, panY: 0 });
}

function showWhole(viewId: string, camera: ParticleCamera): void {
  const view = useViews.getState().views[viewId];
  const info = particlesOf(view);
  const area = areaOf(viewId);
  setCamera(viewId, info && area ? { ...camera, magnification: fillingMagnification(particleAxes(info).box, camera, area) } : camera);
}

/** The plane that a camera shows, where it looks along an axis without perspective. */
export function planeOf({ turn, tilt, perspective }: ParticleCamera): PlaneName | undefined {
  if (perspective) return undefined;
  return (Object.keys(PLANES) as PlaneName[]).find((plane) => {
    const along = viewAlong(PLANES[plane]);
    return Math.abs(along.turn - turn) < 1e-9 && Math.abs(along.tilt - tilt) < 1e-9;
  });
}
