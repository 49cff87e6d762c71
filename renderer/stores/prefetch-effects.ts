import { connection } from '../client/connection.ts';
import { useDatasets } from './dataset-store.ts';
import { placeCount } from './frame-choices.ts';
import { prefetchPlan, STANDING, type Travel, travelOf } from './prefetch-plan.ts';
import { useViews, type ViewState } from './view-store.ts';

const travels = new Map<string, Travel>();

/** Tells the host which buffers will be wanted next, whenever a view moves. Returns the unsubscriber. */
export function watchTravel(): () => void {
  return useViews.subscribe(({ views }, before) => {
    if (views === before.views) return;
    for (const view of Object.values(views)) {
      const old = before.views[view.id];
      if (old?.place.buffer !== view.place.buffer || old.dataset !== view.dataset) plan(view, old?.place.buffer ?? view.place.buffer);
    }
    for (const id of Object.keys(before.views)) if (!views[id]) travels.delete(id);
  });
}

function plan(view: ViewState, from: number): void {
  const info = useDatasets.getState().opened[view.dataset]?.info;
  if (!info) return;
  const count = placeCount(info);
  const travel = travelOf(from, view.place.buffer, count, travels.get(view.id) ?? STANDING);
  travels.set(view.id, travel);
  const isMissing = (buffer: number): boolean =>
    info.kind === 'frames' && info.missing.some(([start, end]) => buffer >= start && buffer < end);
  const buffers = prefetchPlan(view.place.buffer, count, travel, isMissing);
  // A plan is a wish: when the dataset is closed meanwhile there is nothing to tell.
  void connection()
    .then((transport) => transport.call('prefetch', { dataset: view.dataset, buffers }))
    .catch(() => undefined);
}
