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

/** From the top: title, histogram, colours, numbers. */
const HISTOGRAM_HEIGHT = 18;
const BAR_TOP = 38;
const BAR_HEIGHT = 12;
const CHIP_WIDTH = 54;
const TICK_PIXELS = 60;

/** A colour bar that lies below the picture, where there is no room beside it. */
export function FlatBar({ block, title, unit, colors, levels, bar, histogram, commands }: SettledBar) {
  const { range, scale, hold, release } = useBarRange(levels, colors, bar);
  const { width } = block;
  const xOf = (value: number): number => Math.min(1, Math.max(0, scale.heightOf(value))) * width;
  const chipLeft = (value: number): number => Math.min(width - CHIP_WIDTH, Math.max(0, xOf(value) - CHIP_WIDTH / 2));
  const across = BAR_HEIGHT + (histogram ? HISTOGRAM_HEIGHT : 0);
  return (
    <div
      className={styles.block}
      style={{ left: block.x, top: block.y, width, height: block.height }}
      role="group"
      aria-label={unit ? `${title}, ${unit}` : title}
    >
      <div className={styles.flatHead}>
        <span className={styles.flatTitle} title={title}>
          {title}
        </span>
        <span className={styles.unit}>{unit}</span>
        <LevelLock title={title} colors={colors} commands={commands} className={styles.flatLock} />
      </div>
      <div
        className={styles.flatBody}
        style={{ top: BAR_TOP, height: BAR_HEIGHT }}
        onDoubleClick={commands.reset}
        title={frameText.bar.reset}
      >
        <BarPicture
          flat
          width={width}
          height={BAR_HEIGHT}
          histogramWidth={histogram ? HISTOGRAM_HEIGHT : 0}
          colors={colors}
          levels={levels}
          scale={scale}
          bar={bar}
        />
        <Ticks
          range={range}
          scale={scale}
          low={levels.low}
          high={levels.high}
          width={width}
          taken={[chipLeft(levels.low), chipLeft(levels.high)]}
        />
        <div className={styles.flatHandles} style={{ top: BAR_HEIGHT - across }}>
          {(['low', 'high'] as const).map((end) => (
            <LimitHandle
              key={end}
              flat
              end={end}
              title={title}
              levels={levels}
              scale={scale}
              length={width}
              at={xOf(levels[end])}
              across={across}
              onStart={hold}
              onEnd={release}
              onLevels={commands.setLevels}
            />
          ))}
        </div>
        {(['low', 'high'] as const).map((end) => (
          <LimitChip
            key={end}
            end={end}
            title={title}
            levels={levels}
            top={BAR_HEIGHT + 8}
            left={chipLeft(levels[end])}
            onLevels={commands.setLevels}
          />
        ))}
      </div>
    </div>
  );
}

function Ticks({
  range,
  scale,
  low,
  high,
  width,
  taken,
}: {
  range: BarRange;
  scale: BarScale;
  low: number;
  high: number;
  width: number;
  taken: readonly number[];
}) {
  const { values, step } = barTicks({ ...range, low, high }, Math.max(2, width / TICK_PIXELS));
  const places = values
    .map((value) => ({ x: scale.heightOf(value) * width, text: steppedText(value, step) }))
    .filter(({ x, text }) => taken.every((left) => x + text.length * 3.4 < left - 2 || x - text.length * 3.4 > left + CHIP_WIDTH + 2));
  return (
    <svg className={styles.ticks} width={width} height={BAR_HEIGHT + 26} aria-hidden="true">
      {places.map(({ x, text }) => (
        <text key={text} className={styles.tick} x={x} y={BAR_HEIGHT + 20} textAnchor="middle">
          {text}
        </text>
      ))}
    </svg>
  );
}
