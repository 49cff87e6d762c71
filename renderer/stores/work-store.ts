import { create } from 'zustand';
import type { Events, Transport } from '../../shared/contract/methods.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import { connection } from '../client/connection.ts';
import { cancelLoading } from '../draw-worker/draw-client.ts';
import { useDatasets } from './dataset-store.ts';
import { useViews } from './view-store.ts';

/** A buffer that is computed before it can be shown. */
export interface BufferWork extends Omit<Events['bufferWork'], 'ended'> {
  /** Title of its dataset. */
  readonly title: string;
  /** When this page first heard of it (performance.now()), from which its rate is told. */
  readonly since: number;
}

/** What is at work, in the order in which it began. */
export const useWork = create<{ readonly work: readonly BufferWork[] }>(() => ({ work: [] }));

/** Follows what a host computes. A new host has none. */
export function followWork(transport: Transport): void {
  keep(() => false);
  transport.on('bufferWork', take);
  // What a worker was at when it ended is told by nobody.
  transport.on('restarted', ({ dataset }) => keep((one) => one.dataset !== dataset));
}

/** Ends it for all views, thumbnails and plans that wait for it. */
export async function cancelWork({ dataset, buffer }: BufferWork): Promise<void> {
  for (const { id, dataset: shown, place } of Object.values(useViews.getState().views))
    if (shown === dataset && place.buffer === buffer) cancelLoading(id);
  await (await connection()).call('cancelBuffer', { dataset, buffer }).catch(() => undefined);
}

function take({ ended, ...news }: Events['bufferWork']): void {
  const { work } = useWork.getState();
  const isSame = (one: { readonly dataset: DatasetId; readonly buffer: number }): boolean =>
    one.dataset === news.dataset && one.buffer === news.buffer;
  if (ended) return keep((one) => !isSame(one));
  const known = work.find(isSame);
  const title = useDatasets.getState().opened[news.dataset]?.info.title ?? '';
  const now = { ...news, title, since: known?.since ?? performance.now() };
  useWork.setState({ work: known ? work.map((one) => (one === known ? now : one)) : [...work, now] });
}

function keep(isWanted: (one: BufferWork) => boolean): void {
  const { work } = useWork.getState();
  const left = work.filter(isWanted);
  if (left.length < work.length) useWork.setState({ work: left });
}

useDatasets.subscribe(({ opened }) => keep(({ dataset }) => opened[dataset] !== undefined));
