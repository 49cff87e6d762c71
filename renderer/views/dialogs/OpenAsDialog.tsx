import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { ProbeCandidate } from '../../../shared/contract/listing.ts';
import { isDataError, toErrorRecord } from '../../../shared/model/data-error.ts';
import { openAs } from '../../stores/open-effects.ts';
import { fileName } from '../../stores/project-store.ts';
import { useFormats } from '../../stores/use-formats.ts';
import { text } from '../../strings/en.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { OptionField } from './OptionField.tsx';
import { givenOptions, type TypedOptions } from './open-options.ts';
import styles from './dialogs.module.css';

interface Props {
  readonly path: string;
  readonly candidates: readonly ProbeCandidate[];
  readonly reason?: string;
  onClose(): void;
}

/** Which reader to take, with every reader's opinion, and its options as a form made from their specification. */
export function OpenAsDialog({ path, candidates, reason, onClose }: Props) {
  const formats = useFormats();
  const [format, setFormat] = useState(candidates[0]?.format);
  const [typed, setTyped] = useState<TypedOptions>({});
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const options = formats.find(({ id }) => id === format)?.options ?? [];
  const open = async (): Promise<void> => {
    if (format === undefined) return;
    setBusy(true);
    try {
      await openAs(path, format, givenOptions(options, typed));
      onClose();
    } catch (error) {
      const { message, hint } = toErrorRecord(error);
      setWrong(hint && isDataError(error) ? `${message} ${hint}` : message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={text.openAs.title(fileName(path))}
      width={680}
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button look="primary" disabled={format === undefined || busy} onPress={() => void open()}>
            {text.openAs.open}
          </Button>
        </>
      }
    >
      <div className={styles.pad}>
        {reason !== undefined && <p className={styles.reason}>{reason}</p>}
        <p className={styles.dim}>{path}</p>
        <h3 className={styles.heading}>{text.openAs.reader}</h3>
        <Readers
          candidates={candidates}
          chosen={format}
          onChoose={(id) => {
            setFormat(id);
            setWrong(undefined);
          }}
        />
        <h3 className={styles.heading}>{text.openAs.options}</h3>
        {options.length === 0 && <p className={styles.dim}>{text.openAs.noOptions}</p>}
        {options.map((option) => (
          <OptionField
            key={`${format} ${option.name}`}
            option={option}
            value={typed[option.name] ?? ''}
            unset={text.openAs.byDefault}
            onChange={(value) => setTyped({ ...typed, [option.name]: value })}
          />
        ))}
        {wrong !== undefined && (
          <p className={styles.error} role="alert">
            {wrong}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Readers({
  candidates,
  chosen,
  onChoose,
}: {
  candidates: readonly ProbeCandidate[];
  chosen: string | undefined;
  onChoose(format: string): void;
}) {
  return (
    <ListBox
      className={styles.readers ?? ''}
      aria-label={text.openAs.reader}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosen === undefined ? [] : [chosen]}
      onSelectionChange={(keys) => {
        if (keys !== 'all') for (const key of keys) onChoose(String(key));
      }}
    >
      {candidates.map(({ format, label, score, reason }) => (
        <ListBoxItem key={format} id={format} className={styles.reader ?? ''} textValue={label}>
          <span>{label}</span>
          <span className={styles.score}>{text.openAs.score(Math.round(score * 100))}</span>
          <small>{reason}</small>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}
