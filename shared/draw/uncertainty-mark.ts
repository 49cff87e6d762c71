import { drawLine } from './line.ts';
import type { Raster, Rgba } from './scene.ts';

const SEGMENTS = 24;
const TURNS = Array.from(
  { length: SEGMENTS + 1 },
  (_, i) => [Math.cos((2 * Math.PI * i) / SEGMENTS), Math.sin((2 * Math.PI * i) / SEGMENTS)] as const,
);
const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
  [-1, -1],
] as const;

/** Marks smaller than this half size are hidden by the arrow's head and left out; larger ones than the second would cover the picture. */
const SMALLEST_HALF_PIXELS = 1.5;
const LARGEST_HALF_PIXELS = 400;

/** Seen on any map and arrow: a light line in a dark halo. */
const LINE: Rgba = 0xffffffff;
const HALO: Rgba = 0xff101010;
const HALO_WIDTHS = 2.6;

/** Outline of an ellipse or box of the given half sizes around a point, in pixels; false where it is too small or too large to be drawn. */
export function drawUncertainty(
  raster: Raster,
  x: number,
  y: number,
  halfX: number,
  halfY: number,
  shape: 'ellipse' | 'box',
  lineWidth: number,
): boolean {
  const size = Math.max(halfX, halfY);
  if (!(size >= SMALLEST_HALF_PIXELS && size <= LARGEST_HALF_PIXELS)) return false;
  const outline = shape === 'box' ? CORNERS : TURNS;
  drawOutline(raster, x, y, halfX, halfY, outline, lineWidth * HALO_WIDTHS, HALO);
  drawOutline(raster, x, y, halfX, halfY, outline, lineWidth, LINE);
  return true;
}

type Outline = readonly (readonly [number, number])[];

function drawOutline(
  raster: Raster,
  x: number,
  y: number,
  halfX: number,
  halfY: number,
  outline: Outline,
  lineWidth: number,
  color: Rgba,
): void {
  for (let i = 1; i < outline.length; i++) {
    const [from, to] = [outline[i - 1]!, outline[i]!];
    drawLine(raster, x + from[0] * halfX, y + from[1] * halfY, x + to[0] * halfX, y + to[1] * halfY, lineWidth, color);
  }
}
