import { useMemo, useState } from 'react';
import { fixedText, parseNumber } from '../../../shared/draw/number-text.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { NO_ROW, usePassingTracks, useTrackList, useTrackRows, type TrackList, type TrackOrder } from '../../stores/track-list.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { CheckBox } from '../../widgets/CheckBox.tsx';
import { NumberField } from '../../widgets/NumberField.tsx';
import { VirtualTable, type VirtualColumn } from '../../widgets/VirtualTable.tsx';
import { goToStep, selectTrack } from './particle-commands.ts';
import styles from './TrackPanel.module.css';

const words = particleText.panel;

interface Props {
  readonly viewId: string;
  readonly dataset: string;
  readonly info: ParticleDatasetInfo;
  readonly selected: number | undefined;
}

/** The tracks that pass the filters, or all: a row selects, a double press also goes to the first step. */
export function TrackListing({ viewId, dataset, info, selected }: Props) {
  const found = useTrackList(dataset, info.tracks);
  const [sorted, setSorted] = useState<{ readonly column: TrackOrder; readonly descending: boolean }>({ column: 'id', descending: false });
  const list = found.state === 'ready' ? found.list : undefined;
  const selection = useViews((state) => state.views[viewId]?.particles?.display.selection);
  const differentiation = useViews((state) => state.views[viewId]?.particles?.display.differentiation);
  // Before the first picture nobody knows.
  const isShown = useViews((state) => state.views[viewId]?.particles?.shown !== undefined);
  const passing = usePassingTracks(viewId, isShown ? selection : undefined, differentiation);
  const [isWhole, setWhole] = useState(false);
  const { order, rows } = useTrackRows(list, sorted.column, sorted.descending, isWhole ? undefined : passing) ?? {};
  const columns = useMemo(() => (list && order ? listColumns(info, list, order) : []), [info, list, order]);
  if (found.state === 'failed')
    return (
      <p className={styles.none} role="alert">
        {found.error.message}
      </p>
    );
  if (!list || !order || !rows) return <p className={styles.none}>{words.readingList}</p>;
  const start = (track: number): void => goToStep(viewId, list.startStep[track] ?? 0, list.startPulse[track] ?? 0);
  // Longest and latest first where a column of that kind is chosen anew.
  const sort = (column: string): void =>
    setSorted((before) =>
      before.column === column
        ? { ...before, descending: !before.descending }
        : { column: column as TrackOrder, descending: column === 'length' },
    );
  return (
    <>
      <div className={styles.side}>
        <span>{words.find}</span>
        <div className={styles.field}>
          <NumberField
            label={words.find}
            value={selected ?? 0}
            text={selected === undefined ? '' : String(selected)}
            min={0}
            max={info.tracks - 1}
            step={1}
            parse={(typed) => Math.round(parseNumber(typed))}
            onChange={(track) => selectTrack(viewId, Math.round(track))}
          />
        </div>
        {passing && (
          <>
            <p className={styles.count} role="status">
              {words.listed(order.length, list.count)}
            </p>
            <CheckBox on={!isWhole} onChange={(only) => setWhole(!only)}>
              {words.onlyPassing}
            </CheckBox>
          </>
        )}
      </div>
      <VirtualTable
        label={words.list}
        columns={columns}
        rows={order.length}
        selected={selected === undefined || rows[selected] === NO_ROW ? undefined : rows[selected]}
        sorted={sorted}
        onSort={sort}
        onSelect={(row) => selectTrack(viewId, order[row])}
        onEnter={(row) => {
          const track = order[row];
          if (track === undefined) return;
          selectTrack(viewId, track);
          start(track);
        }}
      />
    </>
  );
}

function listColumns(
  info: ParticleDatasetInfo,
  { startStep, startPulse, length }: TrackList,
  order: Uint32Array,
): readonly VirtualColumn[] {
  const id = (row: number): number => order[row] ?? 0;
  return [
    { id: 'id', title: words.id, width: 90, text: (row) => fixedText(id(row), 0) },
    {
      id: 'start',
      title: words.start,
      unit: words.step.toLowerCase(),
      width: 90,
      text: (row) => fixedText((startStep[id(row)] ?? 0) + info.firstNumber, 0),
    },
    ...(info.pulses > 1
      ? [{ id: 'pulse', title: words.startPulse, width: 90, text: (row: number) => String((startPulse[id(row)] ?? 0) + 1) }]
      : []),
    { id: 'length', title: words.length, unit: particleText.filters.points, width: 110, text: (row) => fixedText(length[id(row)] ?? 0, 0) },
  ];
}
