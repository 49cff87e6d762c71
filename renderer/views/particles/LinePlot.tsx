import { memo, useLayoutEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { fixedText, steppedText, withUnit } from '../../../shared/draw/number-text.ts';
import { ticksBetween } from '../../../shared/draw/ticks.ts';
import { particleText } from '../../strings/particle-text.ts';
import styles from './LinePlot.module.css';

export interface PlotSeries {
  readonly name: string;
  readonly look: 'plain' | 'x' | 'y' | 'z';
  readonly values: ArrayLike<number>;
}

interface Props {
  readonly title: string;
  readonly unit: string;
  /** Horizontal positions, ascending. */
  readonly at: ArrayLike<number>;
  /** Stands behind the last number of the horizontal axis. */
  readonly axisUnit: string;
  readonly count: number;
  readonly series: readonly PlotSeries[];
  /** Where the current step is; NaN = outside. */
  readonly current: number;
  readonly from: number;
  readonly to: number;
  /** How a horizontal position is written. */
  place(index: number): string;
  onPick(index: number): void;
}

const LEAST_LEFT = 34;
/** Of a digit of the axes' numbers. */
const DIGIT = 6.8;
/** Of a letter of the title, about. */
const TITLE_LETTER = 6.2;
const TOP = 20;
const RIGHT = 12;
const BOTTOM = 18;
const NO_TICKS = { values: [], step: 1, decimals: 0 };

/** Lines over time, the current step as an upright line; a press goes to the step below the pointer. */
export const LinePlot = memo(function LinePlot({ title, unit, at, axisUnit, count, series, current, from, to, place, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const [over, setOver] = useState<number | undefined>(undefined);
  const range = useMemo(() => extent(series, count), [series, count]);
  const [low, high] = range ?? [0, 1];
  const h = Math.max(1, height - TOP - BOTTOM);
  const vertical = range ? ticksBetween(low, high, Math.max(2, h / 26)) : NO_TICKS;
  const left = Math.max(LEAST_LEFT, ...vertical.values.map((value) => 14 + DIGIT * tickText(value, vertical).length));
  const w = Math.max(1, width - left - RIGHT);
  const xOf = (value: number): number => left + (to > from ? (value - from) / (to - from) : 0.5) * w;
  const yOf = (value: number): number => TOP + h - ((value - low) / (high - low)) * h;
  const paths = useMemo(
    () => series.map(({ values }) => linePath(at, values, count, xOf, yOf)),
    [series, at, count, from, to, low, high, left, w, h],
  );
  // Steps have no parts, but for the pulses of one.
  const areSteps = axisUnit === '';
  const across = ticksBetween(from, to, areSteps ? Math.min(to - from, Math.max(2, w / 64)) : Math.max(2, w / 64));
  const nearest = (event: PointerEvent): number => nearestTo(at, count, from + ((event.nativeEvent.offsetX - left) / w) * (to - from));
  return (
    <div ref={box} className={styles.plot}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={withUnit(title, unit)}
          onPointerMove={(event) => setOver(nearest(event))}
          onPointerLeave={() => setOver(undefined)}
          onPointerDown={(event) => {
            if (event.button === 0) onPick(nearest(event));
          }}
        >
          <rect className={styles.ground} width={width} height={height} />
          {vertical.values.map((value) => (
            <g key={value}>
              <path className={styles.grid} d={`M${left} ${Math.round(yOf(value)) + 0.5}h${w}`} />
              <text className={styles.tick} x={left - 6} y={yOf(value) + 3.5} textAnchor="end">
                {tickText(value, vertical)}
              </text>
            </g>
          ))}
          {across.values.map((value, index) => (
            <g key={value}>
              <path className={styles.axis} d={`M${Math.round(xOf(value)) + 0.5} ${TOP + h}v4`} />
              <text
                className={styles.tick}
                x={xOf(value)}
                y={height - 3}
                textAnchor={xOf(value) > width - 40 && axisUnit !== '' ? 'end' : 'middle'}
              >
                {fixedText(value, across.values.every(Number.isInteger) ? 0 : across.decimals)}
                {axisUnit !== '' && index === across.values.length - 1 ? ` ${axisUnit}` : ''}
              </text>
            </g>
          ))}
          {paths.map((path, index) => (
            <path key={series[index]?.name} className={`${styles.line} ${styles[series[index]?.look ?? 'plain']}`} d={path} />
          ))}
          {current >= from && current <= to && <path className={styles.current} d={`M${Math.round(xOf(current)) + 0.5} ${TOP}v${h}`} />}
          {over !== undefined && <path className={styles.pointer} d={`M${Math.round(xOf(at[over] ?? 0)) + 0.5} ${TOP}v${h}`} />}
          {!range && (
            <text className={styles.tick} x={left + w / 2} y={TOP + h / 2} textAnchor="middle">
              {particleText.panel.noValues}
            </text>
          )}
          <text className={styles.title} x={Math.max(4, Math.min(left, width - TITLE_LETTER * title.length))} y={12}>
            {title}
          </text>
          {over === undefined ? (
            series.length > 1 &&
            series.map(({ name, look }, index) => (
              <text
                key={name}
                className={`${styles.key} ${styles[look]}`}
                x={left + w - 16 * (series.length - 1 - index)}
                y={12}
                textAnchor="end"
              >
                {name}
              </text>
            ))
          ) : (
            <text
              className={styles.value}
              x={left + w}
              y={12}
              textAnchor="end"
            >{`${place(over)}: ${series.map(({ values }) => steppedText(values[over] ?? Number.NaN, (high - low) / 1000)).join(', ')}`}</text>
          )}
        </svg>
      )}
    </div>
  );
});

function tickText(value: number, { step, decimals }: { step: number; decimals: number }): string {
  // Zeros before an exponent say nothing.
  return decimals > 4 || Math.abs(value) >= 1e5 ? steppedText(value, step).replace(/\.?0+e/, 'e') : fixedText(value, decimals);
}

function useSize(box: { readonly current: HTMLElement | null }): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) });
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

/** Range of all lines with a little air, never of no height; undefined where there is no value. */
function extent(series: readonly PlotSeries[], count: number): readonly [low: number, high: number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of series) {
    for (let index = 0; index < count; index++) {
      const value = values[index]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(low <= high)) return undefined;
  const air = high > low ? (high - low) * 0.04 : Math.abs(low) * 0.1 || 1;
  return [low - air, high + air];
}

/** Gaps break the line; a point between two gaps is a short dash. */
function linePath(
  at: ArrayLike<number>,
  values: ArrayLike<number>,
  count: number,
  xOf: (value: number) => number,
  yOf: (value: number) => number,
): string {
  let path = '';
  let open = false;
  for (let index = 0; index < count; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) {
      open = false;
      continue;
    }
    const [x, y] = [xOf(at[index]!).toFixed(1), yOf(value).toFixed(1)];
    path += open ? `L${x} ${y}` : `M${x} ${y}${Number.isFinite(values[index + 1] ?? Number.NaN) ? '' : 'h1'}`;
    open = true;
  }
  return path;
}

function nearestTo(at: ArrayLike<number>, count: number, wanted: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) if (Math.abs(at[index]! - wanted) < Math.abs(at[best]! - wanted)) best = index;
  return best;
}
