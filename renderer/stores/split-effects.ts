import type { Cut } from '../../shared/model/cut.ts';
import { framesOfView } from './frame-choices.ts';
import { goTo } from './playback-effects.ts';
import { activeView, type Place, useViews, type ViewState } from './view-store.ts';

export interface Neighbour {
  readonly id: string;
  readonly direction: 'right' | 'below';
}

/** New views that shall stand beside another one, until the dock has placed them. */
const neighbours = new Map<string, Neighbour>();

let splits = 0;

/** A second view of the active view's dataset at the same place, beside it. */
export function splitView(): void {
  const view = activeView();
  if (view) addBeside(view, {}, 'right', false);
}

/** The next frame of the buffer beside the active one, both moving together. */
export function splitFrames(): void {
  const view = activeView();
  const frames = framesOfView(view);
  if (!view || frames < 2) return;
  useViews.getState().patch(view.id, { linked: true });
  addBeside(view, { frame: (view.place.frame + 1) % frames }, 'right', true);
}

/** The volume cut along the two other pairs of axes, through its middle, beside and below the active view. */
export function splitCuts(): void {
  const view = activeView();
  const frame = view?.bufferInfo?.frames[view.place.frame];
  if (!view || !frame || frame.planes < 2) return;
  useViews.getState().patch(view.id, { linked: true });
  if (view.place.cut) goTo(view.id, { cut: undefined, plane: frame.planes >> 1 });
  const middles: Readonly<Record<Cut, number>> = { zy: frame.shape[1] >> 1, xz: frame.shape[0] >> 1 };
  addBeside(view, { cut: 'zy', plane: middles.zy }, 'right', true);
  addBeside(view, { cut: 'xz', plane: middles.xz }, 'below', true);
  useViews.getState().activate(view.id);
}

function addBeside(view: ViewState, change: Partial<Place>, direction: Neighbour['direction'], linked: boolean): void {
  splits += 1;
  const id = `${view.id}-beside-${splits}`;
  neighbours.set(id, { id: view.id, direction });
  const { dataset, place, zoom, display, particles } = view;
  const sameAxes = !('cut' in change) || change.cut === place.cut;
  useViews.getState().add({
    id,
    dataset,
    place: { ...place, ...change },
    zoom: sameAxes ? zoom : { mode: 'fit' },
    ...(display ? { display } : {}),
    ...(particles ? { particles } : {}),
    bufferWarnings: [],
    ...(linked ? { linked } : {}),
  });
}

/** The view that a new one shall stand beside; told once. */
export function takeNeighbour(id: string): Neighbour | undefined {
  const neighbour = neighbours.get(id);
  neighbours.delete(id);
  return neighbour;
}
