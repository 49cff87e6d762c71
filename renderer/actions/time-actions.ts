import { goTo, stepBuffers, togglePlay, viewCount } from '../stores/playback-effects.ts';
import { usePlayback } from '../stores/playback-store.ts';
import { useUi } from '../stores/ui-store.ts';
import { activeView } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import type { Action } from './action.ts';
import { framesOfView, planesOfView } from '../stores/frame-choices.ts';

const hasView = (): boolean => activeView() !== undefined;
const hasBuffers = (): boolean => viewCount(activeView() ?? { dataset: '' }) > 1;

/** Moves the active view by buffers. */
const step = (id: string, label: string, key: string, by: number, icon?: Action['icon']): Action =>
  ({ id, label, group: 'Time', keys: [key], ...(icon ? { icon } : {}), enabled: hasBuffers, run: () => stepBuffers(by) });

/** To the next frame or plane, round and round. */
function cycle(part: 'frame' | 'plane', by: number): void {
  const view = activeView();
  const count = view ? (part === 'frame' ? framesOfView(view) : planesOfView(view)) : 0;
  if (view && count > 1) goTo(view.id, { [part]: (view.place[part] + by + count) % count, ...(part === 'frame' ? { plane: 0 } : {}) });
}

export const timeActions: readonly Action[] = [
  step('next-buffer', text.actions.nextBuffer, 'ArrowRight', 1, 'next'),
  step('previous-buffer', text.actions.previousBuffer, 'ArrowLeft', -1, 'previous'),
  step('next-10', text.actions.forward(10), 'Shift+ArrowRight', 10),
  step('previous-10', text.actions.back(10), 'Shift+ArrowLeft', -10),
  step('next-100', text.actions.forward(100), 'PageDown', 100),
  step('previous-100', text.actions.back(100), 'PageUp', -100),
  { id: 'first-buffer', label: text.actions.firstBuffer, group: 'Time', keys: ['Home'], icon: 'first', enabled: hasBuffers, run: () => stepBuffers(Number.NEGATIVE_INFINITY) },
  { id: 'last-buffer', label: text.actions.lastBuffer, group: 'Time', keys: ['End'], icon: 'last', enabled: hasBuffers, run: () => stepBuffers(Number.POSITIVE_INFINITY) },
  { id: 'go-to', label: text.actions.goTo, group: 'Time', keys: ['G'], enabled: hasBuffers, run: () => useUi.getState().show({ kind: 'go-to' }) },
  { id: 'play', label: text.actions.play, group: 'Time', keys: ['Space'], icon: 'play', enabled: hasBuffers, checked: () => usePlayback.getState().playing !== undefined, run: togglePlay },
  { id: 'loop', label: text.actions.loop, group: 'Time', keys: [], icon: 'loop', enabled: hasView, checked: () => usePlayback.getState().loop, run: () => usePlayback.getState().patch({ loop: !usePlayback.getState().loop }) },
  { id: 'every-frame', label: text.actions.everyFrame, group: 'Time', keys: [], enabled: hasView, checked: () => usePlayback.getState().mode === 'every', run: () => usePlayback.getState().patch({ mode: 'every' }) },
  { id: 'real-time', label: text.actions.realTime, group: 'Time', keys: [], enabled: hasView, checked: () => usePlayback.getState().mode === 'real', run: () => usePlayback.getState().patch({ mode: 'real' }) },
  { id: 'next-frame', label: text.actions.nextFrame, group: 'Time', keys: [']'], enabled: () => framesOfView(activeView()) > 1, run: () => cycle('frame', 1) },
  { id: 'previous-frame', label: text.actions.previousFrame, group: 'Time', keys: ['['], enabled: () => framesOfView(activeView()) > 1, run: () => cycle('frame', -1) },
  { id: 'next-plane', label: text.actions.nextPlane, group: 'Time', keys: ['.'], enabled: () => planesOfView(activeView()) > 1, run: () => cycle('plane', 1) },
  { id: 'previous-plane', label: text.actions.previousPlane, group: 'Time', keys: [','], enabled: () => planesOfView(activeView()) > 1, run: () => cycle('plane', -1) },
];
