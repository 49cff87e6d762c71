import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Levels } from '../../draw-worker/levels.ts';
import type { ColorSettings } from '../../stores/display-settings.ts';
import { useViews, type BarStatistics } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { Icon } from '../../widgets/Icon.tsx';
import { barScale, barTicks, type BarRange, type BarScale } from './bar-scale.ts';
import { BarPicture } from './BarPicture.tsx';
import styles from './ColorBar.module.css';
import { LimitChip } from './LimitChip.tsx';
import { spanText, steppedText } from '../../../shared/draw/number-text.ts';
import type { ColorCommands } from './color-commands.ts';
import { layerColors, type Layer } from './view-commands.ts';
import { useLevels } from './view-look.ts';
import type { Rect } from './viewport.ts';

interface Look {
  readonly block: Rect;
  readonly title: string;
  readonly unit: string;
  readonly colors: ColorSettings;
  readonly histogram: boolean;
}

/** Levels in effect, what lies behind them, and what can be done to them. */
interface Settled extends Look {
  readonly levels: Levels;
  readonly bar: BarStatistics | undefined;
  readonly commands: ColorCommands;
}

const HEAD = 30;
const FOOT = 14;
const BAR_WIDTH = 14;
const HISTOGRAM_WIDTH = 34;
const MOST_TICKS = 8;

/** The colour bar of a layer of a frame. */
export function ColorBar({ viewId, layer, ...look }: Look & { readonly viewId: string; readonly layer: Layer }) {
  const levels = useLevels(viewId, layer);
  const bar = useViews((state) => state.views[viewId]?.[layer === 'background' ? 'backgroundBar' : 'arrowBar']);
  return levels && <LevelBar {...look} levels={levels} bar={bar} commands={layerColors(viewId, layer)} />;
}

/** Colour bar with histogram: limits are dragged, typed or stepped by keys; a double click resets them. */
export function LevelBar({ block, title, unit, colors, levels, bar, histogram, commands }: Settled) {
  const height = Math.max(40, block.height - HEAD - FOOT);
  const [dragged, setDragged] = useState<BarRange | undefined>(undefined);
  const range: BarRange = dragged ?? {
    ...levels, transfer: colors.transfer, gamma: colors.gamma,
    under: bar !== undefined && bar.statistics.min < levels.low, over: bar !== undefined && bar.statistics.max > levels.high,
  };
  const scale = useMemo(() => barScale({ low: range.low, high: range.high, transfer: range.transfer, gamma: range.gamma, under: range.under, over: range.over }),
    [range.low, range.high, range.transfer, range.gamma, range.under, range.over]);
  const onLevels = commands.setLevels;
  const span = levels.high - levels.low;
  const locked = colors.levels.mode === 'locked';
  const yOf = (value: number): number => (1 - Math.min(1, Math.max(0, scale.heightOf(value)))) * height;
  return (
    <div className={styles.block} style={{ left: block.x, top: block.y, width: block.width, height: block.height }} role="group" aria-label={unit ? `${title}, ${unit}` : title}>
      <div className={styles.head}>
        <span className={styles.title} title={title}>{title}</span>
        <span className={styles.unit}>{unit}</span>
      </div>
      <div className={styles.body} style={{ top: HEAD, height }} onDoubleClick={commands.reset} title={frameText.bar.reset}>
        <BarPicture width={BAR_WIDTH} height={height} histogramWidth={histogram ? HISTOGRAM_WIDTH : 0} colors={colors} levels={levels} scale={scale} bar={bar} />
        <Ticks range={range} scale={scale} levels={levels} height={height} left={BAR_WIDTH + (histogram ? HISTOGRAM_WIDTH : 0)} />
        {(['low', 'high'] as const).map((end) => (
          <Handle
            key={end} end={end} title={title} levels={levels} scale={scale} height={height} y={yOf(levels[end])} width={BAR_WIDTH + (histogram ? HISTOGRAM_WIDTH : 0)}
            onStart={() => setDragged(range)} onEnd={() => setDragged(undefined)} onLevels={onLevels}
          />
        ))}
        {(['low', 'high'] as const).map((end) => (
          <LimitChip
            key={end} label={frameText.bar[end](title)} text={spanText(levels[end], span)} top={yOf(levels[end]) + (end === 'high' ? -18 : 3)}
            onValue={(value) => (end === 'low' ? onLevels(value, Math.max(value, levels.high)) : onLevels(Math.min(value, levels.low), value))}
          />
        ))}
      </div>
      <button
        type="button" className={styles.lock} style={{ top: HEAD + height + 2 }} data-locked={locked || undefined} aria-pressed={locked} onClick={() => commands.setMode(locked ? 'per-buffer' : 'locked')}
        aria-label={frameText.bar.locked(title)} title={locked ? frameText.bar.locked(title) : frameText.bar.perBuffer(title)}
      >
        <Icon name={locked ? 'lock' : 'unlock'} size={12} />
      </button>
    </div>
  );
}

function Ticks({ range, scale, levels, height, left }: { range: BarRange; scale: BarScale; levels: Levels; height: number; left: number }) {
  const { values, step } = barTicks({ ...range, ...levels }, Math.min(MOST_TICKS, height / 36));
  const taken = [levels.low, levels.high].map((value) => scale.heightOf(value) * height);
  const free = values.filter((value) => taken.every((at, end) => (end === 0 ? 1 : -1) * (scale.heightOf(value) * height - at) > 22));
  return (
    <svg className={styles.ticks} style={{ left }} height={height} width={52} aria-hidden="true">
      {free.map((value) => <text key={value} className={styles.tick} x={94 - left} y={(1 - scale.heightOf(value)) * height + 3.5} textAnchor="end">{steppedText(value, step)}</text>)}
    </svg>
  );
}

interface HandleProps {
  readonly end: 'low' | 'high';
  readonly title: string;
  readonly levels: Levels;
  readonly scale: BarScale;
  readonly height: number;
  readonly y: number;
  readonly width: number;
  onStart(): void;
  onEnd(): void;
  onLevels(low: number, high: number): void;
}

/** A limit on the bar. While it is dragged the scale stands still, so that the handle stays under the pointer. */
function Handle({ end, title, levels, scale, height, y, width, onStart, onEnd, onLevels }: HandleProps) {
  const grip = useRef<{ readonly scale: BarScale; readonly top: number } | undefined>(undefined);
  const set = (value: number): void => (end === 'low' ? onLevels(Math.min(value, levels.high), levels.high) : onLevels(levels.low, Math.max(value, levels.low)));
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { scale, top: event.clientY - y };
    onStart();
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (grip.current) set(grip.current.scale.valueAt(1 - (event.clientY - grip.current.top) / height));
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
  return (
    <div
      className={styles.handle} style={{ top: y - 12, width: width + 16 }} role="slider" tabIndex={0} aria-orientation="vertical" aria-label={frameText.bar[end](title)}
      aria-valuenow={levels[end]} aria-valuetext={spanText(levels[end], levels.high - levels.low)}
      onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onKeyDown={key}
    >
      <svg width={width + 16} height={24} aria-hidden="true"><path className={styles.grip} d="M0 7l8 5l-8 5z" /><path className={styles.rule} d={`M7 12.5h${width + 7}`} /></svg>
    </div>
  );
}
