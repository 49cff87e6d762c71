import { drawArrow, drawCross, drawDiamond, drawThinArrow } from './arrow.ts';
import { drawUncertainty } from './uncertainty-mark.ts';
import { colorOf, prepareScale } from './color-scale.ts';
import type { PreparedScale } from './color-scale.ts';
import type { ArrowCounts, ArrowLayer, Raster, SampledField, UncertaintyMarks, Viewport } from './scene.ts';

/** Above this many arrows they are drawn thin, which is several times faster; on a usual screen they are too close for smooth edges then. */
const MOST_SMOOTH_ARROWS = 40_000;

/** Arrows of samples that lie this far outside of the raster are drawn, as they may reach into it. */
const REACH_PIXELS = 120;

/** Uncertainties are marked where arrows are at least so far apart, in thinner lines. */
const SMALLEST_MARKED_SPACING = 10;
const MARK_LINE = 0.8;

/** State of a sample without a vector: its choice is none. */
const OUTSIDE = 3;

/** Half of a cross by the distance of arrows, and at most this many line widths. */
const CROSS_PER_SPACING = 0.3;
const CROSS_LINE_WIDTHS = 2.4;

type Counts = { -readonly [Key in keyof ArrowCounts]: ArrowCounts[Key] };

interface Brush {
  readonly raster: Raster;
  readonly viewport: Viewport;
  readonly layer: ArrowLayer;
  readonly scale: PreparedScale | undefined;
  readonly thin: boolean;
  readonly crossHalf: number;
  /** Pixels between arrows. */
  readonly spacing: number;
  /** Longer arrows end outside of the raster wherever they begin, so they may be cut there. */
  readonly longest: number;
  readonly columns: Samples;
}

/** Samples that get an arrow on one axis: first, first + stride, ... below end. */
interface Samples {
  readonly first: number;
  readonly stride: number;
  readonly end: number;
}

/**
 * Draws the vectors of every n-th sample. Masked and blank ones are not drawn, disabled ones are crosses, those outside of the choices diamonds;
 * vectors that are not finite are left out, as are filtered ones. Counts are of samples inside of the raster.
 */
export function drawArrows(raster: Raster, viewport: Viewport, layer: ArrowLayer): ArrowCounts {
  const { u } = layer;
  const columns = pickSamples(u.x, u.step, u.width, layer.everyX, viewport.scaleX, viewport.offsetX, raster.width);
  const rows = pickSamples(u.y, u.step, u.height, layer.everyY, viewport.scaleY, viewport.offsetY, raster.height);
  const amount = countOf(columns) * countOf(rows);
  const spacing = u.step * Math.min(Math.abs(viewport.scaleX) * columns.stride, Math.abs(viewport.scaleY) * rows.stride);
  const brush: Brush = {
    raster,
    viewport,
    layer,
    columns,
    spacing,
    scale: layer.colorBy && prepareScale(layer.colors),
    thin: amount > MOST_SMOOTH_ARROWS,
    crossHalf: Math.min(CROSS_LINE_WIDTHS * layer.lineWidth, CROSS_PER_SPACING * spacing),
    longest: 4 * (raster.width + raster.height) + 8 * REACH_PIXELS,
  };
  const counts: Counts = { shown: 0, disabled: 0, masked: 0, ...(layer.uncertainty ? { marked: 0 } : {}) };
  for (let row = rows.first; row < rows.end; row += rows.stride) drawRow(brush, row, counts);
  return counts;
}

/** Samples at or next after multiples of `every` (indices of the frame) that are on the raster or can reach into it. */
function pickSamples(start: number, step: number, samples: number, every: number, scale: number, offset: number, pixels: number): Samples {
  const stride = Math.max(1, Math.round(every / step));
  const phase = Math.ceil(start / (stride * step)) * stride * step - start;
  const first = Math.ceil(phase / step);
  const ends = [(-REACH_PIXELS - offset) / scale, (pixels + REACH_PIXELS - offset) / scale].map((index) => (index - start) / step);
  const low = Math.max(0, Math.min(...ends));
  const high = Math.min(samples, Math.max(...ends) + 1);
  return { first: first + Math.max(0, Math.ceil((low - first) / stride)) * stride, stride, end: Number.isFinite(high) ? high : 0 };
}

function countOf({ first, stride, end }: Samples): number {
  return Math.max(0, Math.ceil((end - first) / stride));
}

function drawRow(brush: Brush, row: number, counts: Counts): void {
  const { raster, viewport, layer, columns } = brush;
  const { u, v, state } = layer;
  const y = (u.y + row * u.step) * viewport.scaleY + viewport.offsetY;
  const inRows = y >= 0 && y < raster.height ? 1 : 0;
  const perU = layer.pixelsPerUnit * layer.signX;
  const perV = layer.pixelsPerUnit * layer.signY;
  for (let column = columns.first; column < columns.end; column += columns.stride) {
    const sample = row * u.width + column;
    const x = (u.x + column * u.step) * viewport.scaleX + viewport.offsetX;
    const inside = x >= 0 && x < raster.width ? inRows : 0;
    const kind = state === undefined ? 0 : state.data[sample]!;
    if (kind === 0) {
      const dx = (u.slope * u.data[sample]! + u.offset) * perU;
      const dy = (v.slope * v.data[sample]! + v.offset) * perV;
      if (drawVector(brush, sample, x, y, dx, dy, counts)) counts.shown += inside;
    } else if (kind === 1) counts.masked += inside;
    else if (kind < 4) {
      counts.disabled += inside;
      if (layer.showDisabled)
        (kind === OUTSIDE ? drawDiamond : drawCross)(raster, x, y, brush.crossHalf, layer.lineWidth, layer.disabledColor);
    }
  }
}

/** False where the vector is not finite. */
function drawVector(
  { raster, layer, scale, thin, longest, spacing }: Brush,
  sample: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
  counts: Counts,
): boolean {
  const size = Math.max(Math.abs(dx), Math.abs(dy));
  if (!(size < Number.POSITIVE_INFINITY)) return false;
  const { anchor, colorBy } = layer;
  const color = scale && colorBy ? colorOf(scale, valueAt(colorBy, sample)) : layer.color;
  const cut = size > longest ? longest / size : 1;
  const before = anchor === 'tail' ? 0 : anchor === 'middle' ? 0.5 : 1;
  const tailX = x - dx * cut * before;
  const tailY = y - dy * cut * before;
  if (thin) drawThinArrow(raster, tailX, tailY, dx * cut, dy * cut, color);
  else drawArrow(raster, tailX, tailY, dx * cut, dy * cut, layer.lineWidth, color);
  if (
    layer.uncertainty &&
    spacing >= SMALLEST_MARKED_SPACING &&
    cut === 1 &&
    markTip(raster, layer, layer.uncertainty, sample, tailX + dx, tailY + dy)
  ) {
    counts.marked = (counts.marked ?? 0) + 1;
  }
  return true;
}

function markTip(
  raster: Raster,
  layer: ArrowLayer,
  { u, v, shape, factor }: UncertaintyMarks,
  sample: number,
  x: number,
  y: number,
): boolean {
  const halfX = Math.abs(valueAt(u, sample)) * layer.pixelsPerUnit * factor;
  const halfY = Math.abs(valueAt(v, sample)) * layer.pixelsPerUnit * factor;
  return drawUncertainty(raster, x, y, halfX, halfY, shape, layer.lineWidth * MARK_LINE);
}

function valueAt({ data, slope, offset }: SampledField, sample: number): number {
  return slope * data[sample]! + offset;
}
