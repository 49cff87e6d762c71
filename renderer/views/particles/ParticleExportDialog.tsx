import { useState } from 'react';
import { MOTION_COLUMNS } from '../../../shared/compute/particles/columns.ts';
import type { ParticleChoice } from '../../../shared/contract/conversions.ts';
import { parseNumber } from '../../../shared/draw/number-text.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { ViewState } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { CheckBox } from '../../widgets/CheckBox.tsx';
import { cx } from '../../widgets/class-names.ts';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { ExportForm } from '../dialogs/ExportForm.tsx';
import dialogs from '../dialogs/dialogs.module.css';
import styles from '../dialogs/ExportDialog.module.css';
import { columnLabel } from './column-look.ts';

const words = particleText.exports;

/** What is set beside format, steps and target. */
interface Wanted {
  readonly which: 'whole' | 'filtered';
  readonly every: number;
  readonly add: readonly string[];
}

const WHICH = (['whole', 'filtered'] as const).map((id) => ({ id, label: words.choices[id] }));

/** Particles and tracks of a view into a file: which steps and tracks, what is computed for them, how and where. */
export function ParticleExport({ view, info, onClose }: { view: ViewState; info: ParticleDatasetInfo; onClose(): void }) {
  const display = view.particles?.display;
  const filtered =
    display !== undefined &&
    (display.selection.filters.length > 0 || display.selection.box !== undefined || (display.selection.every ?? 1) > 1);
  const [wanted, setWanted] = useState<Wanted>({ which: filtered ? 'filtered' : 'whole', every: 1, add: [] });
  return (
    <ExportForm
      view={view}
      info={info}
      count={info.steps}
      writer="davis-particles"
      vectors={false}
      title={words.title(info.title)}
      counted={words.steps}
      particles={choiceOf(wanted, view)}
      what={(steps) => words.what(steps, tracksText(wanted, view, info))}
      onClose={onClose}
    >
      {info.tracks > 0 && (
        <TrackRows
          wanted={wanted}
          filtered={filtered}
          onChange={(news) => setWanted({ ...wanted, ...news })}
          method={display ? particleText.method(display.differentiation) : ''}
        />
      )}
    </ExportForm>
  );
}

function TrackRows({
  wanted,
  filtered,
  method,
  onChange,
}: {
  wanted: Wanted;
  filtered: boolean;
  method: string;
  onChange(news: Partial<Wanted>): void;
}) {
  const { which, every, add } = wanted;
  return (
    <>
      <div className={dialogs.field}>
        <span>{words.which}</span>
        <Segmented label={words.which} value={which} choices={WHICH} onChange={(id) => onChange({ which: id })} />
        {which === 'filtered' && !filtered && <p className={dialogs.help}>{words.noFilter}</p>}
      </div>
      <div className={dialogs.field}>
        <span>{words.every}</span>
        <span className={styles.number}>
          <NumberField
            label={words.every}
            value={every}
            text={String(every)}
            min={1}
            max={1e6}
            step={1}
            parse={(typed) => Math.round(parseNumber(typed))}
            onChange={(next) => onChange({ every: Math.round(next) })}
          />
        </span>
      </div>
      <div className={cx(dialogs.field, styles.several)}>
        <span>{words.add}</span>
        <div className={styles.checks} role="group" aria-label={words.add}>
          {MOTION_COLUMNS.map((name) => (
            <CheckBox
              key={name}
              on={add.includes(name)}
              onChange={(on) => onChange({ add: on ? [...add, name] : add.filter((other) => other !== name) })}
            >
              {columnLabel(name)}
            </CheckBox>
          ))}
        </div>
        {add.length > 0 && <p className={dialogs.help}>{words.addHelp(method)}</p>}
      </div>
    </>
  );
}

/** What the request says about particles; undefined where all are written as they are. */
function choiceOf({ which, every, add }: Wanted, { particles }: ViewState): ParticleChoice | undefined {
  if (!particles) return undefined;
  const { selection, differentiation } = particles.display;
  const chosen = which === 'filtered' ? selection : { filters: [] };
  const thinned = every > 1 ? { ...chosen, every: every * (chosen.every ?? 1) } : chosen;
  const selects = thinned.filters.length > 0 || thinned.box !== undefined || (thinned.every ?? 1) > 1;
  if (!selects && add.length === 0) return undefined;
  return { ...(selects ? { selection: thinned } : {}), ...(add.length > 0 ? { add } : {}), differentiation };
}

function tracksText({ which, every }: Wanted, { particles }: ViewState, { tracks }: ParticleDatasetInfo): string {
  if (tracks === 0) return '';
  const counts = particles?.shown?.counts;
  return which === 'filtered' && counts && every === 1 ? words.filtered(counts.shown, counts.total) : '';
}
