import type { OptionDescription } from '../../../shared/contract/listing.ts';
import { text } from '../../strings/en.ts';
import { Select } from '../../widgets/Select.tsx';
import styles from './dialogs.module.css';

/** Nothing chosen: a list needs an id for that too. */
const UNSET = 'unset';

interface Props {
  readonly option: OptionDescription;
  readonly value: string;
  /** What an option means that is not given. */
  readonly unset: string;
  onChange(value: string): void;
}

/** A reader or writer option as its specification describes it. */
export function OptionField({ option, value, unset, onChange }: Props) {
  const { name, type, label, help, choices } = option;
  const id = `option-${name}`;
  const values =
    type === 'boolean'
      ? [
          { id: 'true', label: text.openAs.yes },
          { id: 'false', label: text.openAs.no },
        ]
      : choices?.map((choice) => ({ id: choice, label: choice }));
  return (
    <div className={styles.field}>
      {values ? <span>{label}</span> : <label htmlFor={id}>{label}</label>}
      {values ? (
        <Select
          label={label}
          value={value === '' ? UNSET : value}
          groups={[{ title: label, choices: [{ id: UNSET, label: unset }, ...values] }]}
          onChange={(chosen) => onChange(chosen === UNSET ? '' : chosen)}
        />
      ) : (
        <input
          id={id}
          className={styles.input}
          value={value}
          placeholder={type === 'shape' ? text.openAs.shapeHint : unset}
          spellCheck={false}
          aria-describedby={`${id}-help`}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      <p id={`${id}-help`} className={styles.help}>
        {help}
      </p>
    </div>
  );
}
