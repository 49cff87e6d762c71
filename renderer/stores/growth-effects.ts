import type { Events, Transport } from '../../shared/contract/methods.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import { bufferCount, type DatasetInfo } from '../../shared/model/dataset.ts';
import { connection } from '../client/connection.ts';
import { tryAgain } from '../draw-worker/draw-client.ts';
import { useDatasets } from './dataset-store.ts';
import { useFollow } from './follow-store.ts';
import { goTo } from './playback-effects.ts';
import { keepTimes } from './time-axis-effects.ts';
import { useViews, type ViewState } from './view-store.ts';

/** Some drives tell nothing of their changes: while a dataset is followed it is looked at so often. */
const LOOK_MILLISECONDS = 2000;

/** Takes over what the host tells of datasets that grow: the time line extends, views that follow go on, failed ones try again. */
export function heedGrowth(transport: Transport): void {
  transport.on('changed', grown);
}

function grown({ dataset, info, rewritten }: Events['changed']): void {
  const before = useDatasets.getState().opened[dataset]?.info;
  if (!before) return;
  useDatasets.getState().setInfo(dataset, keepTimes(dataset, before, info));
  const views = viewsOf(dataset);
  const atEnd = views.filter(({ place }) => place.buffer >= countOf(before) - 1);
  // Who went elsewhere than to the last buffer follows no longer.
  if (atEnd.length === 0) useFollow.getState().set(dataset, false);
  for (const view of views) {
    const follows = isFollowed(dataset) && atEnd.includes(view);
    if (follows || view.place.buffer >= countOf(info)) goTo(view.id, { buffer: countOf(info) - 1 });
    if (view.error || rewritten.includes(view.place.buffer)) tryAgain(view.id);
  }
}

/** Shows the last buffer now and whenever there is a new one, or no longer. */
export function toggleFollow(dataset: DatasetId): void {
  const { following, set } = useFollow.getState();
  const on = !following.includes(dataset);
  set(dataset, on);
  if (!on) return;
  for (const view of viewsOf(dataset)) goTo(view.id, { buffer: Number.POSITIVE_INFINITY });
  void lookWhileFollowing(dataset);
}

export function isFollowed(dataset: DatasetId): boolean {
  return useFollow.getState().following.includes(dataset);
}

const looking = new Set<DatasetId>();

async function lookWhileFollowing(dataset: DatasetId): Promise<void> {
  if (looking.has(dataset)) return;
  looking.add(dataset);
  const transport = await connection();
  while (isFollowed(dataset)) {
    // Closed meanwhile, or unreadable for a moment: the next look tells.
    await transport.call('refresh', { dataset }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
    if (!useDatasets.getState().opened[dataset]) useFollow.getState().set(dataset, false);
  }
  looking.delete(dataset);
}

function viewsOf(dataset: DatasetId): readonly ViewState[] {
  return Object.values(useViews.getState().views).filter((view) => view.dataset === dataset);
}

function countOf(info: DatasetInfo): number {
  return info.kind === 'frames' ? bufferCount(info) : 0;
}
