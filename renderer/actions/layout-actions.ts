import { toggleBlink } from '../stores/blink-store.ts';
import { framesOfView } from '../stores/frame-choices.ts';
import { toggleLinks } from '../stores/linked-views.ts';
import { toggleSpace } from '../stores/space-effects.ts';
import { splitCuts, splitFrames } from '../stores/split-effects.ts';
import { activeView, useViews } from '../stores/view-store.ts';
import { frameText } from '../strings/frame-text.ts';
import { flipDisplay } from '../views/frame/view-commands.ts';
import type { Action } from './action.ts';

const words = frameText.actions;
const hasFrames = (view = activeView()): boolean => framesOfView(view) > 1;
const volumeOf = (view = activeView()) => {
  const frame = view?.bufferInfo?.frames[view.place.frame];
  return frame && frame.planes > 1 ? frame : undefined;
};

/** Views beside each other and what they share, and other ways to see a buffer with frames or planes. */
export const layoutActions: readonly Action[] = [
  {
    id: 'blink',
    label: words.blink,
    group: 'Time',
    keys: ['B'],
    icon: 'blink',
    enabled: hasFrames,
    checked: (of = activeView()) => of?.blinking ?? false,
    run: toggleBlink,
  },
  {
    id: 'split-frames',
    label: words.splitFrames,
    group: 'Window',
    keys: ['Shift+B'],
    icon: 'frames',
    enabled: hasFrames,
    run: splitFrames,
  },
  {
    id: 'split-cuts',
    label: words.splitCuts,
    group: 'Window',
    keys: ['X'],
    icon: 'cuts',
    enabled: (of = activeView()) => volumeOf(of) !== undefined,
    run: splitCuts,
  },
  {
    id: 'space',
    label: words.space,
    group: 'Picture',
    keys: ['3'],
    icon: 'cube',
    checked: (of = activeView()) => of?.camera !== undefined,
    enabled: (of = activeView()) => volumeOf(of)?.kind === 'vector',
    run: toggleSpace,
  },
  {
    id: 'link',
    label: words.link,
    group: 'Window',
    keys: ['L'],
    icon: 'link',
    checked: (of = activeView()) => of?.linked ?? false,
    enabled: () => Object.keys(useViews.getState().views).length > 1,
    run: toggleLinks,
  },
  {
    id: 'flip-x',
    label: words.flipX,
    group: 'Picture',
    keys: [],
    icon: 'flip-x',
    enabled: (of = activeView()) => of?.display !== undefined,
    checked: (of = activeView()) => of?.display?.flipX ?? false,
    run: () => flipDisplay('flipX'),
  },
  {
    id: 'flip-y',
    label: words.flipY,
    group: 'Picture',
    keys: [],
    icon: 'flip-y',
    enabled: (of = activeView()) => of?.display !== undefined,
    checked: (of = activeView()) => of?.display?.flipY ?? false,
    run: () => flipDisplay('flipY'),
  },
];
