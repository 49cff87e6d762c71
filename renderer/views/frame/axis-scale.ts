import { axesOf, type Cut } from '../../../shared/model/cut.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { Viewport } from '../../../shared/draw/scene.ts';
import { positionAt } from '../../../shared/model/scale.ts';
import { frameText } from '../../strings/frame-text.ts';
import { fixedText, unitText } from '../../../shared/draw/number-text.ts';
import { ticksBetween } from '../../../shared/draw/ticks.ts';

/** One axis of the picture: what a sample index means and what is written at it. */
export interface AxisScale {
  readonly label: string;
  readonly unit: string;
  /** Positions are numbers of samples. */
  readonly counts: boolean;
  /** Position of sample index i: slope * i + offset. */
  readonly slope: number;
  readonly offset: number;
}

export interface PlacedTick {
  readonly pixel: number;
  readonly text: string;
}

/** The horizontal (x) or vertical (y) axis of a frame, in physical units or in sample indices; a cut has other axes there. */
export function axisScale(frame: FrameInfo, axis: 'x' | 'y', how: 'physical' | 'index', cut?: Cut): AxisScale {
  const name = axesOf(cut)[axis === 'x' ? 0 : 1];
  if (how === 'index') return { label: frameText.axes.index[name], unit: '', counts: true, slope: 1, offset: 0 };
  const scale = frame.scales[axis];
  const grid = frame.grid[axis === 'x' ? 0 : 1];
  const unit = unitText(scale.unit);
  const slope = scale.slope * grid || 1;
  return {
    label: unit === '' ? name : frameText.axes.in(name, unit),
    unit,
    counts: scale.unit === 'pixel' && Number.isInteger(slope),
    slope,
    offset: positionAt(scale, grid, 0),
  };
}

/** Ticks that are nearer to each other would write over each other, in CSS pixels. */
const LEAST_APART = 14;

/** Ticks inside [from, to] (CSS pixels of the picture area), about one in `spacing` pixels. */
export function placeTicks(
  scale: AxisScale,
  viewport: Viewport,
  axis: 'x' | 'y',
  from: number,
  to: number,
  spacing: number,
): readonly PlacedTick[] {
  const [perIndex, origin] = axis === 'x' ? [viewport.scaleX, viewport.offsetX] : [viewport.scaleY, viewport.offsetY];
  const positionOf = (pixel: number): number => ((pixel - origin) / perIndex) * scale.slope + scale.offset;
  const most = Math.min(12, Math.max(2, (to - from) / spacing));
  const ticks = ticksBetween(positionOf(from), positionOf(to), most);
  // There is nothing between two samples that are counted.
  const whole = scale.counts ? ticks.values.filter(Number.isInteger) : [];
  const [values, decimals] = whole.length > 0 ? [whole, 0] : [ticks.values, ticks.decimals];
  const placed = values
    .map((value) => ({ pixel: ((value - scale.offset) / scale.slope) * perIndex + origin, text: fixedText(value, decimals) }))
    .filter(({ pixel }) => pixel >= from - 0.5 && pixel <= to + 0.5);
  // A frame that is hardly wider than a label has one tick.
  return placed.length > 1 && Math.abs(placed[1]!.pixel - placed[0]!.pixel) < LEAST_APART ? placed.slice(0, 1) : placed;
}
