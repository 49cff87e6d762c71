import { useEffect, useState } from 'react';
import { fixedText } from '../../../shared/draw/number-text.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { cancelLoading, tryAgain } from '../../draw-worker/draw-client.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { cx } from '../../widgets/class-names.ts';
import { ErrorCard } from '../dialogs/ErrorCard.tsx';
import faults from '../frame/FaultSigns.module.css';
import { LoadingCard } from '../frame/LoadingCard.tsx';
import { durationText } from '../status/duration-text.ts';
import { hidesParticles } from './particle-commands.ts';
import styles from './ParticleView.module.css';

/** What is being loaded, what is wrong, and why there may be nothing to see. */
export function ParticleSigns({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  return (
    <>
      <Notes viewId={viewId} />
      <Empty viewId={viewId} info={info} />
      <Fault viewId={viewId} info={info} />
      <Loading viewId={viewId} info={info} />
    </>
  );
}

/** What the picture leaves out. */
function Notes({ viewId }: { viewId: string }) {
  const every = useViews((state) => state.views[viewId]?.particles?.shown?.every ?? 1);
  return every > 1 ? (
    <div className={styles.note}>
      <span>{particleText.picture.thinned(every)}</span>
    </div>
  ) : null;
}

function Empty({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const empty = useViews(
    (state) => state.views[viewId]?.particles?.shown?.points === 0 && state.views[viewId]?.particles?.shown?.vertices === 0,
  );
  const failed = useViews((state) => state.views[viewId]?.error !== undefined);
  const step = useViews((state) => state.views[viewId]?.shown?.place.buffer ?? 0);
  const hides = useViews((state) => hidesParticles(state.views[viewId]?.particles?.display));
  if (!empty || failed) return null;
  return (
    <div className={styles.empty}>
      <div className={faults.card}>
        <b>{hides ? particleText.picture.nonePass : particleText.picture.none(fixedText(step + info.firstNumber, 0))}</b>
        <span>{hides ? particleText.picture.nonePassMore : particleText.picture.noneMore}</span>
      </div>
    </div>
  );
}

function Fault({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const error = useViews((state) => state.views[viewId]?.error);
  const step = useViews((state) => state.views[viewId]?.place.buffer ?? 0);
  if (!error) return null;
  return (
    <div className={styles.empty}>
      <div className={cx(faults.error, styles.reachable)}>
        <ErrorCard
          title={particleText.picture.failed(fixedText(step + info.firstNumber, 0))}
          error={error}
          actions={
            <Button small look="primary" onPress={() => tryAgain(viewId)}>
              {particleText.picture.tryAgain}
            </Button>
          }
        />
      </div>
    </div>
  );
}

/** That a step or facts of all tracks are being read, with amount and rest. */
function Loading({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const since = useViews((state) => state.views[viewId]?.loadingSince);
  const progress = useViews((state) => state.views[viewId]?.particles?.progress);
  const step = useViews((state) => state.views[viewId]?.place.buffer ?? 0);
  const busy = since !== undefined || progress !== undefined;
  const seconds = useSeconds(busy);
  if (!busy) return null;
  const share = progress && progress.total > 0 ? progress.done / progress.total : undefined;
  const what = progress ? particleText.loading.tracks : particleText.loading.step(fixedText(step + info.firstNumber, 0));
  return (
    <LoadingCard
      seconds={seconds}
      what={what}
      amount={share === undefined ? '' : particleText.loading.percent(share)}
      time={
        share !== undefined && share > 0.02
          ? particleText.loading.rest(durationText((seconds / share) * (1 - share)))
          : particleText.loading.seconds(Math.floor(seconds))
      }
      share={share}
      cancel={particleText.loading.cancel}
      onCancel={() => cancelLoading(viewId)}
    />
  );
}

/** Seconds since something began. */
function useSeconds(running: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!running) return undefined;
    const began = performance.now();
    setSeconds(0);
    const timer = setInterval(() => setSeconds((performance.now() - began) / 1000), 250);
    return () => clearInterval(timer);
  }, [running]);
  return running ? seconds : 0;
}
