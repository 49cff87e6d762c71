import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { colorTable } from '../../../shared/colors/color-table.ts';
import type { Levels } from '../../draw-worker/levels.ts';
import type { ColorSettings } from '../../stores/display-settings.ts';
import type { BarStatistics } from '../../stores/view-store.ts';
import { parseColor } from '../../draw-worker/theme-colors.ts';
import { histogramLines, type BarScale } from './bar-scale.ts';
import styles from './BarPicture.module.css';

interface Props {
  readonly width: number;
  readonly height: number;
  /** 0 = no histogram. */
  readonly histogramWidth: number;
  readonly colors: ColorSettings;
  readonly levels: Levels;
  readonly scale: BarScale;
  readonly bar: BarStatistics | undefined;
}

/** The colours of a bar from bottom to top, with the blocks for samples outside of the limits, and the histogram beside it. */
export const BarPicture = memo(function BarPicture({ width, height, histogramWidth, colors, levels, scale, bar }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = Math.max(1, Math.floor(height));
  const { heightOf } = scale;
  const [from, to] = [heightOf(levels.low), heightOf(levels.high)];
  useLayoutEffect(() => paintBar(canvas.current, rows, from, to, colors), [rows, from, to, colors]);
  return (
    <>
      <canvas ref={canvas} className={styles.bar} style={{ width, height }} width={1} height={rows} aria-hidden="true" />
      {histogramWidth > 0 && bar && <Histogram left={width + 3} width={histogramWidth} height={height} scale={scale} bar={bar} />}
    </>
  );
});

function Histogram({ left, width, height, scale, bar }: { left: number; width: number; height: number; scale: BarScale; bar: BarStatistics }) {
  const { histogram, statistics: { min, max } } = bar;
  const lines = useMemo(() => histogramLines(scale, histogram, min, max, Math.max(1, Math.floor(height / 2))), [scale, histogram, min, max, height]);
  const d = lines.map((length, row) => (length > 0 ? `M0 ${height - 2 * row - 1}h${Math.max(0.6, length * width).toFixed(1)}` : '')).join('');
  return <svg className={styles.histogram} style={{ left }} width={width} height={height} aria-hidden="true"><path d={d} /></svg>;
}

/** Between the limits the map is spread evenly, since the scale of the bar bends with the transfer. */
function paintBar(canvas: HTMLCanvasElement | null, rows: number, from: number, to: number, { map, reversed, markClipped }: ColorSettings): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const image = new ImageData(1, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const table = colorTable(map, reversed);
  const clipped = markClipped ? clippedColors(canvas) : undefined;
  for (let row = 0; row < rows; row++) {
    const part = ((rows - row - 0.5) / rows - from) / (to - from || 1);
    const outside = part < 0 ? clipped?.under : part > 1 ? clipped?.over : undefined;
    pixels[row] = outside ?? table[Math.min(255, Math.max(0, Math.floor(part * 256)))] ?? 0;
  }
  context.putImageData(image, 0, 0);
}

function clippedColors(element: HTMLElement): { under: number; over: number } {
  const style = getComputedStyle(element);
  return { under: parseColor(style.getPropertyValue('--data-under').trim()), over: parseColor(style.getPropertyValue('--data-over').trim()) };
}
