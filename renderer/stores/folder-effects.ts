import { toErrorRecord } from '../../shared/model/data-error.ts';
import { connection } from '../client/connection.ts';
import { useDatasets } from './dataset-store.ts';
import { useProject } from './project-store.ts';

/** Reads what a folder of the tree holds; again where `fresh`. */
export async function listFolder(path: string, fresh = false): Promise<void> {
  const project = useProject.getState();
  const known = project.listings[path];
  if (known && known.state !== 'failed' && !fresh) return;
  if (!known) project.setListing(path, { state: 'loading' });
  try {
    const { meta } = await (await connection()).call('list', { path });
    project.setListing(path, { state: 'ready', entries: meta.entries });
  } catch (error) {
    project.setListing(path, { state: 'failed', error: toErrorRecord(error) });
  }
}

/** Sets which folders are open in the tree and reads those that were not read before. */
export function expandFolders(paths: readonly string[]): void {
  const { expanded, setExpanded } = useProject.getState();
  setExpanded(paths);
  // Datasets can be open in the tree, too, where they have members: those came with the dataset.
  const datasets = new Set(Object.values(useDatasets.getState().opened).map(({ info }) => info.path));
  for (const path of paths) if (!expanded.includes(path) && !datasets.has(path)) void listFolder(path);
}
