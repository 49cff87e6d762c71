import { activeView, useViews } from './view-store.ts';

/** New views that shall stand to the right of another one, until the dock has placed them. */
const neighbours = new Map<string, string>();

let splits = 0;

/** A second view of the active view's dataset at the same place, beside it. */
export function splitView(): void {
  const view = activeView();
  if (!view) return;
  splits += 1;
  const id = `${view.id}-beside-${splits}`;
  neighbours.set(id, view.id);
  const { dataset, place, zoom, display } = view;
  useViews.getState().add({ id, dataset, place, zoom, ...(display ? { display } : {}), bufferWarnings: [] });
}

/** The view that a new one shall stand beside; told once. */
export function takeNeighbour(id: string): string | undefined {
  const neighbour = neighbours.get(id);
  neighbours.delete(id);
  return neighbour;
}
