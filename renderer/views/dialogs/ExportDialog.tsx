import { bufferCount } from '../../../shared/model/dataset.ts';
import { bufferKind } from '../../stores/dataset-detail.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { exportText as words } from '../../strings/export-text.ts';
import { ParticleExport } from '../particles/ParticleExportDialog.tsx';
import { ExportForm } from './ExportForm.tsx';

/** Buffers or particles of a view's dataset into another format: what, how, where, and what the format does not keep. */
export function ExportDialog({ viewId, onClose }: { viewId: string; onClose(): void }) {
  const view = useViews((state) => state.views[viewId]);
  const info = useDatasets((state) => (view ? state.opened[view.dataset]?.info : undefined));
  if (!view || !info) return null;
  if (info.kind === 'particles') return <ParticleExport view={view} info={info} onClose={onClose} />;
  return (
    <ExportForm
      view={view}
      info={info}
      count={bufferCount(info)}
      writer="davis-set"
      vectors={view.bufferInfo?.frames[0]?.kind === 'vector'}
      title={words.title(info.title)}
      what={(buffers) => words.what(view.bufferInfo ? bufferKind(view.bufferInfo) : '', buffers)}
      onClose={onClose}
    />
  );
}
