import { useMemo } from 'react';
import { useDatasets } from '../../stores/dataset-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { cx } from '../../widgets/class-names.ts';
import { particleReadOut } from '../particles/particle-read-out.ts';
import styles from './StatusBar.module.css';

const words = particleText.status;

/** The particle under the pointer of the active view, else the picked one. */
export function ParticleCells({ viewId }: { viewId: string }) {
  const dataset = useViews((state) => state.views[viewId]?.dataset ?? '');
  const info = useDatasets((state) => state.opened[dataset]?.info);
  const particle = useViews((state) => state.views[viewId]?.particles?.hovered?.particle ?? state.views[viewId]?.particles?.picked);
  const column = useViews((state) => state.views[viewId]?.particles?.display.colorBy);
  const readOut = useMemo(
    () => (info?.kind === 'particles' ? particleReadOut(info, particle, column) : undefined),
    [info, particle, column],
  );
  if (!readOut) return <span className={styles.cell}>{words.hover}</span>;
  return (
    <>
      <span className={cx(styles.cell, styles.position)}>
        {words.particle} <b className="num">{readOut.particle}</b>
      </span>
      {readOut.cells.map(({ name, value }) => (
        <span key={name} className={styles.cell}>
          {name} <b className="num">{value}</b>
        </span>
      ))}
    </>
  );
}

/** How much of the set is on the screen. */
export function ShownParticles() {
  const shown = useViews((state) => state.views[state.active ?? '']?.particles?.shown);
  const dataset = useViews((state) => state.views[state.active ?? '']?.dataset ?? '');
  const tracks = useDatasets((state) => {
    const info = state.opened[dataset]?.info;
    return info?.kind === 'particles' ? info.tracks : 0;
  });
  const failed = useViews((state) => state.views[state.active ?? '']?.error !== undefined);
  if (!shown || failed) return null;
  return (
    <span className={styles.cell}>
      {words.shown}{' '}
      {tracks > 0 && shown.counts && (
        <>
          <b className="num">{text.grouped(shown.counts.shown)}</b> {words.tracks(shown.counts.shown)},{' '}
        </>
      )}
      <b className="num">{text.grouped(shown.points)}</b> {words.points(shown.points)}
    </span>
  );
}
