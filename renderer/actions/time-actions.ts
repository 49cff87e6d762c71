import { goTo, stepBuffers, togglePlay, viewCount } from '../stores/playback-effects.ts';
import { usePlayback } from '../stores/playback-store.ts';
import { useUi } from '../stores/ui-store.ts';
import { activeView } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import { particleText } from '../strings/particle-text.ts';
import type { Action } from './action.ts';
import { framesOfView, planesOfView } from '../stores/frame-choices.ts';

const hasView = (): boolean => activeView() !== undefined;
const hasBuffers = (): boolean => viewCount(activeView() ?? { dataset: '' }) > 1;

/** What moves the active view is named after what it shows: buffers, or steps of particles. */
type Wording = (words: typeof text.actions | typeof particleText.time) => string;
const worded = (wording: Wording): string => wording(activeView()?.particles ? particleText.time : text.actions);

/** Moves the active view by buffers. */
const step = (id: string, wording: Wording, key: string, by: number, icon?: Action['icon']): Action => ({
  id,
  get label() {
    return worded(wording);
  },
  group: 'Time',
  keys: [key],
  ...(icon ? { icon } : {}),
  enabled: hasBuffers,
  run: () => stepBuffers(by),
});

/** To the next frame or plane, round and round. */
function cycle(part: 'frame' | 'plane', by: number): void {
  const view = activeView();
  const count = view ? (part === 'frame' ? framesOfView(view) : planesOfView(view)) : 0;
  if (view && count > 1) goTo(view.id, { [part]: (view.place[part] + by + count) % count, ...(part === 'frame' ? { plane: 0 } : {}) });
}

export const timeActions: readonly Action[] = [
  step('next-buffer', (words) => words.nextBuffer, 'ArrowRight', 1, 'next'),
  step('previous-buffer', (words) => words.previousBuffer, 'ArrowLeft', -1, 'previous'),
  step('next-10', (words) => words.forward(10), 'Shift+ArrowRight', 10),
  step('previous-10', (words) => words.back(10), 'Shift+ArrowLeft', -10),
  step('next-100', (words) => words.forward(100), 'PageDown', 100),
  step('previous-100', (words) => words.back(100), 'PageUp', -100),
  step('first-buffer', (words) => words.firstBuffer, 'Home', Number.NEGATIVE_INFINITY, 'first'),
  step('last-buffer', (words) => words.lastBuffer, 'End', Number.POSITIVE_INFINITY, 'last'),
  {
    id: 'go-to',
    get label() {
      return worded((words) => words.goTo);
    },
    group: 'Time',
    keys: ['G'],
    enabled: hasBuffers,
    run: () => useUi.getState().show({ kind: 'go-to' }),
  },
  {
    id: 'play',
    label: text.actions.play,
    group: 'Time',
    keys: ['Space'],
    icon: 'play',
    enabled: hasBuffers,
    checked: () => usePlayback.getState().playing !== undefined,
    run: togglePlay,
  },
  {
    id: 'loop',
    label: text.actions.loop,
    group: 'Time',
    keys: [],
    icon: 'loop',
    enabled: hasView,
    checked: () => usePlayback.getState().loop,
    run: () => usePlayback.getState().patch({ loop: !usePlayback.getState().loop }),
  },
  {
    id: 'every-frame',
    label: text.actions.everyFrame,
    group: 'Time',
    keys: [],
    enabled: hasView,
    checked: () => usePlayback.getState().mode === 'every',
    run: () => usePlayback.getState().patch({ mode: 'every' }),
  },
  {
    id: 'real-time',
    label: text.actions.realTime,
    group: 'Time',
    keys: [],
    enabled: hasView,
    checked: () => usePlayback.getState().mode === 'real',
    run: () => usePlayback.getState().patch({ mode: 'real' }),
  },
  {
    id: 'next-frame',
    label: text.actions.nextFrame,
    group: 'Time',
    keys: [']'],
    enabled: () => framesOfView(activeView()) > 1,
    run: () => cycle('frame', 1),
  },
  {
    id: 'previous-frame',
    label: text.actions.previousFrame,
    group: 'Time',
    keys: ['['],
    enabled: () => framesOfView(activeView()) > 1,
    run: () => cycle('frame', -1),
  },
  {
    id: 'next-plane',
    label: text.actions.nextPlane,
    group: 'Time',
    keys: ['.'],
    enabled: () => planesOfView(activeView()) > 1,
    run: () => cycle('plane', 1),
  },
  {
    id: 'previous-plane',
    label: text.actions.previousPlane,
    group: 'Time',
    keys: [','],
    enabled: () => planesOfView(activeView()) > 1,
    run: () => cycle('plane', -1),
  },
];
