import { axisRoom, edgeAxesRoom } from '../../../shared/draw/space-axes.ts';
import { fitBox, planeOf, type Box, type SpaceCamera } from '../../../shared/draw/space-camera.ts';
import type { Camera } from '../../stores/camera.ts';
import type { Size } from '../frame/viewport.ts';

const MAGNIFICATION = { least: 0.2, most: 200 } as const;
const STEEPEST = Math.PI / 2;

/** Radians for one press of a key. */
export const KEY_TURN = Math.PI / 24;

/** Turned and tilted by radians; it never goes over the top. */
export function turned(camera: Camera, turn: number, tilt: number): Camera {
  return { ...camera, turn: camera.turn + turn, tilt: Math.min(STEEPEST, Math.max(-STEEPEST, camera.tilt + tilt)) };
}

/** Shifted by pixels. */
export function panned(camera: Camera, dx: number, dy: number, area: Size): Camera {
  const smaller = Math.min(area.width, area.height);
  return { ...camera, panX: camera.panX + dx / smaller, panY: camera.panY + dy / smaller };
}

/** Magnified so that what is seen at a pixel stays there. */
export function zoomedAt(camera: Camera, factor: number, at: { readonly x: number; readonly y: number }, area: Size): Camera {
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

/** Pixels around a plane that plain axes take, but for long numbers. */
const AROUND_PLANE = { left: 66, right: 22, top: 16, bottom: 54 } as const;

/** Magnification and shift at which the box, seen from a side, fills the picture but for what its axes need. */
export function wholeBox(box: Box, camera: SpaceCamera, area: Size): Pick<SpaceCamera, 'magnification' | 'panX' | 'panY'> {
  const around = planeOf(camera) ? { ...AROUND_PLANE, left: AROUND_PLANE.left + axisRoom(box) } : edgeAxesRoom(box);
  return fitBox(box, camera, area, around);
}
