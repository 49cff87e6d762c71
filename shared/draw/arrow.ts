import { drawDot, drawLine, drawThinLine, fillTriangle } from './line.ts';
import type { Raster, Rgba } from './scene.ts';

/** Line width that the sizes below belong to; they grow with the width (screens with small pixels, print). */
const BASE_WIDTH = 1.25;
const LONGEST_HEAD = 5;
const HEAD_BASE = 1.4;
const HEAD_PER_LENGTH = 0.24;
/** Half of the width of a head by its length. */
const HEAD_SLIMNESS = 0.46;
const DOT_SIZE = 1.5;
const DOT_BELOW = 1;
/** Thin arrows have a head from this length on. */
const THIN_HEAD_FROM = 5;

/** Draws an arrow from (x, y) to (x + dx, y + dy) in pixels: shaft with a filled head, or a dot where it is shorter than a pixel. */
export function drawArrow(raster: Raster, x: number, y: number, dx: number, dy: number, lineWidth: number, color: Rgba): void {
  const unit = lineWidth / BASE_WIDTH;
  const length = Math.sqrt(dx * dx + dy * dy);
  if (!(length >= DOT_BELOW * unit && length < Number.POSITIVE_INFINITY)) {
    if (length < DOT_BELOW * unit) drawDot(raster, x + dx / 2, y + dy / 2, DOT_SIZE * unit, color);
    return;
  }
  const head = Math.min(length, unit * Math.min(LONGEST_HEAD, HEAD_BASE + (HEAD_PER_LENGTH * length) / unit));
  const towardsX = dx / length;
  const towardsY = dy / length;
  const tipX = x + dx;
  const tipY = y + dy;
  const neckX = tipX - towardsX * head;
  const neckY = tipY - towardsY * head;
  // The shaft goes a little into the head, so that no gap shows between the two smooth edges.
  drawLine(raster, x, y, neckX + towardsX * head * 0.3, neckY + towardsY * head * 0.3, lineWidth, color);
  const wide = Math.max(head * HEAD_SLIMNESS, lineWidth * 0.75);
  fillTriangle(
    raster,
    tipX,
    tipY,
    neckX - towardsY * wide,
    neckY + towardsX * wide,
    neckX + towardsY * wide,
    neckY - towardsX * wide,
    color,
  );
}

/** The same in single pixels with an open head: several times faster, for very many arrows. */
export function drawThinArrow(raster: Raster, x: number, y: number, dx: number, dy: number, color: Rgba): void {
  const length = Math.max(Math.abs(dx), Math.abs(dy));
  const tipX = x + dx;
  const tipY = y + dy;
  if (length < 1) {
    drawPixel(raster, x + dx / 2, y + dy / 2, color);
    return;
  }
  drawThinLine(raster, x, y, tipX, tipY, color);
  if (length < THIN_HEAD_FROM) return;
  const share = Math.min(0.35, 3 / length);
  const backX = tipX - dx * share;
  const backY = tipY - dy * share;
  const sideX = -dy * share * 0.6;
  const sideY = dx * share * 0.6;
  drawThinLine(raster, tipX, tipY, backX + sideX, backY + sideY, color);
  drawThinLine(raster, tipX, tipY, backX - sideX, backY - sideY, color);
}

function drawPixel({ pixels, width, height }: Raster, x: number, y: number, color: Rgba): void {
  if (x >= 0 && x < width && y >= 0 && y < height) pixels[(y | 0) * width + (x | 0)] = color;
}

/** The outline of a square on its tip, or a single pixel where it would be smaller. */
export function drawDiamond(raster: Raster, x: number, y: number, half: number, lineWidth: number, color: Rgba): void {
  if (half < 1) return drawPixel(raster, x, y, color);
  const corners = [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ] as const;
  for (let i = 1; i < corners.length; i++) {
    const [from, to] = [corners[i - 1]!, corners[i]!];
    drawLine(raster, x + from[0] * half, y + from[1] * half, x + to[0] * half, y + to[1] * half, lineWidth, color);
  }
}

/** A diagonal cross around a point; a dot where `half` is below a pixel. */
export function drawCross(raster: Raster, x: number, y: number, half: number, lineWidth: number, color: Rgba): void {
  if (half < 1) {
    drawPixel(raster, x, y, color);
    return;
  }
  drawLine(raster, x - half, y - half, x + half, y + half, lineWidth, color);
  drawLine(raster, x - half, y + half, x + half, y - half, lineWidth, color);
}
