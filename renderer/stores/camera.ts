import type { SpaceCamera } from '../../shared/draw/space-camera.ts';

/** Where a volume or a set of particles is looked at from. */
export interface Camera extends SpaceCamera {
  /** True while it is being moved: less may be drawn then. */
  readonly moving: boolean;
}

/** From above the front, a little from the right. */
export const FIRST_CAMERA: Camera = {
  turn: -0.6,
  tilt: 0.42,
  magnification: 1,
  panX: 0,
  panY: 0,
  perspective: false,
  moving: false,
};
