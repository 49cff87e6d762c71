import { useRef, type KeyboardEvent } from 'react';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { cancelLoading } from '../../draw-worker/draw-client.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { useElementSize } from '../frame/use-element-size.ts';
import { moveCamera } from '../space/camera-commands.ts';
import { KEY_TURN, turned } from '../space/camera-moves.ts';
import { selectTrack } from './particle-commands.ts';
import { ParticleStage } from './ParticleStage.tsx';
import styles from './ParticleView.module.css';
import { TrackPanel } from './TrackPanel.tsx';

/** Particles of a step in space with axes and colour bar, and below them what belongs to the selected track. */
export function ParticleView({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const stage = useRef<HTMLDivElement>(null);
  const size = useElementSize(stage);
  return (
    <div className={styles.view}>
      <div
        ref={stage}
        className={styles.stage}
        data-stage={viewId}
        tabIndex={0}
        role="group"
        aria-label={particleText.picture.view}
        onKeyDown={(event) => pictureKey(viewId, event)}
      >
        {size && size.width > 0 && <ParticleStage viewId={viewId} info={info} size={size} />}
      </div>
      <TrackPanel viewId={viewId} info={info} />
    </div>
  );
}

/** Keys that only mean something on the picture; the others are actions of the whole window. */
function pictureKey(viewId: string, event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget) return;
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const view = useViews.getState().views[viewId];
  if (event.altKey && step) {
    moveCamera(viewId, (camera) => turned(camera, (step[0] ?? 0) * KEY_TURN, (step[1] ?? 0) * KEY_TURN));
  } else if (event.key === 'Escape' && (view?.loadingSince !== undefined || view?.particles?.progress)) {
    cancelLoading(viewId);
  } else if (event.key === 'Escape' && view?.particles?.selectedTrack !== undefined) {
    selectTrack(viewId, undefined);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}
