import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { Levels } from '../../draw-worker/levels.ts';
import { frameText } from '../../strings/frame-text.ts';
import type { BarScale } from './bar-scale.ts';
import styles from './ColorBar.module.css';
import { spanText } from '../../../shared/draw/number-text.ts';

interface Props {
  readonly end: 'low' | 'high';
  readonly title: string;
  readonly levels: Levels;
  readonly scale: BarScale;
  /** Of the bar in its long direction, the place of the limit on it (from the top or the left), and how far the line goes across. */
  readonly length: number;
  readonly at: number;
  readonly across: number;
  /** On a bar that lies. */
  readonly flat?: boolean;
  onStart(): void;
  onEnd(): void;
  onLevels(low: number, high: number): void;
}

/** A limit on a colour bar: dragged, or stepped by keys. While it is dragged the scale stands still, so that it stays under the pointer. */
export function LimitHandle({ end, title, levels, scale, length, at, across, flat = false, onStart, onEnd, onLevels }: Props) {
  const grip = useRef<{ readonly scale: BarScale; readonly origin: number } | undefined>(undefined);
  const set = (value: number): void =>
    end === 'low' ? onLevels(Math.min(value, levels.high), levels.high) : onLevels(levels.low, Math.max(value, levels.low));
  const pointer = (event: PointerEvent): number => (flat ? event.clientX : event.clientY);
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { scale, origin: pointer(event) - at };
    onStart();
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (!grip.current) return;
    const part = (pointer(event) - grip.current.origin) / length;
    set(grip.current.scale.valueAt(flat ? part : 1 - part));
  };
  const up = (): void => {
    if (grip.current) onEnd();
    grip.current = undefined;
  };
  const key = (event: KeyboardEvent<HTMLDivElement>): void => {
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(levels[end] + ((levels.high - levels.low || 1) * steps * (event.shiftKey ? 10 : 1)) / 100);
  };
  const size = across + 16;
  return (
    <div
      className={styles.handle}
      data-flat={flat || undefined}
      style={flat ? { left: at - 12, height: size } : { top: at - 12, width: size }}
      role="slider"
      tabIndex={0}
      aria-orientation={flat ? 'horizontal' : 'vertical'}
      aria-label={frameText.bar[end](title)}
      aria-valuenow={levels[end]}
      aria-valuetext={spanText(levels[end], levels.high - levels.low)}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
    >
      {flat ? (
        <svg width={24} height={size} aria-hidden="true">
          <path className={styles.grip} d={`M7 ${across + 8}l5 -7l5 7z`} />
          <path className={styles.rule} d={`M12.5 0v${across + 1}`} />
        </svg>
      ) : (
        <svg width={size} height={24} aria-hidden="true">
          <path className={styles.grip} d="M0 7l8 5l-8 5z" />
          <path className={styles.rule} d={`M7 12.5h${across + 7}`} />
        </svg>
      )}
    </div>
  );
}
