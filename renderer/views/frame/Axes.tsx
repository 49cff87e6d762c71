import { memo } from 'react';
import { axisScale, placeTicks } from './axis-scale.ts';
import styles from './Axes.module.css';
import type { ViewLook } from './view-look.ts';

const TICK = 5;
/** Beyond this many characters the y labels reach the axis title, which then moves out. */
const LABEL_CHARACTER = 6.3;

/** Frame, ticks and names of the axes around the picture; `x`, `y` = the picture area in the view. Ticks point outwards. */
export const Axes = memo(function Axes({ look, x, y, how }: { look: ViewLook; x: number; y: number; how: 'physical' | 'index' }) {
  const { rect, viewport, frame, cut } = look;
  const [scaleX, scaleY] = [axisScale(frame, 'x', how, cut), axisScale(frame, 'y', how, cut)];
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  // The picture fills the pixels whose centres lie in the frame; the line runs just outside of them.
  const [left, top] = [firstPixel(rect.x), firstPixel(rect.y)];
  const [width, height] = [firstPixel(right) - left, firstPixel(bottom) - top];
  const columns = placeTicks(scaleX, viewport, 'x', rect.x, right, 62);
  const rows = placeTicks(scaleY, viewport, 'y', rect.y, bottom, bottom - rect.y < 200 ? 30 : 40);
  const widest = Math.max(1, ...rows.map(({ text }) => text.length)) * LABEL_CHARACTER;
  const nameX = Math.max(-(x - 14), rect.x - 8 - widest - 12);
  return (
    <svg className={styles.axes} aria-hidden="true">
      <g transform={`translate(${x} ${y})`}>
        <rect className={styles.line} x={left - 0.5} y={top - 0.5} width={width + 1} height={height + 1} />
        {columns.map(({ pixel, text }) => (
          <g key={text}>
            <path className={styles.line} d={`M${sharp(pixel)} ${top + height}v${TICK}`} />
            <text className={styles.tick} x={pixel} y={bottom + 17} textAnchor="middle">
              {text}
            </text>
          </g>
        ))}
        {rows.map(({ pixel, text }) => (
          <g key={text}>
            <path className={styles.line} d={`M${left} ${sharp(pixel)}h${-TICK}`} />
            <text className={styles.tick} x={rect.x - 8} y={pixel + 3.5} textAnchor="end">
              {text}
            </text>
          </g>
        ))}
        <text className={styles.name} x={rect.x + rect.width / 2} y={bottom + 34} textAnchor="middle">
          {scaleX.label}
        </text>
        <text className={styles.name} transform={`translate(${nameX} ${rect.y + rect.height / 2}) rotate(-90)`} textAnchor="middle">
          {scaleY.label}
        </text>
      </g>
    </svg>
  );
});

/** The first pixel whose centre is not before an edge. */
function firstPixel(edge: number): number {
  return Math.ceil(edge - 0.5);
}

/** The middle of a device-independent pixel, where a 1 px line is sharp. */
function sharp(pixel: number): number {
  return Math.round(pixel) + 0.5;
}
