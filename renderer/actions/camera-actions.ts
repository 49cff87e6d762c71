import { planeOf, PLANES, type PlaneName } from '../../shared/draw/space-camera.ts';
import { activeView } from '../stores/view-store.ts';
import { particleText } from '../strings/particle-text.ts';
import { cameraOf, lookAlong, moveCamera, resetCamera } from '../views/space/camera-commands.ts';
import type { Action } from './action.ts';

const words = particleText.actions;
const isInSpace = (of = activeView()): boolean => cameraOf(of) !== undefined;

function onActive(run: (viewId: string) => void): () => void {
  return () => {
    const view = activeView();
    if (view && isInSpace(view)) run(view.id);
  };
}

const plane = (name: PlaneName, key: string): Action => ({
  id: `particle-${name}`,
  label: words.plane(PLANES[name].along, name),
  group: 'Picture',
  keys: [key],
  enabled: isInSpace,
  checked: (view = activeView()) => {
    const camera = cameraOf(view);
    return camera !== undefined && planeOf(camera) === name;
  },
  run: onActive((id) => lookAlong(id, name)),
});

/** Commands for views in space, of particles and of volumes. */
export const cameraActions: readonly Action[] = [
  {
    id: 'reset-camera',
    label: words.reset,
    group: 'Picture',
    keys: ['Shift+F', 'R'],
    icon: 'home',
    enabled: isInSpace,
    run: onActive(resetCamera),
  },
  {
    id: 'orthographic',
    label: words.orthographic,
    group: 'Picture',
    keys: ['O'],
    icon: 'cube',
    enabled: isInSpace,
    checked: (view = activeView()) => cameraOf(view)?.perspective === false,
    run: onActive((id) => moveCamera(id, (camera) => ({ ...camera, perspective: !camera.perspective }))),
  },
  plane('xy', 'Shift+Z'),
  plane('xz', 'Shift+Y'),
  plane('yz', 'Shift+X'),
  {
    id: 'particle-space',
    label: words.space,
    group: 'Picture',
    keys: ['Shift+D'],
    enabled: isInSpace,
    run: onActive((id) => lookAlong(id, undefined)),
  },
];
