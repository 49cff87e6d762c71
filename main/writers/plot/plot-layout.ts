import { frameAspect } from '../../../shared/draw/frame-aspect.ts';
import { fixedText } from '../../../shared/draw/number-text.ts';
import { ticksBetween } from '../../../shared/draw/ticks.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import { positionAt } from '../../../shared/model/scale.ts';
import type { PlotOptions, Span } from './plot-options.ts';

/** Where the axes of a plot lie on the paper, and what they mean. */
export interface PlotLayout {
  readonly width: number;
  readonly height: number;
  /** The picture. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly axes: { readonly x: PlotAxis; readonly y: PlotAxis };
}

export interface PlotAxis {
  readonly label: string;
  /** Shown part in sample indices; row 0 is on top, column 0 at the left. */
  readonly range: Span;
  readonly ticks: readonly { readonly index: number; readonly text: string }[];
}

export const WIDTH = 640;
/** What the colour bar takes at the right. */
export const BAR_ROOM = 106;
const LEFT = 70;
const TOP = 18;
const BOTTOM = 52;
export const TITLE_HEIGHT = 24;
/** Of a picture. */
export const LARGEST_HEIGHT = 620;
/** Very flat pictures still have room for their axes. */
const SMALLEST_BOX = 40;
const TICK_SPACING = { x: 80, y: 50 };

export function layoutPlot(frame: FrameInfo, plot: PlotOptions): PlotLayout {
  const [x, y] = [axisMap(frame, 'x', plot), axisMap(frame, 'y', plot)];
  const aspect = plot.style === 'lvpyio' ? 1 : frameAspect(frame);
  const { size, ...paper } = pictureSize(lengthOf(x.range), lengthOf(y.range) * aspect, plot.title);
  return { ...paper, axes: { x: plotAxis(x, plot, size.width / TICK_SPACING.x), y: plotAxis(y, plot, size.height / TICK_SPACING.y) } };
}

/** A plane whose ranges are positions; the first of `y` on top. */
export function planeLayout(
  x: Pick<PlotAxis, 'label' | 'range'>,
  y: Pick<PlotAxis, 'label' | 'range'>,
  { ticks, title }: Pick<PlotOptions, 'ticks' | 'title'>,
): PlotLayout {
  const { size, ...paper } = pictureSize(lengthOf(x.range), -lengthOf(y.range), title);
  const scale = Math.min(size.width / lengthOf(x.range), size.height / -lengthOf(y.range));
  // A picture that is higher or wider than its plane shows what is around it, too.
  const shown = ([from, to]: Span, pixels: number): Span => {
    const half = ((pixels / scale) * Math.sign(to - from)) / 2;
    return [(from + to) / 2 - half, (from + to) / 2 + half];
  };
  const axis = ({ label, range }: typeof x, pixels: number, spacing: number): PlotAxis =>
    plotAxis({ label, range: shown(range, pixels), slope: 1, offset: 0 }, { style: 'streakline', ticks }, pixels / spacing);
  return { ...paper, axes: { x: axis(x, size.width, TICK_SPACING.x), y: axis(y, size.height, TICK_SPACING.y) } };
}

/** The largest picture of these sides that fits on the paper. */
function pictureSize(columns: number, rows: number, title: string | undefined) {
  const scale = Math.min((WIDTH - LEFT - BAR_ROOM) / columns, LARGEST_HEIGHT / rows);
  const size = { width: Math.max(SMALLEST_BOX, Math.round(columns * scale)), height: Math.max(SMALLEST_BOX, Math.round(rows * scale)) };
  const top = TOP + (title === undefined ? 0 : TITLE_HEIGHT);
  return { size, width: WIDTH, height: top + size.height + BOTTOM, box: { x: LEFT, y: top, ...size } };
}

function lengthOf([from, to]: Span): number {
  return to - from;
}

/** Position of sample index i: slope * i + offset. */
interface AxisMap {
  readonly label: string;
  readonly slope: number;
  readonly offset: number;
  readonly range: Span;
}

/** In the style of lvpyio the position of a sample is that of its first edge. */
function axisMap(frame: FrameInfo, axis: 'x' | 'y', { style, xlim, ylim }: PlotOptions): AxisMap {
  const at = axis === 'x' ? 0 : 1;
  const size = axis === 'x' ? frame.shape[1] : frame.shape[0];
  const scale = frame.scales[axis];
  const slope = scale.slope * frame.grid[at] || 1;
  const offset = positionAt(scale, frame.grid[at], style === 'lvpyio' ? 0.5 : 0);
  const unit = scale.unit === '' ? '' : `[${scale.unit}]`;
  const name = style === 'lvpyio' ? scale.description : scale.description || axis;
  const range = shownRange({ slope, offset }, size, axis === 'x' ? xlim : ylim, `${axis}lim`);
  return { label: [name, unit].filter(Boolean).join(' '), slope, offset, range };
}

/** Whole frame, or the asked part of it. */
function shownRange({ slope, offset }: Pick<AxisMap, 'slope' | 'offset'>, size: number, asked: Span | undefined, field: string): Span {
  const whole: Span = [-0.5, size - 0.5];
  if (!asked) return whole;
  const indices = asked.map((position) => (position - offset) / slope).sort((a, b) => a - b) as [number, number];
  const range: Span = [Math.max(whole[0], indices[0]), Math.min(whole[1], indices[1])];
  if (range[1] - range[0] > 1e-9) return range;
  const ends = whole.map((index) => fixedText(slope * index + offset, 3)).join(' to ');
  throw new DataError('out-of-range', `--${field} ${asked.join(':')} shows nothing of the frame, which reaches from ${ends}.`, { field });
}

function plotAxis(
  { label, slope, offset, range }: AxisMap,
  { style, ticks }: Pick<PlotOptions, 'style' | 'ticks'>,
  room: number,
): PlotAxis {
  const positions = range.map((index) => slope * index + offset) as [number, number];
  if (style === 'lvpyio' && ticks === undefined)
    return { label, range, ticks: range.map((index, end) => ({ index, text: (positions[end] as number).toFixed(2) })) };
  const { values, decimals } = ticksBetween(positions[0], positions[1], ticks ?? Math.min(12, Math.max(2, room)));
  return { label, range, ticks: values.map((value) => ({ index: (value - offset) / slope, text: fixedText(value, decimals) })) };
}
