import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useElementSize, type ElementSize } from './use-element-size.ts';
import styles from './ViewStage.module.css';

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A key on the picture: its name, and with Alt the step that an arrow means. */
export interface PictureKey {
  readonly name: string;
  readonly altStep?: readonly [x: number, y: number] | undefined;
}

/**
 * The room of a view's picture: it takes the focus, and offers keys that only mean something on the picture to `onKey`, which tells whether it
 * took them; the others are actions of the whole window.
 */
export function ViewStage({
  viewId,
  label,
  onKey,
  children,
}: {
  viewId: string;
  label: string;
  onKey(key: PictureKey): boolean;
  children(size: ElementSize): ReactNode;
}) {
  const stage = useRef<HTMLDivElement>(null);
  const size = useElementSize(stage);
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) return;
    const altStep = event.altKey ? ARROWS[event.key] : undefined;
    if (!onKey({ name: event.key, altStep })) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={stage} className={styles.stage} data-stage={viewId} tabIndex={0} role="group" aria-label={label} onKeyDown={press}>
      {size && size.width > 0 && children(size)}
    </div>
  );
}
