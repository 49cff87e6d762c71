import { acquisitionTime } from './acquisition-times.ts';
import { useDatasets } from './dataset-store.ts';
import { placeCount } from './frame-choices.ts';
import { usePlayback } from './playback-store.ts';
import { play, type Stage } from './player.ts';
import { activeView, type Place, useViews, type ViewState } from './view-store.ts';

let running: AbortController | undefined;

/** Starts playing the active view, or stops. */
export function togglePlay(): void {
  if (running) return stopPlay();
  const view = activeView();
  if (!view) return;
  const control = new AbortController();
  running = control;
  const count = viewCount(view);
  if (!usePlayback.getState().loop && view.place.buffer === count - 1) goTo(view.id, { buffer: 0 });
  usePlayback.getState().patch({ playing: view.id, measured: undefined, dropped: 0 });
  void play(stageOf(view.id, count, control.signal), control.signal).finally(() => {
    if (running === control) stopPlay();
  });
}

export function stopPlay(): void {
  running?.abort();
  running = undefined;
  usePlayback.getState().patch({ playing: undefined });
}

/** Moves a view; buffer numbers outside of the dataset are taken to its ends. */
export function goTo(id: string, change: Partial<Place>): void {
  useViews.getState().patch(id, (view) => {
    const buffer = Math.min(viewCount(view) - 1, Math.max(0, change.buffer ?? view.place.buffer));
    return { place: { ...view.place, ...change, buffer } };
  });
}

/** Moves the active view by buffers. */
export function stepBuffers(by: number): void {
  const view = activeView();
  if (view) goTo(view.id, { buffer: view.place.buffer + by });
}

export function viewCount(view: Pick<ViewState, 'dataset'>): number {
  const info = useDatasets.getState().opened[view.dataset]?.info;
  return info ? placeCount(info) : 1;
}

function stageOf(id: string, count: number, signal: AbortSignal): Stage {
  const view = (): ViewState | undefined => useViews.getState().views[id];
  return {
    count,
    buffer: () => view()?.place.buffer ?? 0,
    show: (buffer) => goTo(id, { buffer }),
    shown: () => pictureShown(id, signal),
    time: async (buffer) => acquisitionTime(view()?.dataset ?? '', buffer),
    options: () => usePlayback.getState(),
    now: () => performance.now(),
    wait: (milliseconds) => wait(milliseconds, signal),
    report: (measured, dropped) => usePlayback.getState().patch({ measured, dropped }),
  };
}

/** Resolves when the view shows its wanted place, shows its error, is closed, or play ends. */
function pictureShown(id: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const isDone = (): boolean => {
      const view = useViews.getState().views[id];
      if (!view) stopPlay();
      return signal.aborted || !view || view.error !== undefined || samePlace(view.shown?.place, view.place);
    };
    if (isDone()) return resolve();
    const finish = (): void => {
      unsubscribe();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const unsubscribe = useViews.subscribe(() => {
      if (isDone()) finish();
    });
    signal.addEventListener('abort', finish);
  });
}

function samePlace(a: Place | undefined, b: Place): boolean {
  return a !== undefined && a.buffer === b.buffer && a.frame === b.frame && a.plane === b.plane;
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish);
  });
}
