import { useState, type KeyboardEvent } from 'react';
import { cx } from './class-names.ts';
import styles from './NumberField.module.css';

interface Props {
  readonly label: string;
  readonly value: number | undefined;
  /** How the number is written while it is not being typed. */
  readonly text: string;
  readonly unit?: string;
  /** One press of an arrow key; Shift takes ten, Alt a tenth. */
  readonly step: number;
  readonly min?: number;
  readonly max?: number;
  /** What a typed text means; NaN = wrong. */
  parse(text: string): number;
  onChange(value: number): void;
}

/** More are written smaller: two fields share a row of the inspector. */
const ROOMY_LETTERS = 9;

/** A number: arrow keys step it, Enter takes what is typed, Esc leaves it; wrong text stays with a red edge. */
export function NumberField({
  label,
  value,
  text,
  unit,
  step,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
  parse,
  onChange,
}: Props) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const parsed = typed === undefined ? Number.NaN : parse(typed);
  const wrong = typed !== undefined && !(parsed >= min && parsed <= max);
  const take = (): void => {
    if (typed === undefined || wrong) return;
    if (typed !== text) onChange(parsed);
    setTyped(undefined);
  };
  const key = (event: KeyboardEvent<HTMLInputElement>): void => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === 'Enter') take();
    else if (event.key === 'Escape') setTyped(undefined);
    else if (direction === undefined || value === undefined) return;
    else {
      const size = step * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
      onChange(Math.min(max, Math.max(min, rounded((wrong || typed === undefined ? value : parsed) + direction * size))));
      setTyped(undefined);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span className={cx(styles.field, wrong && styles.wrong)}>
      <input
        className={cx('num', styles.input, (typed ?? text).length > ROOMY_LETTERS && styles.long)}
        aria-label={label}
        aria-invalid={wrong || undefined}
        inputMode="decimal"
        spellCheck={false}
        value={typed ?? text}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => {
          take();
          if (wrong) setTyped(undefined);
        }}
        onKeyDown={key}
      />
      {unit && <span className={styles.unit}>{unit}</span>}
    </span>
  );
}

/** Sums of decimal steps without their binary rests. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
