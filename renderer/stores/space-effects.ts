import type { Camera } from './display-settings.ts';
import { activeView, useViews } from './view-store.ts';

/** From above the front, a little from the right. */
export const FIRST_CAMERA: Camera = { turn: -0.5, tilt: 0.45, magnification: 1, moving: false };

/** The volume of the active view as arrows in space, or back to its planes. */
export function toggleSpace(): void {
  const view = activeView();
  if (!view) return;
  // Space has the axes of the whole volume.
  const place = view.place.cut ? { ...view.place, cut: undefined, plane: 0 } : view.place;
  useViews.getState().patch(view.id, { place, camera: view.camera ? undefined : FIRST_CAMERA });
}
