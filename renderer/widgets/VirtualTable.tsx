import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { cx } from './class-names.ts';
import styles from './VirtualTable.module.css';

export interface VirtualColumn {
  readonly id: string;
  readonly title: string;
  readonly unit?: string;
  /** Least width in pixels. */
  readonly width: number;
  text(row: number): string;
}

interface Props {
  readonly label: string;
  readonly columns: readonly VirtualColumn[];
  readonly rows: number;
  /** Kept in sight when it changes. */
  readonly selected?: number | undefined;
  readonly sorted?: { readonly column: string; readonly descending: boolean };
  onSelect?(row: number): void;
  /** A row was chosen with Enter or a double press. */
  onEnter?(row: number): void;
  onSort?(column: string): void;
}

const ROW_PIXELS = 22;
const SPARE_ROWS = 6;

/** A table of numbers of any length: only the rows in sight exist. Arrow keys move the selection. */
export function VirtualTable({ label, columns, rows, selected, sorted, onSelect, onEnter, onSort }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ from: 0, height: 200 });
  useLayoutEffect(() => {
    const target = box.current;
    if (!target) return undefined;
    const measure = (): void => setSight({ from: target.scrollTop, height: target.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    target.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      target.removeEventListener('scroll', measure);
    };
  }, []);
  useLayoutEffect(() => {
    const target = box.current;
    if (!target || selected === undefined || selected < 0) return;
    const [top, below] = [selected * ROW_PIXELS, (selected + 2) * ROW_PIXELS];
    if (top < target.scrollTop) target.scrollTop = top;
    else if (below > target.scrollTop + target.clientHeight) target.scrollTop = below - target.clientHeight;
  }, [selected]);
  const first = Math.max(0, Math.floor(sight.from / ROW_PIXELS) - SPARE_ROWS);
  const last = Math.min(rows, Math.ceil((sight.from + sight.height) / ROW_PIXELS) + SPARE_ROWS);
  const key = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows, End: rows }[event.key];
    if (event.key === 'Enter' && selected !== undefined) onEnter?.(selected);
    else if (by === undefined || !onSelect || rows === 0) return;
    else onSelect(Math.min(rows - 1, Math.max(0, selected === undefined || selected < 0 ? 0 : selected + by)));
    event.preventDefault();
    event.stopPropagation();
  };
  // Head and rows are grids of their own: only a width in common keeps their columns in line.
  const minWidth = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => `minmax(${width}px, 1fr)`).join(' ');
  return (
    <div
      ref={box}
      className={styles.box}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows + 1}
      onKeyDown={key}
      {...(selected !== undefined && selected >= first && selected < last ? { 'aria-activedescendant': `${id}-${selected}` } : {})}
    >
      <div className={styles.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: widths, minWidth }}>
        {columns.map(({ id: column, title, unit }) => {
          const order = sorted?.column === column ? (sorted.descending ? 'descending' : 'ascending') : undefined;
          const name = (
            <>
              {title}
              {unit && <span className={styles.unit}>{unit}</span>}
              {order && (
                <span aria-hidden="true" className={styles.order}>
                  {order === 'ascending' ? '↑' : '↓'}
                </span>
              )}
            </>
          );
          return (
            <div key={column} role="columnheader" className={styles.title} {...(order ? { 'aria-sort': order } : {})}>
              {onSort ? (
                <button type="button" className={styles.sort} onClick={() => onSort(column)}>
                  {name}
                </button>
              ) : (
                name
              )}
            </div>
          );
        })}
      </div>
      <div className={styles.body} role="presentation" style={{ height: rows * ROW_PIXELS, minWidth }}>
        {Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index).map((row) => (
          <div
            key={row}
            id={`${id}-${row}`}
            role="row"
            aria-rowindex={row + 2}
            aria-selected={row === selected}
            className={cx(styles.row, row === selected && styles.selected)}
            style={{ top: row * ROW_PIXELS, gridTemplateColumns: widths }}
            onClick={() => onSelect?.(row)}
            onDoubleClick={() => onEnter?.(row)}
          >
            {columns.map(({ id: column, text }) => (
              <span key={column} role="gridcell" className={styles.cell}>
                {text(row)}
              </span>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
