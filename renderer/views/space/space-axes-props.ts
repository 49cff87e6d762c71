import type { Box, SpaceCamera } from '../../../shared/draw/space-camera.ts';
import type { Size } from '../frame/viewport.ts';

/** A box in space as a picture of some size shows it. */
export interface SpaceAxesProps {
  readonly box: Box;
  readonly camera: SpaceCamera;
  readonly area: Size;
  /** Of x, y and z, with their units. */
  readonly names: readonly string[];
  /** Of lengths in space. */
  readonly unit: string;
}
