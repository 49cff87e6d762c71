import { useMemo } from 'react';
import { useDatasets } from '../../stores/dataset-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { cx } from '../../widgets/class-names.ts';
import { Icon } from '../../widgets/Icon.tsx';
import { fileName } from '../../stores/project-store.ts';
import { fixedText } from '../../../shared/draw/number-text.ts';
import { ParticleCells, ShownParticles } from './ParticleCells.tsx';
import { type ReadOut, readOutOf } from './read-out-text.ts';
import { Jobs } from './Jobs.tsx';
import styles from './StatusBar.module.css';

const BYTES_PER_MIB = 1024 * 1024;

/** Read-out of the active view on the left; memory, work and theme on the right. */
export function StatusBar() {
  return (
    <footer className={styles.bar} data-panel="status-bar" tabIndex={-1} aria-label={text.status.bar}>
      <div className={styles.left}>
        <Cells />
      </div>
      <div className={styles.right}>
        <ShownParticles />
        <Memory />
        <Work />
        <Theme />
      </div>
    </footer>
  );
}

function Cells() {
  const particles = useViews((state) => (state.views[state.active ?? '']?.particles ? state.active : undefined));
  return particles === undefined ? <ReadOutCells /> : <ParticleCells viewId={particles} />;
}

function Idle() {
  const hasView = useViews((state) => state.active !== undefined);
  return <span className={styles.cell}>{hasView ? text.status.hover : text.status.ready}</span>;
}

/** Digits that a value usually has; the cells keep their places while the pointer moves. */
const VALUE_DIGITS = 9;

/** The most important first: what finds no room falls to a line that is not seen. */
function ReadOutCells() {
  const readOut = useReadOut();
  if (!readOut) return <Idle />;
  return (
    <>
      <span className={cx(styles.cell, styles.position)}>
        <b className="num">{readOut.position}</b>
      </span>
      <span className={styles.cell}>
        {text.status.index} <b className="num">{readOut.index.padEnd(VALUE_DIGITS)}</b>
      </span>
      <span className={cx(styles.cell, styles.state, readOut.state === 'valid' ? styles.ok : styles.warn)}>
        <Icon name={readOut.state === 'valid' ? 'check' : 'warning'} />
        {text.status.states[readOut.state]}
      </span>
      {readOut.pinned && (
        <span className={styles.cell}>
          <Icon name="pin" />
          {text.status.pinned}
        </span>
      )}
      {readOut.values.map(({ name, scaled, unit, raw }) => (
        <span key={name} className={styles.cell}>
          {name}{' '}
          <b className="num">
            {scaled.padStart(VALUE_DIGITS)}
            {unit && ` ${unit}`}
          </b>
          {raw !== undefined && (
            <>
              {' '}
              {text.status.raw} <b className="num">{raw.padStart(VALUE_DIGITS)}</b>
            </>
          )}
        </span>
      ))}
    </>
  );
}

/** The read-out of the active view, made anew when one of its parts changes. */
function useReadOut(): ReadOut | undefined {
  const view = useViews((state) => (state.active === undefined ? undefined : state.views[state.active]));
  const { readOut, bufferInfo, place, display } = view ?? {};
  return useMemo(
    () => readOutOf(readOut && bufferInfo && place ? { readOut, bufferInfo, place, display } : undefined),
    [readOut, bufferInfo, place, display],
  );
}

function Memory() {
  const usage = useDatasets((state) => state.usage);
  const all = Object.values(usage);
  const bytes = all.reduce((sum, each) => sum + each.bytes, 0);
  if (all.length === 0) return null;
  // The host shares its budget out among the open datasets.
  const budget = all.reduce((sum, each) => sum + each.budget, 0);
  const mib = (value: number): string => fixedText(value / BYTES_PER_MIB, 0);
  return (
    <span className={styles.cell}>
      {text.status.cache} <b className="num">{mib(bytes)}</b> {text.common.of} <b className="num">{mib(budget)} MB</b>
    </span>
  );
}

function Work() {
  const opening = useUi((state) => state.opening);
  const first = opening[0];
  if (first === undefined) return <Jobs />;
  return (
    <span className={styles.cell} role="status">
      {text.status.opening(fileName(first), opening.length)}
      <span className={styles.busy} />
    </span>
  );
}

function Theme() {
  const theme = useSettings((state) => state.theme);
  return <span className={cx(styles.cell, styles.theme)}>{text.status.theme(text.theme[theme])}</span>;
}
