import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { cancelLoading } from '../../draw-worker/draw-client.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { ViewStage, type PictureKey } from '../frame/ViewStage.tsx';
import { moveCamera } from '../space/camera-commands.ts';
import { KEY_TURN, turned } from '../space/camera-moves.ts';
import { selectTrack } from './particle-commands.ts';
import { ParticleStage } from './ParticleStage.tsx';
import styles from './ParticleView.module.css';
import { TrackPanel } from './TrackPanel.tsx';

/** Particles of a step in space with axes and colour bar, and below them what belongs to the selected track. */
export function ParticleView({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  return (
    <div className={styles.view}>
      <ViewStage viewId={viewId} label={particleText.picture.view} onKey={(key) => pictureKey(viewId, key)}>
        {(size) => <ParticleStage viewId={viewId} info={info} size={size} />}
      </ViewStage>
      <TrackPanel viewId={viewId} info={info} />
    </div>
  );
}

function pictureKey(viewId: string, { name, altStep }: PictureKey): boolean {
  const view = useViews.getState().views[viewId];
  if (altStep) moveCamera(viewId, (camera) => turned(camera, altStep[0] * KEY_TURN, altStep[1] * KEY_TURN));
  else if (name === 'Escape' && (view?.loadingSince !== undefined || view?.particles?.progress)) cancelLoading(viewId);
  else if (name === 'Escape' && view?.particles?.selectedTrack !== undefined) selectTrack(viewId, undefined);
  else return false;
  return true;
}
