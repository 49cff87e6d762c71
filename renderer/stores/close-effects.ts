import type { DatasetId } from '../../shared/contract/opened.ts';
import { isDataError } from '../../shared/model/data-error.ts';
import { connection } from '../client/connection.ts';
import { useDatasets } from './dataset-store.ts';
import { isWithin, useProject } from './project-store.ts';
import { useViews } from './view-store.ts';

/** Closes a view; the dataset goes with its last view, which frees its files and memory in the host at once. */
export async function closeView(id: string): Promise<void> {
  const view = useViews.getState().views[id];
  if (!view) return;
  useViews.getState().remove(id);
  if (Object.values(useViews.getState().views).some(({ dataset }) => dataset === view.dataset)) return;
  await closeDataset(view.dataset);
}

/** Closes everything of a dataset: its views, its row in the tree where it stands alone, the host's worker. */
export async function closeDataset(id: DatasetId): Promise<void> {
  const views = useViews.getState();
  for (const view of Object.values(views.views)) if (view.dataset === id) views.remove(view.id);
  const dataset = useDatasets.getState().opened[id];
  useDatasets.getState().remove(id);
  const project = useProject.getState();
  project.setOrigin(id, undefined);
  // A set that is open as a grid, too, keeps its row.
  const isElsewhere = Object.values(useDatasets.getState().opened).some(({ info }) => info.path === dataset?.info.path);
  if (dataset && !isElsewhere && project.roots.some(({ path, kind }) => kind === 'dataset' && path === dataset.info.path))
    project.removeRoot(dataset.info.path);
  try {
    await (await connection()).call('close', { dataset: id });
  } catch (error) {
    // The host may have ended or closed it already: closed is what was wanted.
    if (!isDataError(error, 'closed', 'not-found', 'aborted', 'io')) throw error;
  }
}

/** Takes a folder or dataset out of the tree, with everything that is open in it. */
export async function closeRoot(path: string): Promise<void> {
  const inside = Object.values(useDatasets.getState().opened).filter(({ info }) => isWithin(info.path, path));
  await Promise.all(inside.map(({ id }) => closeDataset(id)));
  useProject.getState().removeRoot(path);
}

export async function closeAll(): Promise<void> {
  await Promise.all(Object.keys(useDatasets.getState().opened).map(closeDataset));
  for (const { path } of useProject.getState().roots) useProject.getState().removeRoot(path);
}
