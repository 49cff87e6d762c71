import type { DatasetId } from '../../shared/contract/opened.ts';
import { toErrorRecord } from '../../shared/model/data-error.ts';
import { desktop } from '../client/desktop.ts';
import { exportText } from '../strings/export-text.ts';
import { useDatasets } from './dataset-store.ts';
import { exportSilently } from './export-effects.ts';
import { proposedTarget } from './export-request.ts';
import { toast } from './toast-store.ts';
import { useViews } from './view-store.ts';

const WRITER = { id: 'davis-buffer', label: '', extensions: ['im7', 'vc7'], options: [] } as const;

/** The buffer that a view shows, as a DaVis file in a drag that goes on outside of the window. */
export async function dragOut(dataset: DatasetId): Promise<void> {
  const info = useDatasets.getState().opened[dataset]?.info;
  const { views, active } = useViews.getState();
  const own = Object.values(views).filter((view) => view.dataset === dataset);
  const view = own.find(({ id }) => id === active) ?? own[0];
  if (!desktop || info?.kind !== 'frames' || !view?.bufferInfo) return;
  const { buffer } = view.place;
  const vectors = view.bufferInfo.frames[0]?.kind === 'vector';
  try {
    const folder = await desktop.dragFolder();
    const draft = { writer: WRITER.id, buffers: 'this', from: 0, to: 0, step: 1, options: {} } as const;
    const target = proposedTarget(draft, buffer, WRITER, { title: info.title, path: '', vectors, firstNumber: info.firstNumber, folder });
    await desktop.startDrag([await exportSilently({ dataset, writer: WRITER.id, target, range: `${buffer}:${buffer + 1}` })]);
  } catch (error) {
    toast(exportText.dragFailed(toErrorRecord(error).message), 'warn');
  }
}
