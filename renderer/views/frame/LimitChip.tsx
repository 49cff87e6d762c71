import { useState, type KeyboardEvent } from 'react';
import styles from './LimitChip.module.css';
import { parseNumber } from '../../../shared/draw/number-text.ts';

/** A chip has room for so many. */
const USUAL_LETTERS = 7;

/** The number beside a handle; typed over it sets the limit: Enter takes it, Esc leaves it, wrong text stays with a red edge. */
export function LimitChip({
  label,
  text,
  top,
  left,
  onValue,
}: {
  label: string;
  text: string;
  top: number;
  left?: number;
  onValue(value: number): void;
}) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const wrong = typed !== undefined && !Number.isFinite(parseNumber(typed));
  const take = (): void => {
    if (typed !== undefined && typed !== text && !wrong) onValue(parseNumber(typed));
    if (!wrong) setTyped(undefined);
  };
  const key = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (event.key === 'Enter') take();
    if (event.key !== 'Escape') return;
    setTyped(undefined);
    event.currentTarget.blur();
  };
  return (
    <input
      className={styles.chip}
      style={{
        top,
        ...(left === undefined ? {} : { left }),
        ...((typed ?? text).length > USUAL_LETTERS ? { width: 10 + Math.ceil(6.4 * (typed ?? text).length) } : {}),
      }}
      aria-label={label}
      aria-invalid={wrong || undefined}
      value={typed ?? text}
      spellCheck={false}
      inputMode="decimal"
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => {
        if (wrong) setTyped(undefined);
        else take();
      }}
      onKeyDown={key}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
