import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { colorTable } from '../../../shared/colors/color-table.ts';
import { scaleStart } from '../../../shared/draw/color-scale.ts';
import type { Levels } from '../../draw-worker/levels.ts';
import type { ColorSettings } from '../../stores/display-settings.ts';
import type { BarStatistics } from '../../stores/view-store.ts';
import { parseColor } from '../../draw-worker/theme-colors.ts';
import { histogramLines, type BarScale } from './bar-scale.ts';
import styles from './BarPicture.module.css';

interface Props {
  /** Of the colours; the histogram stands beside an upright bar and above a flat one. */
  readonly width: number;
  readonly height: number;
  /** Largest length of the lines of the histogram; 0 = none. */
  readonly histogramWidth: number;
  /** From left to right in place of upwards. */
  readonly flat?: boolean;
  readonly colors: ColorSettings;
  readonly levels: Levels;
  readonly scale: BarScale;
  readonly bar: BarStatistics | undefined;
}

/** The colours of a bar from bottom to top or from left to right, with the blocks for samples outside of the limits, and the histogram beside it. */
export const BarPicture = memo(function BarPicture({ width, height, histogramWidth, flat = false, colors, levels, scale, bar }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const steps = Math.max(1, Math.floor(flat ? width : height));
  const { heightOf } = scale;
  // A logarithmic scale has no place for limits that are not positive.
  const [from, to] = [heightOf(scaleStart({ ...levels, transfer: colors.transfer })), heightOf(levels.high)];
  useLayoutEffect(() => paintBar(canvas.current, steps, flat, from, to, colors), [steps, flat, from, to, colors]);
  return (
    <>
      <canvas
        ref={canvas}
        className={styles.bar}
        style={{ width, height }}
        width={flat ? steps : 1}
        height={flat ? 1 : steps}
        aria-hidden="true"
      />
      {histogramWidth > 0 && bar && (
        <Histogram left={width + 3} width={histogramWidth} length={flat ? width : height} flat={flat} scale={scale} bar={bar} />
      )}
    </>
  );
});

function Histogram({
  left,
  width,
  length,
  flat,
  scale,
  bar,
}: {
  left: number;
  width: number;
  length: number;
  flat: boolean;
  scale: BarScale;
  bar: BarStatistics;
}) {
  const {
    histogram,
    statistics: { min, max },
  } = bar;
  const lines = useMemo(
    () => histogramLines(scale, histogram, min, max, Math.max(1, Math.floor(length / 2))),
    [scale, histogram, min, max, length],
  );
  const size = (line: number): string => Math.max(0.6, line * width).toFixed(1);
  const d = lines
    .map((line, at) => (line > 0 ? (flat ? `M${2 * at + 1} ${width}v-${size(line)}` : `M0 ${length - 2 * at - 1}h${size(line)}`) : ''))
    .join('');
  return flat ? (
    <svg className={styles.histogram} style={{ left: 0, top: -width - 1 }} width={length} height={width} aria-hidden="true">
      <path d={d} />
    </svg>
  ) : (
    <svg className={styles.histogram} style={{ left }} width={width} height={length} aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

/** Between the limits the map is spread evenly, since the scale of the bar bends with the transfer. */
function paintBar(
  canvas: HTMLCanvasElement | null,
  steps: number,
  flat: boolean,
  from: number,
  to: number,
  { map, reversed, markClipped }: ColorSettings,
): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const image = flat ? new ImageData(steps, 1) : new ImageData(1, steps);
  const pixels = new Uint32Array(image.data.buffer);
  const table = colorTable(map, reversed);
  const clipped = markClipped ? clippedColors(canvas) : undefined;
  for (let step = 0; step < steps; step++) {
    const part = ((flat ? step + 0.5 : steps - step - 0.5) / steps - from) / (to - from || 1);
    const outside = part < 0 ? clipped?.under : part > 1 ? clipped?.over : undefined;
    pixels[step] = outside ?? table[Math.min(255, Math.max(0, Math.floor(part * 256)))] ?? 0;
  }
  context.putImageData(image, 0, 0);
}

function clippedColors(element: HTMLElement): { under: number; over: number } {
  const style = getComputedStyle(element);
  return {
    under: parseColor(style.getPropertyValue('--data-under').trim()),
    over: parseColor(style.getPropertyValue('--data-over').trim()),
  };
}
