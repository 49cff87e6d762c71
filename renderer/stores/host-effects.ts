import type { Transport } from '../../shared/contract/methods.ts';
import type { DatasetId, OpenedDataset } from '../../shared/contract/opened.ts';
import { toErrorRecord } from '../../shared/model/data-error.ts';
import type { HostRestart } from '../../preload/api.ts';
import { onConnected, reconnect } from '../client/connection.ts';
import { desktop } from '../client/desktop.ts';
import { text } from '../strings/en.ts';
import { useDatasets } from './dataset-store.ts';
import { heedGrowth } from './growth-effects.ts';
import { followJobs } from './export-effects.ts';
import { useJobs } from './job-store.ts';
import { useProject } from './project-store.ts';
import { toast } from './toast-store.ts';
import { useUi } from './ui-store.ts';
import { useViews } from './view-store.ts';
import { followWork } from './work-store.ts';

/** Listens to the host: cache contents, workers that were started again, and the end of the host itself. */
export function watchHost(): void {
  onConnected((transport) => {
    followJobs(transport);
    followWork(transport);
    transport.on('cache', (usage) => {
      if (useDatasets.getState().opened[usage.dataset]) useDatasets.getState().setUsage(usage);
    });
    heedGrowth(transport);
    transport.on('restarted', ({ dataset, error }) => {
      const title = useDatasets.getState().opened[dataset]?.info.title ?? '';
      toast(text.host.workerRestarted(title, error.message), 'warn');
    });
  });
  desktop?.onHostRestarted((restart) => void hostRestarted(restart));
}

async function hostRestarted({ healed, reason }: HostRestart): Promise<void> {
  useUi.getState().patch({ hostDown: healed ? undefined : reason });
  if (!healed) return;
  useJobs.getState().lose({ code: 'closed', message: reason });
  const transport = await reconnect();
  const before = Object.values(useDatasets.getState().opened);
  const pairs = await Promise.all(before.map(async (old) => [old, await reopen(transport, old)] as const));
  moveOver(new Map(pairs.flatMap(([old, dataset]) => (dataset ? [[old.id, dataset] as const] : []))));
  useJobs.getState().moveOver(new Map(pairs.flatMap(([old, dataset]) => (dataset ? [[old.id, dataset.id] as const] : []))));
  toast(text.host.restarted(reason, pairs.filter(([, dataset]) => dataset).length, before.length), 'warn');
}

/** Opens a dataset again as it was opened; undefined where that fails or its bytes came from a drop. */
async function reopen(transport: Transport, old: OpenedDataset): Promise<OpenedDataset | undefined> {
  const { path, format, options } = useProject.getState().origins[old.id] ?? {};
  if (path === undefined) return undefined;
  try {
    return (await transport.call('open', { path, ...(format ? { format } : {}), ...(options ? { options } : {}) })).meta;
  } catch (error) {
    useProject.getState().setFailure(path, toErrorRecord(error));
    return undefined;
  }
}

/**
 * Views and facts go from the old host's ids to the new one's, all at once: a new host counts from the start, so the same id may stand for
 * another dataset. What was not opened again is closed.
 */
export function moveOver(moved: ReadonlyMap<DatasetId, OpenedDataset>): void {
  const { views, remove, patch } = useViews.getState();
  const { origins, roots, removeRoot } = useProject.getState();
  const lost = Object.values(useDatasets.getState().opened).filter(({ id }) => !moved.has(id));
  useDatasets.setState({ opened: Object.fromEntries([...moved.values()].map((dataset) => [dataset.id, dataset])), usage: {} });
  useProject.setState({ origins: Object.fromEntries([...moved].map(([old, { id }]) => [id, origins[old] ?? {}])) });
  for (const view of Object.values(views)) {
    const dataset = moved.get(view.dataset);
    if (dataset) patch(view.id, { dataset: dataset.id });
    else remove(view.id);
  }
  for (const { info } of lost) if (roots.some(({ path, kind }) => kind === 'dataset' && path === info.path)) removeRoot(info.path);
}
