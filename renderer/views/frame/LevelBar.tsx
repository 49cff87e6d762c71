import type { Levels } from '../../draw-worker/levels.ts';
import { frameText } from '../../strings/frame-text.ts';
import type { SettledBar } from './bar-look.ts';
import { barTicks, type BarRange, type BarScale } from './bar-scale.ts';
import { BarPicture } from './BarPicture.tsx';
import styles from './ColorBar.module.css';
import { LevelLock } from './LevelLock.tsx';
import { LimitChip } from './LimitChip.tsx';
import { LimitHandle } from './LimitHandle.tsx';
import { steppedText } from '../../../shared/draw/number-text.ts';
import { useBarRange } from './use-bar-range.ts';

const HEAD = 30;
const FOOT = 14;
const BAR_WIDTH = 14;
const HISTOGRAM_WIDTH = 34;
const MOST_TICKS = 8;

/** Colour bar with histogram: limits are dragged, typed or stepped by keys; a double click resets them. */
export function LevelBar({ block, title, unit, colors, levels, bar, histogram, commands }: SettledBar) {
  const height = Math.max(40, block.height - HEAD - FOOT);
  const { range, scale, hold, release } = useBarRange(levels, colors, bar);
  const onLevels = commands.setLevels;
  const yOf = (value: number): number => (1 - Math.min(1, Math.max(0, scale.heightOf(value)))) * height;
  return (
    <div
      className={styles.block}
      style={{ left: block.x, top: block.y, width: block.width, height: block.height }}
      role="group"
      aria-label={unit ? `${title}, ${unit}` : title}
    >
      <div className={styles.head}>
        <span className={styles.title} title={title}>
          {title}
        </span>
        <span className={styles.unit}>{unit}</span>
      </div>
      <div className={styles.body} style={{ top: HEAD, height }} onDoubleClick={commands.reset} title={frameText.bar.reset}>
        <BarPicture
          width={BAR_WIDTH}
          height={height}
          histogramWidth={histogram ? HISTOGRAM_WIDTH : 0}
          colors={colors}
          levels={levels}
          scale={scale}
          bar={bar}
        />
        <Ticks range={range} scale={scale} levels={levels} height={height} left={BAR_WIDTH + (histogram ? HISTOGRAM_WIDTH : 0)} />
        {(['low', 'high'] as const).map((end) => (
          <LimitHandle
            key={end}
            end={end}
            title={title}
            levels={levels}
            scale={scale}
            length={height}
            at={yOf(levels[end])}
            across={BAR_WIDTH + (histogram ? HISTOGRAM_WIDTH : 0)}
            onStart={hold}
            onEnd={release}
            onLevels={onLevels}
          />
        ))}
        {(['low', 'high'] as const).map((end) => (
          <LimitChip
            key={end}
            end={end}
            title={title}
            levels={levels}
            top={yOf(levels[end]) + (end === 'high' ? -18 : 3)}
            onLevels={onLevels}
          />
        ))}
      </div>
      <LevelLock title={title} colors={colors} commands={commands} className={styles.lock} top={HEAD + height + 2} />
    </div>
  );
}

function Ticks({ range, scale, levels, height, left }: { range: BarRange; scale: BarScale; levels: Levels; height: number; left: number }) {
  const { values, step } = barTicks({ ...range, ...levels }, Math.min(MOST_TICKS, height / 36));
  const taken = [levels.low, levels.high].map((value) => scale.heightOf(value) * height);
  const free = values.filter((value) => taken.every((at, end) => (end === 0 ? 1 : -1) * (scale.heightOf(value) * height - at) > 22));
  return (
    <svg className={styles.ticks} style={{ left }} height={height} width={52} aria-hidden="true">
      {free.map((value) => (
        <text key={value} className={styles.tick} x={94 - left} y={(1 - scale.heightOf(value)) * height + 3.5} textAnchor="end">
          {steppedText(value, step)}
        </text>
      ))}
    </svg>
  );
}
