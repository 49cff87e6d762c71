import { blendPixel } from './blend.ts';
import type { Raster, Rgba } from './scene.ts';

/**
 * Draws a line with smooth edges and flat ends, `width` pixels wide. Coordinates are pixels from the upper left edge of the raster;
 * what lies outside is cut. Lines that are not finite are left out.
 */
export function drawLine(raster: Raster, x0: number, y0: number, x1: number, y1: number, width: number, color: Rgba): void {
  const across = x1 - x0;
  const down = y1 - y0;
  if (!Number.isFinite(across) || !Number.isFinite(down)) return;
  const length = Math.hypot(across, down);
  if (length === 0) return;
  if (Math.abs(across) >= Math.abs(down)) {
    const half = (width / 2) * (length / Math.abs(across));
    if (across > 0) sweep(raster, x0, x1, y0, down / across, half, color, false);
    else sweep(raster, x1, x0, y1, down / across, half, color, false);
  } else {
    const half = (width / 2) * (length / Math.abs(down));
    if (down > 0) sweep(raster, y0, y1, x0, across / down, half, color, true);
    else sweep(raster, y1, y0, x1, across / down, half, color, true);
  }
}

/** Goes along the longer direction pixel by pixel and covers the pixels within `half` to both sides in the other one. */
function sweep(raster: Raster, from: number, to: number, side: number, slope: number, half: number, color: Rgba, steep: boolean): void {
  const { pixels, width, height } = raster;
  const last = Math.min(steep ? height : width, Math.ceil(to));
  const sides = steep ? width : height;
  const along = steep ? width : 1;
  const aside = steep ? 1 : width;
  for (let step = Math.max(0, Math.floor(from)); step < last; step++) {
    const begin = Math.max(step, from);
    const end = Math.min(step + 1, to);
    const centre = side + ((begin + end) / 2 - from) * slope;
    const low = Math.max(0, centre - half);
    const high = Math.min(sides, centre + half);
    const share = 256 * (end - begin);
    for (let place = Math.floor(low); place < high; place++) {
      const cover = (Math.min(place + 1, high) - Math.max(place, low)) * share;
      blendPixel(pixels, step * along + place * aside, color, cover | 0);
    }
  }
}

/** A line of single pixels without smooth edges: for pictures with very many of them. */
export function drawThinLine(raster: Raster, x0: number, y0: number, x1: number, y1: number, color: Rgba): void {
  const { pixels, width, height } = raster;
  const steps = Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
  if (!(steps < 2 * (width + height) + 1e5)) return;
  const stepX = (x1 - x0) / steps;
  const stepY = (y1 - y0) / steps;
  let x = x0 + stepX / 2;
  let y = y0 + stepY / 2;
  for (let step = 0; step < steps; step++, x += stepX, y += stepY) {
    if (x >= 0 && x < width && y >= 0 && y < height) pixels[(y | 0) * width + (x | 0)] = color;
  }
}

/** A filled triangle with smooth edges. */
export function fillTriangle(raster: Raster, ax: number, ay: number, bx: number, by: number, cx: number, cy: number, color: Rgba): void {
  const { pixels, width, height } = raster;
  const turn = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (!Number.isFinite(turn) || turn === 0) return;
  const [abX, abY, abC] = edge(ax, ay, bx, by, turn);
  const [bcX, bcY, bcC] = edge(bx, by, cx, cy, turn);
  const [caX, caY, caC] = edge(cx, cy, ax, ay, turn);
  const left = Math.max(0, Math.floor(Math.min(ax, bx, cx)));
  const right = Math.min(width, Math.ceil(Math.max(ax, bx, cx)));
  const top = Math.max(0, Math.floor(Math.min(ay, by, cy)));
  const bottom = Math.min(height, Math.ceil(Math.max(ay, by, cy)));
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const ab = abX * x + abY * y + abC;
      const bc = bcX * x + bcY * y + bcC;
      const ca = caX * x + caY * y + caC;
      const inside = Math.min(1, ab, bc, ca);
      if (inside > 0) blendPixel(pixels, y * width + x, color, (256 * inside) | 0);
    }
  }
}

/** Coefficients of (distance of a pixel's centre from an edge, inside positive) + 0.5, which is about its coverage. */
function edge(ax: number, ay: number, bx: number, by: number, turn: number): [byX: number, byY: number, constant: number] {
  const length = Math.hypot(bx - ax, by - ay) * Math.sign(turn);
  const byX = (ay - by) / length;
  const byY = (bx - ax) / length;
  return [byX, byY, 0.5 + byX * (0.5 - ax) + byY * (0.5 - ay)];
}

/** A dot of `size` pixels around a point, with smooth edges. */
export function drawDot(raster: Raster, x: number, y: number, size: number, color: Rgba): void {
  drawLine(raster, x - size / 2, y, x + size / 2, y, size, color);
}
