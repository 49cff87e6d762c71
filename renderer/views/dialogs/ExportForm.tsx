import { type ReactNode, useState } from 'react';
import type { ConvertRequest, ParticleChoice, WriterDescription } from '../../../shared/contract/conversions.ts';
import { type ErrorRecord, isDataError, toErrorRecord } from '../../../shared/model/data-error.ts';
import type { DatasetInfo } from '../../../shared/model/dataset.ts';
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
import { text } from '../../strings/en.ts';
import { exportText as words } from '../../strings/export-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import dialogs from './dialogs.module.css';
import styles from './ExportDialog.module.css';
import { ExportPreview } from './ExportPreview.tsx';
import { BuffersRow, FormatRow, Refusal, TargetRow } from './ExportRows.tsx';
import { OptionField } from './OptionField.tsx';
import { useFolderBeside, useLosses, useWriters } from './use-export-facts.ts';

interface Props {
  readonly view: ViewState;
  readonly info: DatasetInfo;
  /** Buffers, or steps. */
  readonly count: number;
  /** Writer that is chosen at first. */
  readonly writer: string;
  readonly vectors: boolean;
  readonly title: string;
  /** What is counted, where it is not buffers. */
  readonly counted?: string;
  /** Which particles are written; undefined where all are, as they are. */
  readonly particles?: ParticleChoice | undefined;
  /** Between what is counted and the target. */
  readonly children?: ReactNode;
  /** In words, what so many buffers or steps are. */
  what(count: number): string;
  onClose(): void;
}

/** A part of an open dataset into a file: format, range, target and options, and what the format does not keep. */
export function ExportForm({ view, info, count, writer: first, vectors, title, counted, particles, children, what, onClose }: Props) {
  const current = view.place.buffer;
  const [draft, setDraft] = useState<ExportDraft>({
    writer: first,
    buffers: count > 1 ? 'all' : 'this',
    from: 0,
    to: count - 1,
    step: 1,
    options: {},
  });
  const [refusal, setRefusal] = useState<ErrorRecord>();
  const [busy, setBusy] = useState(false);
  const writers = useWriters(view.dataset, draftRange(draft, current));
  const writer = writers.find(({ id }) => id === draft.writer);
  const folder = useFolderBeside(info.path);
  const target =
    draft.target ??
    proposedTarget(draft, current, writer, { title: info.title, path: info.path, vectors, firstNumber: info.firstNumber, folder });
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
      ...(draft.target === undefined ? {} : { target: withExtension(draft.target, writer, extensionFor(next, vectors)) }),
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
  const wanted = draftCount(draft, count);
  const ready = writer !== undefined && !writer.refused && target.trim() !== '' && wanted > 0 && !busy;
  return (
    <Dialog
      title={title}
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
            {words.copyCommand}
          </Button>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button look="primary" disabled={!ready} onPress={() => void run(false)}>
            {words.run}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <ExportPreview viewId={view.id} what={what(wanted)} losses={losses} refused={writer?.refused} />
        <div className={styles.options}>
          <FormatRow writers={writers} chosen={draft.writer} onChoose={chooseWriter} />
          <BuffersRow label={counted} draft={draft} count={count} firstNumber={info.firstNumber} onChange={change} />
          {children}
          <TargetRow
            target={target}
            onType={(typed) => change({ target: typed })}
            {...(desktop ? { onChoose: () => void choosePlace() } : {})}
          />
          {refusal && <Refusal refusal={refusal} onReplace={() => void run(true)} />}
          {writer && <WriterOptions writer={writer} values={draft.options} onChange={(options) => change({ options })} />}
        </div>
      </div>
    </Dialog>
  );
}

interface OptionsProps {
  readonly writer: WriterDescription;
  readonly values: ExportDraft['options'];
  onChange(values: ExportDraft['options']): void;
}

function WriterOptions({ writer, values, onChange }: OptionsProps) {
  if (writer.options.length === 0) return null;
  return (
    <>
      <h3 className={dialogs.heading}>{words.options}</h3>
      {writer.options.map((option) => (
        <OptionField
          key={`${writer.id} ${option.name}`}
          option={option}
          value={values[option.name] ?? ''}
          unset={words.byDefault}
          onChange={(value) => onChange({ ...values, [option.name]: value })}
        />
      ))}
    </>
  );
}
