import { useState } from 'react';
import { copyText } from '../../client/clipboard.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { TrackPanel as Page } from '../../stores/particle-display.ts';
import { pointColumns, useTrackPoints, type TrackPoints } from '../../stores/track-points.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { changeParticles, goToStep, showPanel } from './particle-commands.ts';
import { PointTable } from './PointTable.tsx';
import styles from './TrackPanel.module.css';
import { TrackListing } from './TrackListing.tsx';
import { TrackPlots, type PlotAxis } from './TrackPlots.tsx';
import { pointsText } from './points-text.ts';

const words = particleText.panel;
const AXES = (['step', 'time'] as const).map((id) => ({ id, label: words.by[id] }));
const PAGES = (['plots', 'points', 'tracks'] as const).map((id) => ({ id, label: words[id] }));

/** Below the picture: plots and points of the selected track, or the list of all tracks. */
export function TrackPanel({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const page = useViews((state) => state.views[viewId]?.particles?.panel);
  return page === undefined || info.tracks === 0 ? null : <Panel viewId={viewId} info={info} page={page} />;
}

function Panel({ viewId, info, page }: { viewId: string; info: ParticleDatasetInfo; page: Page }) {
  const dataset = useViews((state) => state.views[viewId]?.dataset ?? '');
  const track = useViews((state) => state.views[viewId]?.particles?.selectedTrack);
  const how = useViews((state) => state.views[viewId]?.particles?.display.differentiation);
  const follow = useViews((state) => state.views[viewId]?.particles?.follow ?? false);
  const found = useTrackPoints(dataset, info, track, how);
  const points = found?.state === 'ready' ? found.points : undefined;
  const [axis, setAxis] = useState<PlotAxis>('step');
  return (
    <section className={styles.panel} aria-label={words.label}>
      <header className={styles.head}>
        <b className={styles.title}>{track === undefined ? words.none : particleText.picture.track(track)}</b>
        {track !== undefined && page !== 'tracks' && how && (
          <span className={styles.dim}>
            {[points && points.count > 0 && spanOf(info, points), particleText.method(how)].filter(Boolean).join(', ')}
          </span>
        )}
        <span className={styles.grow} />
        {page === 'plots' && points && (
          <div className={styles.axes}>
            <Segmented label={words.axis} value={axis} choices={AXES} onChange={(next) => setAxis(next)} />
          </div>
        )}
        <div className={styles.pages}>
          <Segmented label={words.label} value={page} choices={PAGES} onChange={(next) => showPanel(viewId, next)} />
        </div>
        <IconButton
          icon="first"
          label={words.first}
          small
          disabled={!points || points.count === 0}
          onPress={() => {
            if (points) goToStep(viewId, points.steps[0] ?? 0, points.pulses[0] ?? 0);
          }}
        />
        <IconButton
          icon="target"
          label={words.follow}
          small
          pressed={follow}
          disabled={track === undefined}
          onPress={() => changeParticles(viewId, (before) => ({ follow: !before.follow }))}
        />
        <IconButton
          icon="copy"
          label={words.copy}
          small
          disabled={!points}
          onPress={() => {
            if (points) void copyText(pointsText(info, points, pointColumns(info)));
          }}
        />
        <IconButton icon="close" label={words.close} small onPress={() => showPanel(viewId, undefined)} />
      </header>
      <div className={styles.body}>
        {page === 'tracks' ? (
          <TrackListing viewId={viewId} dataset={dataset} info={info} selected={track} />
        ) : (
          <Track
            viewId={viewId}
            info={info}
            page={page}
            axis={axis}
            points={points}
            failed={found?.state === 'failed' ? found.error.message : undefined}
            chosen={track !== undefined}
          />
        )}
      </div>
    </section>
  );
}

function spanOf({ firstNumber }: ParticleDatasetInfo, { steps, count }: TrackPoints): string {
  return words.from((steps[0] ?? 0) + firstNumber, (steps[count - 1] ?? 0) + firstNumber);
}

function Track({
  viewId,
  info,
  page,
  axis,
  points,
  failed,
  chosen,
}: {
  viewId: string;
  info: ParticleDatasetInfo;
  page: 'plots' | 'points';
  axis: PlotAxis;
  points: TrackPoints | undefined;
  failed: string | undefined;
  chosen: boolean;
}) {
  if (!chosen) return <p className={styles.none}>{words.noneMore}</p>;
  if (failed !== undefined)
    return (
      <p className={styles.none} role="alert">
        {words.failed} {failed}
      </p>
    );
  if (!points) return <p className={styles.none}>{words.reading}</p>;
  return page === 'plots' ? (
    <TrackPlots viewId={viewId} info={info} points={points} axis={axis} />
  ) : (
    <PointTable viewId={viewId} info={info} points={points} />
  );
}
