import { useState } from 'react';
import type { FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { bufferCount } from '../../../shared/model/dataset.ts';
import { type ErrorRecord, isDataError, toErrorRecord } from '../../../shared/model/data-error.ts';
import { copyText } from '../../client/clipboard.ts';
import { desktop } from '../../client/desktop.ts';
import { bufferKind } from '../../stores/dataset-detail.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
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
import { useViews, type ViewState } from '../../stores/view-store.ts';
import { exportText as words } from '../../strings/export-text.ts';
import { text } from '../../strings/en.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { ExportPreview } from './ExportPreview.tsx';
import { ParticleExport } from '../particles/ParticleExportDialog.tsx';
import { BuffersRow, FormatRow, Refusal, TargetRow } from './ExportRows.tsx';
import { OptionField } from './OptionField.tsx';
import { useFolderBeside, useLosses, useWriters } from './use-export-facts.ts';
import dialogs from './dialogs.module.css';
import styles from './ExportDialog.module.css';

/** Buffers of a view's dataset into another format: what, how, where, and what the format does not keep. */
export function ExportDialog({ viewId, onClose }: { viewId: string; onClose(): void }) {
  const view = useViews((state) => state.views[viewId]);
  const info = useDatasets((state) => (view ? state.opened[view.dataset]?.info : undefined));
  if (!view || !info) return null;
  if (info.kind === 'particles') return <ParticleExport view={view} info={info} onClose={onClose} />;
  return <Export view={view} info={info} onClose={onClose} />;
}

function Export({ view, info, onClose }: { view: ViewState; info: FrameDatasetInfo; onClose(): void }) {
  const count = bufferCount(info);
  const current = view.place.buffer;
  const [draft, setDraft] = useState<ExportDraft>({
    writer: 'davis-set',
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
  const vectors = view.bufferInfo?.frames[0]?.kind === 'vector';
  const folder = useFolderBeside(info.path);
  const target =
    draft.target ??
    proposedTarget(draft, current, writer, { title: info.title, path: info.path, vectors, firstNumber: info.firstNumber, folder });
  const request = exportRequest(draft, current, target, writer?.options ?? [], view.dataset);
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
  const ready = writer !== undefined && !writer.refused && target.trim() !== '' && draftCount(draft, count) > 0 && !busy;
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
        <ExportPreview
          viewId={view.id}
          what={words.what(view.bufferInfo ? bufferKind(view.bufferInfo) : '', draftCount(draft, count))}
          losses={losses}
          refused={writer?.refused}
        />
        <div className={styles.options}>
          <FormatRow writers={writers} chosen={draft.writer} onChoose={chooseWriter} />
          <BuffersRow draft={draft} count={count} firstNumber={info.firstNumber} onChange={change} />
          <TargetRow
            target={target}
            onType={(typed) => change({ target: typed })}
            {...(desktop ? { onChoose: () => void choosePlace() } : {})}
          />
          {refusal && <Refusal refusal={refusal} onReplace={() => void run(true)} />}
          {writer && writer.options.length > 0 && <h3 className={dialogs.heading}>{words.options}</h3>}
          {writer?.options.map((option) => (
            <OptionField
              key={`${writer.id} ${option.name}`}
              option={option}
              value={draft.options[option.name] ?? ''}
              unset={words.byDefault}
              onChange={(value) => change({ options: { ...draft.options, [option.name]: value } })}
            />
          ))}
        </div>
      </div>
    </Dialog>
  );
}
