import { MenuTrigger } from 'react-aria-components';
import { particleColumns } from '../../../shared/compute/particles/columns.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { useUi } from '../../stores/ui-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { MenuPopover, type MenuGroup } from '../../widgets/Menu.tsx';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Row, Section } from '../../widgets/Section.tsx';
import { parseNumber } from '../../../shared/draw/number-text.ts';
import { columnLabel, meanLabel } from './column-look.ts';
import { addFilter, resetFilters, setEvery } from './filter-commands.ts';
import { FilterBoxSection } from './FilterBoxSection.tsx';
import styles from './FiltersPage.module.css';
import { FilterRows } from './FilterRows.tsx';
import { SelectedTrack } from './SelectedTrack.tsx';

const words = particleText.filters;

/** Which tracks are shown, with live counts. */
export function FiltersPage({ viewId, dataset, info }: { viewId: string; dataset: string; info: ParticleDatasetInfo }) {
  return (
    <>
      <Shown viewId={viewId} info={info} />
      <Section title={words.active} tools={<AddFilter viewId={viewId} info={info} />}>
        <FilterRows viewId={viewId} dataset={dataset} info={info} />
      </Section>
      <FilterBoxSection viewId={viewId} info={info} />
      <ThinOut viewId={viewId} />
      <div className={styles.foot}>
        <Button small icon="export" onPress={() => useUi.getState().show({ kind: 'export', view: viewId })}>
          {words.export}
        </Button>
      </div>
      {info.tracks > 0 && <SelectedTrack viewId={viewId} dataset={dataset} info={info} />}
    </>
  );
}

/** How much of the set is left, in numbers and as a line. */
function Shown({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const counts = useViews((state) => state.views[viewId]?.particles?.shown?.counts);
  const points = useViews((state) => state.views[viewId]?.particles?.shown?.points ?? 0);
  const filtered = useViews((state) => isFiltered(state.views[viewId]?.particles?.display.selection));
  const shown = filtered ? counts?.shown : info.tracks;
  const reset = (
    <Button small look="quiet" disabled={!filtered} onPress={() => resetFilters(viewId)}>
      {words.resetAll}
    </Button>
  );
  if (info.tracks === 0)
    return (
      <div className={styles.shown}>
        <div className={styles.line}>
          <span className={styles.grow}>{words.particles(points)}</span>
          {reset}
        </div>
        <p className={styles.dim}>{words.noTracks}</p>
      </div>
    );
  return (
    <div className={styles.shown}>
      <div className={styles.line} role="status">
        <b className={`num ${styles.count}`}>{shown === undefined ? '…' : text.grouped(shown)}</b>
        <span className={styles.grow}>{words.shown(info.tracks)}</span>
        {reset}
      </div>
      <div className={styles.share} aria-hidden="true">
        <i style={{ width: `${(100 * (shown ?? 0)) / Math.max(1, info.tracks)}%` }} />
      </div>
    </div>
  );
}

function isFiltered(
  selection: { readonly filters: readonly unknown[]; readonly box?: unknown; readonly every?: number } | undefined,
): boolean {
  return selection !== undefined && (selection.filters.length > 0 || selection.box !== undefined || (selection.every ?? 1) > 1);
}

function AddFilter({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const columns = particleColumns(info);
  const groups = (['track', 'motion', 'stored'] as const).map(
    (kind): MenuGroup => ({
      id: kind,
      title: particleText.kinds[kind],
      entries: columns
        .filter((column) => column.kind === kind)
        .map(({ name }) => ({
          id: name,
          label: kind === 'track' ? columnLabel(name) : info.tracks > 0 ? meanLabel(name) : columnLabel(name),
          run: () => addFilter(viewId, name),
        })),
    }),
  );
  return (
    <MenuTrigger>
      <IconButton icon="plus" label={words.add} small onPress={() => undefined} />
      <MenuPopover label={words.add} groups={groups} placement="bottom end" />
    </MenuTrigger>
  );
}

const MOST_THINNED = 100_000;

function ThinOut({ viewId }: { viewId: string }) {
  const every = useViews((state) => state.views[viewId]?.particles?.display.selection.every ?? 1);
  return (
    <Section title={words.thin}>
      <Row label={words.every}>
        <NumberField
          label={words.every}
          value={every}
          text={String(every)}
          unit={words.tracks}
          min={1}
          max={MOST_THINNED}
          step={1}
          parse={(typed) => Math.round(parseNumber(typed))}
          onChange={(next) => setEvery(viewId, Math.round(next))}
        />
      </Row>
    </Section>
  );
}
