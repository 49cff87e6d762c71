import { FIRST_VIEW, type SpaceCamera } from '../../shared/draw/space-camera.ts';

/** Where a volume or a set of particles is looked at from. */
export interface Camera extends SpaceCamera {
  /** True while it is being moved: less may be drawn then. */
  readonly moving: boolean;
}

export const FIRST_CAMERA: Camera = {
  ...FIRST_VIEW,
  magnification: 1,
  panX: 0,
  panY: 0,
  perspective: false,
  moving: false,
};
