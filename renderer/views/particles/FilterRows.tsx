import { parseNumber, spanText } from '../../../shared/draw/number-text.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { useColumnRange } from '../../stores/column-ranges.ts';
import type { FilterRow } from '../../stores/particle-display.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { CheckBox } from '../../widgets/CheckBox.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { NumberField } from '../../widgets/NumberField.tsx';
import { RangeSlider } from '../../widgets/RangeSlider.tsx';
import { columnLabel, findColumn, meanLabel } from './column-look.ts';
import { changeFilter, removeFilter } from './filter-commands.ts';
import styles from './FiltersPage.module.css';

const words = particleText.filters;
const NONE: readonly FilterRow[] = [];

interface Parts {
  readonly viewId: string;
  readonly dataset: string;
  readonly info: ParticleDatasetInfo;
}

/** The conditions, each with its own count of tracks that pass it. */
export function FilterRows(parts: Parts) {
  const rows = useViews((state) => state.views[parts.viewId]?.particles?.filterRows ?? NONE);
  if (rows.length === 0) return <p className={styles.none}>{words.none}</p>;
  // Counts come for those in effect only, in their order.
  const places = rows.map((_, index) => rows.slice(0, index).filter(({ on }) => on).length);
  return rows.map((row, index) => <Filter key={`${index} ${row.column}`} {...parts} row={row} index={index} place={places[index] ?? 0} />);
}

/** A filter by a fact of the track, or by the mean of a column along it. */
function filterTitle(info: ParticleDatasetInfo, column: string): string {
  const found = findColumn(info, column);
  return found?.kind === 'track' || info.tracks === 0 ? columnLabel(column) : meanLabel(column);
}

function Filter({
  viewId,
  dataset,
  info,
  row,
  index,
  place,
}: Parts & { readonly row: FilterRow; readonly index: number; readonly place: number }) {
  const differentiation = useViews((state) => state.views[viewId]?.particles?.display.differentiation ?? { method: 'difference' as const });
  const pass = useViews((state) => state.views[viewId]?.particles?.shown?.counts?.each[place]);
  const range = useColumnRange(dataset, info, row.column, differentiation);
  const title = filterTitle(info, row.column);
  const whole = row.column === 'length' || row.column === 'id';
  const span = range ? range.high - range.low : 0;
  const step = whole ? 1 : span > 0 ? span / 200 : 1;
  const low = row.low ?? range?.low;
  const high = row.high ?? range?.high;
  const shown = (value: number | undefined): string =>
    value === undefined ? '' : whole ? text.grouped(Math.round(value)) : spanText(value, span);
  const parse = (typed: string): number => (whole ? Math.round(parseNumber(typed)) : parseNumber(typed));
  const set = (ends: { readonly low?: number; readonly high?: number }): void =>
    changeFilter(viewId, index, (before) => ({ ...before, ...ends, on: true }));
  /** An end at the edge of what there is stays open. */
  const slide = (from: number, to: number): void =>
    changeFilter(viewId, index, ({ low: _low, high: _high, ...before }) => ({
      ...before,
      on: true,
      ...(range && from > range.low ? { low: from } : {}),
      ...(range && to < range.high ? { high: to } : {}),
    }));
  const unit = row.column === 'length' ? words.points : (findColumn(info, row.column)?.unit ?? '');
  return (
    <div className={styles.filter} role="group" aria-label={title}>
      <div className={styles.head}>
        <CheckBox label={words.on(title)} on={row.on} onChange={(on) => changeFilter(viewId, index, (before) => ({ ...before, on }))} />
        <span className={styles.name} title={title}>
          {title}
        </span>
        {row.on && <span className={`num ${styles.pass}`}>{pass === undefined ? words.counting : words.pass(text.grouped(pass))}</span>}
        <IconButton icon="close" label={words.remove(title)} small onPress={() => removeFilter(viewId, index)} />
      </div>
      <div className={styles.range}>
        <span className={styles.end}>
          <NumberField
            label={words.low(title)}
            value={low}
            text={shown(low)}
            step={step}
            parse={parse}
            onChange={(value) => set({ low: value, ...(high !== undefined && value > high ? { high: value } : {}) })}
          />
        </span>
        {range && (
          <RangeSlider
            lowLabel={words.low(title)}
            highLabel={words.high(title)}
            low={low ?? range.low}
            high={high ?? range.high}
            min={range.low}
            max={range.high}
            step={step}
            onChange={slide}
          />
        )}
        <span className={styles.end}>
          <NumberField
            label={words.high(title)}
            value={high}
            text={shown(high)}
            step={step}
            parse={parse}
            onChange={(value) => set({ high: value, ...(low !== undefined && value < low ? { low: value } : {}) })}
          />
        </span>
        <span className={styles.unit} title={unit}>
          {unit}
        </span>
      </div>
    </div>
  );
}
