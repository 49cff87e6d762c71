import { FIRST_CAMERA } from './camera.ts';
import { activeView, useViews } from './view-store.ts';

/** The volume of the active view as arrows in space, or back to its planes. */
export function toggleSpace(): void {
  const view = activeView();
  if (!view) return;
  // Space has the axes of the whole volume.
  const place = view.place.cut ? { ...view.place, cut: undefined, plane: 0 } : view.place;
  useViews.getState().patch(view.id, { place, camera: view.camera ? undefined : FIRST_CAMERA });
}
