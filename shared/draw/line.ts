import { blendPixel } from './blend.ts';
import type { Raster, Rgba } from './scene.ts';

/**
 * Draws a line with smooth edges and flat ends, `width` pixels wide. Coordinates are pixels from the upper left edge of the raster;
 * what lies outside is cut. Lines that are not finite are left out.
 */
export function drawLine(raster: Raster, x0: number, y0: number, x1: number, y1: number, width: number, color: Rgba): void {
  const across = x1 - x0;
  const down = y1 - y0;
  const length = Math.sqrt(across * across + down * down);
  if (!(length > 0 && length < Number.POSITIVE_INFINITY)) return;
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

/** A filled triangle with smooth edges: a pixel is covered by its centre's distance from the nearest edge (inside positive) + 0.5. */
export function fillTriangle(raster: Raster, ax: number, ay: number, bx: number, by: number, cx: number, cy: number, color: Rgba): void {
  const { pixels, width, height } = raster;
  const turn = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (!(Math.abs(turn) > 0 && Math.abs(turn) < Number.POSITIVE_INFINITY)) return;
  const sign = turn > 0 ? 1 : -1;
  const ab = sign / Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  const bc = sign / Math.sqrt((cx - bx) * (cx - bx) + (cy - by) * (cy - by));
  const ca = sign / Math.sqrt((ax - cx) * (ax - cx) + (ay - cy) * (ay - cy));
  const left = Math.max(0, Math.floor(Math.min(ax, bx, cx)));
  const right = Math.min(width, Math.ceil(Math.max(ax, bx, cx)));
  const top = Math.max(0, Math.floor(Math.min(ay, by, cy)));
  const bottom = Math.min(height, Math.ceil(Math.max(ay, by, cy)));
  for (let row = top; row < bottom; row++) {
    const y = row + 0.5;
    for (let column = left; column < right; column++) {
      const x = column + 0.5;
      const fromAb = ab * ((bx - ax) * (y - ay) - (by - ay) * (x - ax));
      const fromBc = bc * ((cx - bx) * (y - by) - (cy - by) * (x - bx));
      const fromCa = ca * ((ax - cx) * (y - cy) - (ay - cy) * (x - cx));
      const nearest = fromAb < fromBc ? (fromAb < fromCa ? fromAb : fromCa) : fromBc < fromCa ? fromBc : fromCa;
      if (nearest > -0.5) blendPixel(pixels, row * width + column, color, nearest > 0.5 ? 256 : (256 * (nearest + 0.5)) | 0);
    }
  }
}

/** A dot of `size` pixels around a point, with smooth edges. */
export function drawDot(raster: Raster, x: number, y: number, size: number, color: Rgba): void {
  drawLine(raster, x - size / 2, y, x + size / 2, y, size, color);
}
