import * as view from '../views/frame/view-commands.ts';
import { copyText } from '../client/clipboard.ts';
import { particlesOf } from '../stores/frame-choices.ts';
import { activeView } from '../stores/view-store.ts';
import { readOutText } from '../views/status/read-out-text.ts';
import { shownAttributes } from '../views/attributes/shown-attributes.ts';
import { attributesJson, attributesText } from '../views/attributes/attribute-copy.ts';
import { text } from '../strings/en.ts';
import { particleText } from '../strings/particle-text.ts';
import { changeDisplay, particleColors } from '../views/particles/particle-commands.ts';
import { cameraOf, resetCamera, zoomBy } from '../views/space/camera-commands.ts';
import type { Action } from './action.ts';

/** Settings of the display come with the first picture; a set without buffers has none. */
const hasFrame = (of = activeView()): boolean => of?.display !== undefined && of.particles === undefined;
const hasPicture = (of = activeView()): boolean => of?.particles !== undefined || hasFrame(of);
const hasVectors = (of = activeView()): boolean =>
  of?.bufferInfo?.frames[of.place.frame]?.kind === 'vector' || (particlesOf(of)?.tracks ?? 0) > 0;

/** What a command does to a picture of particles, and to one of a frame. */
const either = (particles: (viewId: string) => void, frame: () => void) => (): void => {
  const of = activeView();
  if (of?.particles) particles(of.id);
  else frame();
};
/** What a command does to a picture in space, of particles or of a volume, and to one of a plane. */
const inSpace = (space: (viewId: string) => void, plane: () => void) => (): void => {
  const of = activeView();
  if (of && cameraOf(of)) space(of.id);
  else plane();
};
const attributes = (): boolean => activeView()?.bufferInfo !== undefined;

export const pictureActions: readonly Action[] = [
  {
    id: 'zoom-in',
    label: text.actions.zoomIn,
    group: 'Picture',
    keys: ['+', '='],
    icon: 'zoom-in',
    enabled: hasPicture,
    run: inSpace((id) => zoomBy(id, view.ZOOM_STEP), view.zoomIn),
  },
  {
    id: 'zoom-out',
    label: text.actions.zoomOut,
    group: 'Picture',
    keys: ['-'],
    icon: 'zoom-out',
    enabled: hasPicture,
    run: inSpace((id) => zoomBy(id, 1 / view.ZOOM_STEP), view.zoomOut),
  },
  {
    id: 'fit',
    label: text.actions.fit,
    group: 'Picture',
    keys: ['F', '0'],
    icon: 'fit',
    enabled: hasPicture,
    checked: (of = activeView()) => hasFrame(of) && !cameraOf(of) && of?.zoom.mode === 'fit',
    run: inSpace(resetCamera, view.fit),
  },
  {
    id: 'levels-once',
    label: text.actions.levelsOnce,
    group: 'Picture',
    keys: ['A'],
    icon: 'levels',
    enabled: hasPicture,
    run: either((id) => particleColors(id).once(), view.levelsOnce),
  },
  {
    id: 'levels-lock',
    label: text.actions.levelsLock,
    group: 'Picture',
    keys: ['Shift+A'],
    icon: 'lock',
    enabled: hasPicture,
    checked: (of = activeView()) => (of?.particles?.display.colors ?? of?.display?.background.colors)?.levels.mode === 'locked',
    run: either(
      (id) => particleColors(id).setMode(activeView()?.particles?.display.colors.levels.mode === 'locked' ? 'per-buffer' : 'locked'),
      view.toggleLevelLock,
    ),
  },
  {
    id: 'levels-reset',
    label: text.actions.levelsReset,
    group: 'Picture',
    keys: [],
    enabled: hasPicture,
    run: either((id) => particleColors(id).reset(), view.resetLevels),
  },
  {
    id: 'histogram',
    label: text.actions.histogram,
    group: 'Picture',
    keys: ['H'],
    icon: 'histogram',
    enabled: hasPicture,
    checked: (of = activeView()) => of?.display?.histogram ?? false,
    run: either((id) => changeDisplay(id, ({ histogram }) => ({ histogram: !histogram })), view.toggleHistogram),
  },
  {
    id: 'pin-read-out',
    label: text.actions.pinReadOut,
    group: 'Picture',
    keys: [],
    icon: 'pin',
    enabled: () => activeView()?.readOut !== undefined,
    run: view.pinReadOut,
  },
  {
    id: 'mask',
    label: text.actions.mask,
    group: 'Layers',
    keys: ['M'],
    icon: 'mask',
    enabled: hasFrame,
    checked: (of = activeView()) => of?.display?.maskVisible ?? false,
    run: view.toggleMask,
  },
  {
    id: 'vectors',
    get label() {
      return activeView()?.particles ? particleText.actions.arrows : text.actions.vectors;
    },
    group: 'Layers',
    keys: ['V'],
    icon: 'vectors',
    enabled: hasVectors,
    checked: (of = activeView()) => of?.particles?.display.arrows ?? of?.display?.arrows.visible ?? false,
    run: either((id) => changeDisplay(id, ({ arrows }) => ({ arrows: !arrows })), view.toggleVectors),
  },
  {
    id: 'copy-picture',
    label: text.actions.copyPicture,
    group: 'Copy',
    keys: ['Mod+C'],
    icon: 'copy',
    enabled: hasPicture,
    run: view.copyPicture,
  },
  {
    id: 'copy-read-out',
    label: text.actions.copyReadOut,
    group: 'Copy',
    keys: ['Mod+Shift+C'],
    enabled: () => activeView()?.readOut !== undefined,
    run: () => copyText(readOutText(activeView())),
  },
  {
    id: 'copy-attributes-text',
    label: text.actions.copyAttributesText,
    group: 'Copy',
    keys: [],
    enabled: attributes,
    run: () => copyText(attributesText(shownAttributes())),
  },
  {
    id: 'copy-attributes-json',
    label: text.actions.copyAttributesJson,
    group: 'Copy',
    keys: [],
    enabled: attributes,
    run: () => copyText(attributesJson(shownAttributes())),
  },
];
