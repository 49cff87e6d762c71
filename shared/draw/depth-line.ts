import { blendPixel } from './blend.ts';
import type { DepthRaster } from './space-layer.ts';

/** The kind of lines that a picture is drawn with. */
export interface Pen {
  /** Pixels; whole ones where not smooth. */
  readonly width: number;
  readonly smooth: boolean;
}

/** From this covered part on a pixel belongs to a line or disc, so that farther ones do not show there. */
export const OWNED = 128;

/** x, y, depth of the first end, then of the second: numbers that are passed one by one to a function that is not inlined cost more than the line. */
export type Ends = Float64Array;

/** Lines of less opacity hide nothing that is farther: both are seen. */
const HIDING_ALPHA = 192;

/**
 * Draws a line in a colour with opacity; pixels that have something nearer are left. What is not finite is left out. Both end pixels are covered in full length, so
 * that chains of short lines have no gaps. `ends` is changed where the line leaves the picture.
 */
export function drawDepthLine(raster: DepthRaster, ends: Ends, color: number, pen: Pen): void {
  const { width, height } = raster;
  const x0 = ends[0]!;
  const y0 = ends[1]!;
  const x1 = ends[3]!;
  const y1 = ends[4]!;
  if (
    !(x0 >= 0 && x1 >= 0 && y0 >= 0 && y1 >= 0 && x0 < width && x1 < width && y0 < height && y1 < height) &&
    !clip(raster, ends, pen.width)
  )
    return;
  if (pen.smooth) sweepSmooth(raster, ends, color, pen.width / 2);
  else sweepPlain(raster, ends, color, pen.width < 1.5 ? 1 : Math.round(pen.width));
}

/** Liang and Barsky: cuts the ends to the picture with a border for the width of the line; false where nothing is left. */
function clip({ width, height }: DepthRaster, ends: Ends, pad: number): boolean {
  const [x0, y0, d0, x1, y1, d1] = ends as unknown as readonly [number, number, number, number, number, number];
  const [dx, dy, rise] = [x1 - x0, y1 - y0, d1 - d0];
  if (!(Math.abs(dx) + Math.abs(dy) < Number.POSITIVE_INFINITY)) return false;
  let from = 0;
  let to = 1;
  for (const [direction, room] of [
    [-dx, x0 + pad],
    [dx, width + pad - x0],
    [-dy, y0 + pad],
    [dy, height + pad - y0],
  ] as const) {
    if (direction === 0 && room < 0) return false;
    if (direction < 0) from = Math.max(from, room / direction);
    if (direction > 0) to = Math.min(to, room / direction);
  }
  if (from > to) return false;
  ends.set([x0 + from * dx, y0 + from * dy, d0 + from * rise, x0 + to * dx, y0 + to * dy, d0 + to * rise]);
  return true;
}

/** Pixel by pixel along the longer direction, `thick` of them side by side in the other one. */
function sweepPlain({ pixels, depth: depths, width, height }: DepthRaster, ends: Ends, color: number, thick: number): void {
  const alpha = color >>> 24;
  const dx = ends[3]! - ends[0]!;
  const dy = ends[4]! - ends[1]!;
  const across = Math.abs(dx) >= Math.abs(dy);
  const steps = (Math.abs(across ? dx : dy) + 0.5) | 0 || 1;
  const stepX = dx / steps;
  const stepY = dy / steps;
  const rise = (ends[5]! - ends[2]!) / steps;
  const first = alpha < 255 ? 1 : 0;
  if (first === 1 && (ends[0]! | 0) === (ends[3]! | 0) && (ends[1]! | 0) === (ends[4]! | 0)) return;
  for (let k = 0; k < thick; k++) {
    let x = ends[0]! + first * stepX + (across ? 0 : k - (thick - 1) / 2);
    let y = ends[1]! + first * stepY + (across ? k - (thick - 1) / 2 : 0);
    let depth = ends[2]! + first * rise;
    for (let step = first; step <= steps; step++, x += stepX, y += stepY, depth += rise) {
      if (!(x >= 0 && y >= 0 && x < width && y < height)) continue;
      const at = (y | 0) * width + (x | 0);
      if (depth < depths[at]!) continue;
      if (alpha >= HIDING_ALPHA) depths[at] = depth;
      if (alpha === 255) pixels[at] = color;
      else blendPixel(pixels, at, color, 256);
    }
  }
}

/** The same with covered parts of the pixels to both sides. */
function sweepSmooth({ pixels, depth: depths, width, height }: DepthRaster, ends: Ends, color: number, half: number): void {
  const owned = color >>> 24 >= HIDING_ALPHA ? OWNED : Number.POSITIVE_INFINITY;
  const across = Math.abs(ends[3]! - ends[0]!) >= Math.abs(ends[4]! - ends[1]!);
  const major = across ? 0 : 1;
  const first = ends[major]! <= ends[3 + major]! ? 0 : 3;
  const begin = ends[first + major]!;
  const end = ends[3 - first + major]!;
  const side = ends[first + 1 - major]!;
  const length = end - begin;
  const slope = length > 0 ? (ends[4 - first - major]! - side) / length : 0;
  const low = ends[first + 2]!;
  const rise = length > 0 ? (ends[5 - first]! - low) / length : 0;
  const reach = half * Math.sqrt(1 + slope * slope);
  const sides = across ? height : width;
  const along = across ? 1 : width;
  const aside = across ? width : 1;
  const translucent = color >>> 24 < 255;
  const last = Math.min(across ? width - 1 : height - 1, Math.floor(end) - (translucent && first === 3 ? 1 : 0));
  for (let pixel = Math.max(0, Math.floor(begin) + (translucent && first === 0 ? 1 : 0)); pixel <= last; pixel++) {
    const middle = Math.min(end, Math.max(begin, pixel + 0.5)) - begin;
    const centre = side + middle * slope;
    const depth = low + middle * rise;
    const from = Math.max(0, centre - reach);
    const to = Math.min(sides, centre + reach);
    for (let place = from | 0; place < to; place++) {
      const part = (256 * ((place + 1 < to ? place + 1 : to) - (place > from ? place : from))) | 0;
      const at = pixel * along + place * aside;
      if (part <= 0 || depth < depths[at]!) continue;
      if (part >= owned) depths[at] = depth;
      blendPixel(pixels, at, color, part);
    }
  }
}
