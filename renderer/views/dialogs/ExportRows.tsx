import type { ErrorRecord } from '../../../shared/model/data-error.ts';
import type { WriterDescription } from '../../../shared/contract/conversions.ts';
import type { ExportDraft } from '../../stores/export-request.ts';
import { exportText as words } from '../../strings/export-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { cx } from '../../widgets/class-names.ts';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Select } from '../../widgets/Select.tsx';
import { parseNumber } from '../../../shared/draw/number-text.ts';
import dialogs from './dialogs.module.css';
import styles from './ExportDialog.module.css';

/** Formats that take the selection, then those that do not, with the reason below. */
export function FormatRow({
  writers,
  chosen,
  onChoose,
}: {
  writers: readonly WriterDescription[];
  chosen: string;
  onChoose(id: string): void;
}) {
  const choices = (refused: boolean) =>
    writers.filter((writer) => (writer.refused !== undefined) === refused).map(({ id, label }) => ({ id, label }));
  const refused = writers.find(({ id }) => id === chosen)?.refused;
  return (
    <div className={dialogs.field}>
      <span>{words.format}</span>
      <Select
        label={words.format}
        value={chosen}
        groups={[
          { title: words.fits, choices: choices(false) },
          { title: words.refused, choices: choices(true) },
        ]}
        onChange={onChoose}
      />
      {refused !== undefined && (
        <p className={dialogs.help} role="status">
          {words.cannotJudge(refused)}.
        </p>
      )}
    </div>
  );
}

interface BuffersProps {
  /** What is counted, where it is not buffers. */
  readonly label?: string | undefined;
  readonly draft: ExportDraft;
  readonly count: number;
  readonly firstNumber: number;
  onChange(change: Partial<ExportDraft>): void;
}

export function BuffersRow({ label = words.buffers, draft, count, firstNumber, onChange }: BuffersProps) {
  const { from, to, step } = draft;
  const parse = (typed: string): number => Math.round(parseNumber(typed));
  const buffer = (name: string, value: number, change: (buffer: number) => Partial<ExportDraft>) => (
    <span className={styles.number}>
      <NumberField
        label={name}
        value={value + firstNumber}
        text={String(value + firstNumber)}
        min={firstNumber}
        max={count - 1 + firstNumber}
        step={1}
        parse={parse}
        onChange={(number) => onChange(change(Math.round(number) - firstNumber))}
      />
    </span>
  );
  return (
    <div className={cx(dialogs.field, styles.several)}>
      <span>{label}</span>
      <div className={styles.buffers}>
        <Segmented
          label={label}
          value={draft.buffers}
          choices={(['this', 'range', 'all'] as const).map((id) => ({ id, label: words.ranges[id] }))}
          onChange={(buffers) => onChange({ buffers })}
        />
        {draft.buffers === 'range' && (
          <>
            {buffer(words.from, from, (first) => ({ from: first, to: Math.max(first, to) }))}
            <span>{words.to}</span>
            {buffer(words.to, to, (last) => ({ to: last, from: Math.min(from, last) }))}
            <span>{words.step}</span>
            <span className={styles.number}>
              <NumberField
                label={words.step}
                value={step}
                text={String(step)}
                min={1}
                max={Math.max(1, count)}
                step={1}
                parse={parse}
                onChange={(value) => onChange({ step: Math.round(value) })}
              />
            </span>
          </>
        )}
      </div>
    </div>
  );
}

/** A path to type; on the desktop also the system's dialog. */
export function TargetRow({ target, onType, onChoose }: { target: string; onType(target: string): void; onChoose?(): void }) {
  return (
    <div className={dialogs.field}>
      <label htmlFor="export-target">{words.target}</label>
      <div className={styles.target}>
        <input
          id="export-target"
          className={dialogs.input}
          value={target}
          spellCheck={false}
          autoComplete="off"
          aria-describedby="export-target-help"
          onChange={(event) => onType(event.currentTarget.value)}
        />
        {onChoose && (
          <Button small onPress={onChoose}>
            {words.choose}
          </Button>
        )}
      </div>
      <p id="export-target-help" className={dialogs.help}>
        {target.trim() === '' ? words.noTarget : words.fullPath}
      </p>
    </div>
  );
}

/** Why it did not start; a target that exists is replaced only after this question. */
export function Refusal({ refusal: { code, message, hint }, onReplace }: { refusal: ErrorRecord; onReplace(): void }) {
  return (
    <div className={styles.refusal} role="alert">
      <span>
        {message}
        {code !== 'exists' && hint ? ` ${hint}` : ''}
      </span>
      {code === 'exists' && (
        <Button small look="danger" onPress={onReplace}>
          {words.replace}
        </Button>
      )}
    </div>
  );
}
