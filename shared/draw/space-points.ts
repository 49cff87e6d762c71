import { blendPixel } from './blend.ts';
import { OWNED } from './depth-line.ts';
import { discSpans, LARGEST_DISC, smoothDiscs, SUB_PLACES, type Spans, type Stamp } from './disc-stamps.ts';
import type { SpaceMatrix } from './space-camera.ts';
import type { DepthRaster, SpaceLayer } from './space-layer.ts';
import { CODES, HIDDEN, shadeAt, type DepthRange } from './space-shades.ts';

export interface PointStyle {
  /** By shade and code, see shadeTable. */
  readonly table: Uint32Array;
  readonly range: DepthRange;
  /** Diameter in pixels, where `attenuated` in the plane of the middle. */
  readonly size: number;
  /** Nearer ones are larger in perspective. */
  readonly attenuated: boolean;
  /** Round with smooth edges; otherwise whole pixels, which takes a third of the time. */
  readonly smooth: boolean;
  /** Every n-th is drawn. */
  readonly every: number;
}

/** Draws the points from ... to - 1 of a layer, nearer ones before farther ones. Returns how many lie in the picture. */
export function drawPoints(
  raster: DepthRaster,
  matrix: SpaceMatrix,
  layer: SpaceLayer,
  from: number,
  to: number,
  style: PointStyle,
): number {
  const { positions, codes } = layer;
  const { table, range, size, attenuated, smooth, every } = style;
  const { width, height } = raster;
  const [ax, bx, cx, dx, ay, by, cy, dy] = matrix as unknown as Row8;
  const [ad, bd, cd, dd, aw, bw, cw, dw] = matrix.subarray(8) as unknown as Row8;
  const perspective = aw !== 0 || bw !== 0 || cw !== 0;
  const varying = perspective && attenuated;
  const pad = varying ? LARGEST_DISC : size + 1;
  let spans = discSpans(size);
  let stamps = smoothDiscs(size);
  let drawn = 0;
  for (let i = from; i < to; i += every) {
    const code = codes[i]!;
    if (code === HIDDEN) continue;
    const px = positions[3 * i]!;
    const py = positions[3 * i + 1]!;
    const pz = positions[3 * i + 2]!;
    let x = ax * px + bx * py + cx * pz + dx;
    let y = ay * px + by * py + cy * pz + dy;
    let depth = ad * px + bd * py + cd * pz + dd;
    if (perspective) {
      const w = aw * px + bw * py + cw * pz + dw;
      if (!(w > 0)) continue;
      x /= w;
      y /= w;
      depth /= w;
      if (varying) {
        if (smooth) stamps = smoothDiscs(size / w);
        else spans = discSpans(size / w);
      }
    }
    if (!(x > -pad && y > -pad && x < width + pad && y < height + pad)) continue;
    drawn++;
    const color = table[shadeAt(range, depth) * CODES + code]!;
    if (smooth) stampDisc(raster, stamps, x, y, depth, color);
    else fillDisc(raster, spans, x, y, depth, color);
  }
  return drawn;
}

type Row8 = readonly [number, number, number, number, number, number, number, number];

/** Added before rounding down, so that cutting the fraction off does it also left of and above the picture. */
const SHIFT = 4096;

function fillDisc(raster: DepthRaster, { size, from, to }: Spans, x: number, y: number, depth: number, color: number): void {
  const { pixels, depth: depths, width, height } = raster;
  const left = ((x - size / 2 + (SHIFT + 0.5)) | 0) - SHIFT;
  const top = ((y - size / 2 + (SHIFT + 0.5)) | 0) - SHIFT;
  if (size <= 3 && left >= 0 && top >= 0 && left + size <= width && top + size <= height) {
    for (let line = top * width + left, row = 0; row < size; row++, line += width) {
      for (let at = line; at < line + size; at++) {
        if (depth < depths[at]!) continue;
        depths[at] = depth;
        pixels[at] = color;
      }
    }
    return;
  }
  const first = top < 0 ? -top : 0;
  const last = top + size > height ? height - top : size;
  for (let row = first; row < last; row++) {
    const line = (top + row) * width;
    const begin = left + from[row]!;
    const end = left + to[row]!;
    const stop = line + (end > width ? width : end);
    for (let at = line + (begin < 0 ? 0 : begin); at < stop; at++) {
      if (depth < depths[at]!) continue;
      depths[at] = depth;
      pixels[at] = color;
    }
  }
}

function stampDisc(
  { pixels, depth: depths, width, height }: DepthRaster,
  stamps: readonly Stamp[],
  x: number,
  y: number,
  depth: number,
  color: number,
): void {
  const column = ((x + SHIFT) | 0) - SHIFT;
  const row = ((y + SHIFT) | 0) - SHIFT;
  const { columns, rows, cover } = stamps[(((y - row) * SUB_PLACES) | 0) * SUB_PLACES + (((x - column) * SUB_PLACES) | 0)]!;
  for (let i = 0; i < cover.length; i++) {
    const px = column + columns[i]!;
    const py = row + rows[i]!;
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const at = py * width + px;
    if (depth < depths[at]!) continue;
    const part = cover[i]!;
    if (part >= OWNED) depths[at] = depth;
    blendPixel(pixels, at, color, part);
  }
}
