import type { FilterSettings } from '../../stores/display-settings.ts';
import { useViews, type ViewState } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Row } from '../../widgets/Section.tsx';
import { Select } from '../../widgets/Select.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import { StateCount } from './Count.tsx';
import styles from './DisplayInspector.module.css';
import { findField, offeredFields, uncertaintyFields } from './frame-fields.ts';
import { isCount, proposedLimit } from './filter-proposal.ts';
import { parseNumber, valueText } from '../../../shared/draw/number-text.ts';
import type { SectionParts } from './section-parts.ts';
import { changeDisplay } from './view-commands.ts';

const words = frameText.inspector;

/** Hides samples above a threshold: of an uncertainty, or of any other scalar. */
export function FilterRows({ viewId, display, frame, inSpace, note }: SectionParts & { readonly note: string }) {
  const uncertain = uncertaintyFields(frame);
  const scalars = offeredFields(frame).filter(
    ({ component, kind, group }) => group === 'stored' && kind !== 'category' && !uncertain.some((field) => field.component === component),
  );
  const [first] = [...uncertain, ...scalars];
  const propose = (component: string, { arrowBar, backgroundBar }: Partial<ViewState> = {}): number => {
    const shown = backgroundBar && { component: display.background.component, max: backgroundBar.statistics.max };
    return proposedLimit(frame, component, { speed: arrowBar?.statistics.max ?? 1, shown });
  };
  // A proposal that follows every buffer would be none.
  const proposed = useViews((state) => (first ? propose(first.component, state.views[viewId]) : 0));
  if (frame.kind !== 'vector' || !first) return null;
  const filter: FilterSettings = display.filter ?? { on: false, component: first.component, above: proposed };
  const change = (part: Partial<FilterSettings>): void =>
    changeDisplay(viewId, (before) => ({ ...before, filter: { ...filter, ...part } }));
  const groups = [
    { title: words.uncertainty, choices: uncertain },
    { title: words.groups.stored, choices: scalars },
  ].map(({ title, choices }) => ({
    title,
    choices: choices.map(({ component, label, unit }) => ({ id: component, label, ...(unit ? { note: unit } : {}) })),
  }));
  const unit = findField(frame, filter.component)?.unit ?? '';
  const counts = isCount(frame, filter.component);
  const step = 10 ** Math.floor(Math.log10(Math.abs(filter.above) || 1) - 0.5);
  // A limit of another quantity says nothing of this one.
  const choose = (component: string): void => {
    const isAlike = isCount(frame, component) === counts && findField(frame, component)?.unit === unit;
    change(isAlike ? { component } : { component, above: propose(component, useViews.getState().views[viewId]) });
  };
  return (
    <>
      <Row label={words.filterField}>
        <Select label={words.filterField} value={filter.component} groups={groups} onChange={choose} />
      </Row>
      <Row label={words.filter}>
        <NumberField
          label={words.filterThreshold}
          value={filter.above}
          text={valueText(filter.above)}
          {...(unit.length <= 4 ? { unit } : {})}
          step={counts ? Math.max(1, step) : step}
          parse={counts ? (typed) => Math.round(parseNumber(typed)) : parseNumber}
          onChange={(above) => change({ above, on: true })}
        />
        <Switch label={words.filter} on={filter.on} onChange={(on) => change({ on })} />
      </Row>
      {filter.on && (
        <Row label={words.filtered}>
          {!inSpace && <span className={styles.falling} />}
          <span className={styles.note}>
            {inSpace ? words.leftOut : words.filteredHatch}
            {note}
          </span>
          <StateCount viewId={viewId} state="filtered" aligned />
        </Row>
      )}
    </>
  );
}
