import { useState } from 'react';
import { bufferCount, type DatasetInfo } from '../../shared/model/dataset.ts';
import { missingCount } from '../stores/dataset-detail.ts';
import { useDatasets } from '../stores/dataset-store.ts';
import { useUi } from '../stores/ui-store.ts';
import { useViews } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import { particleText } from '../strings/particle-text.ts';
import { FrameView } from '../views/frame/FrameView.tsx';
import { ParticleToolbar } from '../views/particles/ParticleToolbar.tsx';
import { ParticleView } from '../views/particles/ParticleView.tsx';
import { Button } from '../widgets/Button.tsx';
import { Icon } from '../widgets/Icon.tsx';
import { IconButton } from '../widgets/IconButton.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { NoBuffers } from './NoBuffers.tsx';
import { ViewToolbar } from './ViewToolbar.tsx';
import empty from './NoBuffers.module.css';
import styles from './ViewPanel.module.css';

/** One view in the dock: tools, what is wrong with its dataset, the picture. */
export function ViewPanel({ viewId }: { viewId: string }) {
  const dataset = useViews((state) => state.views[viewId]?.dataset ?? '');
  const info = useDatasets((state) => state.opened[dataset]?.info);
  if (!info) return null;
  return (
    <div className={styles.panel} onPointerDownCapture={() => useViews.getState().activate(viewId)}>
      {info.kind === 'frames' ? <ViewToolbar viewId={viewId} /> : <ParticleToolbar viewId={viewId} info={info} />}
      <DatasetNotice key={dataset} info={info} />
      <ErrorBoundary>
        <Content viewId={viewId} info={info} />
      </ErrorBoundary>
    </div>
  );
}

function Content({ viewId, info }: { viewId: string; info: DatasetInfo }) {
  if (info.kind === 'particles') return info.steps === 0 ? <NoSteps /> : <ParticleView viewId={viewId} info={info} />;
  return bufferCount(info) === 0 ? <NoBuffers info={info} /> : <FrameView viewId={viewId} />;
}

/** A particle set that lists no step. */
function NoSteps() {
  return (
    <div className={empty.none}>
      <Icon name="tracks" size={24} />
      <p className={empty.strong}>{particleText.picture.noSteps}</p>
      <p className={empty.reason}>{particleText.picture.noStepsMore}</p>
    </div>
  );
}

/** One sentence at the top of the view; closed it stays as the badge in the tree, and comes back when there is more to tell. */
function DatasetNotice({ info }: { info: DatasetInfo }) {
  const [shut, setShut] = useState<number>();
  const missing = missingCount(info);
  // A view without buffers says by itself why.
  const isSaid = info.kind === 'frames' && bufferCount(info) === 0 && info.warnings.every(({ code }) => code === 'unsupported');
  const words =
    missing > 0 && info.kind === 'frames'
      ? text.work.missing(text.grouped(missing), text.grouped(bufferCount(info)))
      : info.warnings.length > 0
        ? text.work.warnings(info.warnings.length, info.warnings[0]!.message)
        : undefined;
  if (shut === info.warnings.length || isSaid || words === undefined) return null;
  return (
    <div className={styles.notice} role="status">
      <Icon name="warning" />
      <span className={styles.words} title={words}>
        {words}
      </span>
      {info.warnings.length > 0 && (
        <Button small look="quiet" onPress={() => useUi.getState().show({ kind: 'warnings', title: info.title, warnings: info.warnings })}>
          {text.work.show}
        </Button>
      )}
      <IconButton icon="close" label={text.common.dismiss} small onPress={() => setShut(info.warnings.length)} />
    </div>
  );
}
