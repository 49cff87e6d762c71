import { useState } from 'react';
import { MOTION_COLUMNS } from '../../../shared/compute/particles/columns.ts';
import type { ConvertRequest, ParticleChoice } from '../../../shared/contract/methods.ts';
import { type ErrorRecord, isDataError, toErrorRecord } from '../../../shared/model/data-error.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { copyText } from '../../client/clipboard.ts';
import { desktop } from '../../client/desktop.ts';
import { startExport } from '../../stores/export-effects.ts';
import {
  draftCount,
  draftRange,
  exportCommand,
  exportRequest,
  extensionFor,
  proposedTarget,
  withExtension,
  type ExportDraft,
} from '../../stores/export-request.ts';
import type { ViewState } from '../../stores/view-store.ts';
import { exportText } from '../../strings/export-text.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { CheckBox } from '../../widgets/CheckBox.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { parseNumber } from '../../../shared/draw/number-text.ts';
import { ExportPreview } from '../dialogs/ExportPreview.tsx';
import { BuffersRow, FormatRow, Refusal, TargetRow } from '../dialogs/ExportRows.tsx';
import { OptionField } from '../dialogs/OptionField.tsx';
import { useFolderBeside, useLosses, useWriters } from '../dialogs/use-export-facts.ts';
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
  const current = view.place.buffer;
  const display = view.particles?.display;
  const filtered =
    display !== undefined &&
    (display.selection.filters.length > 0 || display.selection.box !== undefined || (display.selection.every ?? 1) > 1);
  const [draft, setDraft] = useState<ExportDraft>({
    writer: 'davis-particles',
    buffers: info.steps > 1 ? 'all' : 'this',
    from: 0,
    to: info.steps - 1,
    step: 1,
    options: {},
  });
  const [wanted, setWanted] = useState<Wanted>({ which: filtered ? 'filtered' : 'whole', every: 1, add: [] });
  const [refusal, setRefusal] = useState<ErrorRecord>();
  const [busy, setBusy] = useState(false);
  const writers = useWriters(view.dataset, draftRange(draft, current));
  const writer = writers.find(({ id }) => id === draft.writer);
  const folder = useFolderBeside(info.path);
  const target =
    draft.target ??
    proposedTarget(draft, current, writer, { title: info.title, path: info.path, vectors: false, firstNumber: info.firstNumber, folder });
  const particles = choiceOf(wanted, view);
  const request: ConvertRequest = {
    ...exportRequest(draft, current, target, writer?.options ?? [], view.dataset),
    ...(particles ? { particles } : {}),
  };
  const losses = useLosses(writer && !writer.refused ? request : undefined);
  const change = (news: Partial<ExportDraft>): void => {
    setDraft({ ...draft, ...news });
    setRefusal(undefined);
  };
  const chooseWriter = (id: string): void => {
    const next = writers.find((known) => known.id === id);
    change({
      writer: id,
      options: {},
      ...(draft.target === undefined ? {} : { target: withExtension(draft.target, writer, extensionFor(next, false)) }),
    });
  };
  const choosePlace = async (): Promise<void> => {
    const chosen = await desktop?.saveDialog({ path: target, label: writer?.label ?? '', extensions: writer?.extensions ?? [] });
    if (chosen !== undefined) change({ target: chosen });
  };
  const run = async (force: boolean): Promise<void> => {
    setBusy(true);
    try {
      await startExport({ ...request, ...(force ? { force } : {}) });
      onClose();
    } catch (error) {
      setRefusal(toErrorRecord(error));
      if (!isDataError(error)) throw error;
    } finally {
      setBusy(false);
    }
  };
  const steps = draftCount(draft, info.steps);
  const ready = writer !== undefined && !writer.refused && target.trim() !== '' && steps > 0 && !busy;
  return (
    <Dialog
      title={words.title(info.title)}
      width={960}
      onClose={onClose}
      foot={
        <>
          <Button
            look="quiet"
            icon="copy"
            className={styles.left ?? ''}
            disabled={info.path === ''}
            onPress={() => void copyText(exportCommand(request, info.path))}
          >
            {exportText.copyCommand}
          </Button>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button look="primary" disabled={!ready} onPress={() => void run(false)}>
            {exportText.run}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <ExportPreview
          viewId={view.id}
          what={words.what(steps, tracksText(wanted, view, info))}
          losses={losses}
          refused={writer?.refused}
        />
        <div className={styles.options}>
          <FormatRow writers={writers} chosen={draft.writer} onChoose={chooseWriter} />
          <BuffersRow label={words.steps} draft={draft} count={info.steps} firstNumber={info.firstNumber} onChange={change} />
          {info.tracks > 0 && (
            <TrackRows
              wanted={wanted}
              filtered={filtered}
              onChange={(news) => setWanted({ ...wanted, ...news })}
              method={display ? particleText.method(display.differentiation) : ''}
            />
          )}
          <TargetRow
            target={target}
            onType={(typed) => change({ target: typed })}
            {...(desktop ? { onChoose: () => void choosePlace() } : {})}
          />
          {refusal && <Refusal refusal={refusal} onReplace={() => void run(true)} />}
          {writer && writer.options.length > 0 && <h3 className={dialogs.heading}>{exportText.options}</h3>}
          {writer?.options.map((option) => (
            <OptionField
              key={`${writer.id} ${option.name}`}
              option={option}
              value={draft.options[option.name] ?? ''}
              unset={exportText.byDefault}
              onChange={(value) => change({ options: { ...draft.options, [option.name]: value } })}
            />
          ))}
        </div>
      </div>
    </Dialog>
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
      <div className={dialogs.field}>
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
