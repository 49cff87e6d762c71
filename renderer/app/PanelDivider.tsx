import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { PANEL_WIDTHS, useSettings } from '../stores/settings-store.ts';
import { text } from '../strings/en.ts';
import { cx } from '../widgets/class-names.ts';
import { panelWidth } from './panel-width.ts';
import styles from './PanelDivider.module.css';

const STEP_PIXELS = 8;
const LONG_STEP_PIXELS = 32;

/** Line between a panel and the centre: drag, arrow keys, double click = default width. */
export function PanelDivider({ panel }: { panel: 'tree' | 'inspector' }) {
  const width = useSettings((state) => (panel === 'tree' ? state.treeWidth : state.inspectorWidth));
  const limits = PANEL_WIDTHS[panel];
  const drag = useRef<{ x: number; width: number }>(undefined);
  // The tree grows to the right, the inspector to the left.
  const sign = panel === 'tree' ? 1 : -1;

  const resize = (wanted: number): void => {
    const { change, panels } = useSettings.getState();
    const next = panelWidth(wanted, limits);
    if (next === undefined) change({ panels: { ...panels, [panel]: false } });
    else change(panel === 'tree' ? { treeWidth: next } : { inspectorWidth: next });
  };
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent): void => {
    if (drag.current) resize(drag.current.width + sign * (event.clientX - drag.current.x));
  };
  const key = (event: KeyboardEvent): void => {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    resize(Math.max(limits.min, width + sign * direction * (event.shiftKey ? LONG_STEP_PIXELS : STEP_PIXELS)));
  };
  return (
    <div
      className={cx(styles.divider, styles[panel])}
      role="separator"
      aria-orientation="vertical"
      tabIndex={0}
      aria-label={text.divider[panel]}
      aria-valuenow={width}
      aria-valuemin={limits.min}
      aria-valuemax={limits.max}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onDoubleClick={() => resize(limits.normal)}
      onKeyDown={key}
    />
  );
}
