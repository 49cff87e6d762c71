import { useState, type KeyboardEvent } from 'react';
import { parseNumber, spanText } from '../../../shared/draw/number-text.ts';
import type { Levels } from '../../draw-worker/levels.ts';
import { frameText } from '../../strings/frame-text.ts';
import styles from './LimitChip.module.css';

/** A chip has room for so many. */
const USUAL_LETTERS = 7;

interface Props {
  readonly end: 'low' | 'high';
  readonly title: string;
  readonly levels: Levels;
  readonly top: number;
  readonly left?: number;
  onLevels(low: number, high: number): void;
}

/**
 * The number beside a handle; typed over it sets the limit, and takes the other one along where it passes it: Enter takes it, Esc leaves it,
 * wrong text stays with a red edge.
 */
export function LimitChip({ end, title, levels, top, left, onLevels }: Props) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const text = spanText(levels[end], levels.high - levels.low);
  const set = (value: number): void =>
    end === 'low' ? onLevels(value, Math.max(value, levels.high)) : onLevels(Math.min(value, levels.low), value);
  const wrong = typed !== undefined && !Number.isFinite(parseNumber(typed));
  const take = (): void => {
    if (typed !== undefined && typed !== text && !wrong) set(parseNumber(typed));
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
      aria-label={frameText.bar[end](title)}
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
