import type { OpenedDataset, Transport } from '../../shared/contract/methods.ts';
import { toErrorRecord } from '../../shared/model/data-error.ts';
import type { HostRestart } from '../../preload/api.ts';
import { onConnected, reconnect } from '../client/connection.ts';
import { desktop } from '../client/desktop.ts';
import { text } from '../strings/en.ts';
import { closeDataset } from './close-effects.ts';
import { useDatasets } from './dataset-store.ts';
import { useProject } from './project-store.ts';
import { toast } from './toast-store.ts';
import { useUi } from './ui-store.ts';
import { useViews } from './view-store.ts';

/** Listens to the host: cache contents, workers that were started again, and the end of the host itself. */
export function watchHost(): void {
  onConnected((transport) => {
    transport.on('cache', (usage) => { if (useDatasets.getState().opened[usage.dataset]) useDatasets.getState().setUsage(usage); });
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
  const transport = await reconnect();
  const before = Object.values(useDatasets.getState().opened);
  const results = await Promise.all(before.map((dataset) => reopen(transport, dataset)));
  const back = results.filter(Boolean).length;
  toast(text.host.restarted(reason, back, before.length), 'warn');
}

/** Opens a dataset again as it was opened and moves its views over; where that fails it is closed and told. */
async function reopen(transport: Transport, old: OpenedDataset): Promise<boolean> {
  const project = useProject.getState();
  const { path, format, options } = project.origins[old.id] ?? {};
  try {
    if (path === undefined) return false;
    const { meta } = await transport.call('open', { path, ...(format ? { format } : {}), ...(options ? { options } : {}) });
    useDatasets.getState().add(meta);
    project.setOrigin(meta.id, project.origins[old.id]);
    for (const view of Object.values(useViews.getState().views)) if (view.dataset === old.id) useViews.getState().patch(view.id, { dataset: meta.id });
    useDatasets.getState().remove(old.id);
    project.setOrigin(old.id, undefined);
    return true;
  } catch (error) {
    project.setFailure(path ?? old.info.path, toErrorRecord(error));
    return false;
  } finally {
    if (useDatasets.getState().opened[old.id]) await closeDataset(old.id);
  }
}
