import { drawArrow } from './arrow.ts';
import { colorOf, prepareScale } from './color-scale.ts';
import { drawLine } from './line.ts';
import type { ColorScale, Raster, Rgba } from './scene.ts';
import type { Box } from './space-camera.ts';

/** Arrows in space: positions and vectors in the units of the axes, three numbers each, and what colours them. */
export interface GlyphCloud {
  readonly count: number;
  readonly positions: Float32Array;
  readonly vectors: Float32Array;
  readonly values: Float32Array;
}

/** From positions to pixels: x and y of the raster and the depth (larger = nearer), each a row of four factors for x, y, z and 1. */
export type Projection = readonly [x: Row, y: Row, depth: Row];
type Row = readonly [number, number, number, number];

export interface GlyphLayer {
  readonly cloud: GlyphCloud;
  /** Every n-th arrow is drawn. */
  readonly every: number;
  readonly colors: ColorScale;
  /** Units of position per unit of value. */
  readonly length: number;
  readonly lineWidth: number;
  readonly axisColor: Rgba;
  /** Colour that far arrows fade to. */
  readonly canvas: Rgba;
}

/** Part of the picture's smaller side that the box fills at magnification 1. */
const FILLED = 0.62;
/** Colour that is left of the farthest arrow. */
const FAR_SHARE = 0.45;
const DEPTH_STEPS = 4096;

/**
 * Parallel projection of a box turned about its vertical (y) axis and tilted towards the viewer, in the middle of the raster.
 */
export function projectBox(
  box: Box,
  turn: number,
  tilt: number,
  magnification: number,
  raster: { readonly width: number; readonly height: number },
): Projection {
  const size = [0, 1, 2].map((axis) => box.high[axis]! - box.low[axis]!);
  const diagonal = Math.hypot(...size) || 1;
  const scale = (magnification * FILLED * Math.min(raster.width, raster.height) * 1.3) / diagonal;
  const centre = [0, 1, 2].map((axis) => (box.high[axis]! + box.low[axis]!) / 2);
  const [c, s, ct, st] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  // Right, up and towards the viewer, by x, y, z.
  const right = [c, 0, s];
  const up = [s * st, ct, -c * st];
  const near = [-s * ct, st, c * ct];
  const row = (factors: readonly number[], by: number, shift: number): Row => {
    const [fx, fy, fz] = factors.map((factor) => factor * by) as [number, number, number];
    return [fx, fy, fz, shift - fx * centre[0]! - fy * centre[1]! - fz * centre[2]!];
  };
  return [row(right, scale, raster.width / 2), row(up, -scale, raster.height / 2), row(near, scale, 0)];
}

export function projectPoint([px, py, pd]: Projection, x: number, y: number, z: number): readonly [x: number, y: number, depth: number] {
  return [px[0] * x + px[1] * y + px[2] * z + px[3], py[0] * x + py[1] * y + py[2] * z + py[3], pd[0] * x + pd[1] * y + pd[2] * z + pd[3]];
}

/** Draws the back of the box, the arrows from far to near, fading with the distance, and the front of the box. Returns how many arrows. */
export function drawGlyphs(raster: Raster, projection: Projection, box: Box, layer: GlyphLayer): number {
  const edges = boxEdges(projection, box);
  for (const { ends, front } of edges) if (!front) drawLine(raster, ...ends, layer.lineWidth * 0.8, layer.axisColor);
  const drawn = drawCloud(raster, projection, box, layer);
  for (const { ends, front } of edges) if (front) drawLine(raster, ...ends, layer.lineWidth * 0.8, layer.axisColor);
  return drawn;
}

function drawCloud(
  raster: Raster,
  projection: Projection,
  box: Box,
  { cloud, every, colors, length, lineWidth, canvas }: GlyphLayer,
): number {
  const { positions, vectors, values } = cloud;
  const scale = prepareScale(colors);
  const [low, high] = depthRange(projection, box);
  const order = depthOrder(projection, cloud, every, low, high);
  const [px, py] = projection;
  for (const index of order) {
    const at = 3 * index;
    const [x, y, depth] = projectPoint(projection, positions[at]!, positions[at + 1]!, positions[at + 2]!);
    const [u, v, w] = [vectors[at]! * length, vectors[at + 1]! * length, vectors[at + 2]! * length];
    const dx = px[0] * u + px[1] * v + px[2] * w;
    const dy = py[0] * u + py[1] * v + py[2] * w;
    if (!(Math.abs(dx) + Math.abs(dy) < 4 * (raster.width + raster.height))) continue;
    const share = FAR_SHARE + (1 - FAR_SHARE) * ((depth - low) / (high - low || 1));
    drawArrow(raster, x - dx / 2, y - dy / 2, dx, dy, lineWidth, mixed(colorOf(scale, values[index]!), canvas, share));
  }
  return order.length;
}

/** Indices of every n-th arrow from far to near: sorted into depth steps, which is enough for the eye and takes one pass. */
function depthOrder([, , row]: Projection, { count, positions }: GlyphCloud, every: number, low: number, high: number): Uint32Array {
  const amount = Math.ceil(count / every);
  const steps = new Uint16Array(amount);
  const starts = new Uint32Array(DEPTH_STEPS + 1);
  const factor = (DEPTH_STEPS - 1) / (high - low || 1);
  for (let i = 0; i < amount; i++) {
    const at = 3 * i * every;
    const depth = row[0] * positions[at]! + row[1] * positions[at + 1]! + row[2] * positions[at + 2]! + row[3];
    const step = Math.min(DEPTH_STEPS - 1, Math.max(0, Math.floor((depth - low) * factor)));
    steps[i] = step;
    starts[step + 1]!++;
  }
  for (let step = 0; step < DEPTH_STEPS; step++) starts[step + 1]! += starts[step]!;
  const order = new Uint32Array(amount);
  for (let i = 0; i < amount; i++) order[starts[steps[i]!]!++] = i * every;
  return order;
}

function depthRange(projection: Projection, box: Box): readonly [low: number, high: number] {
  const depths = corners(box).map((corner) => projectPoint(projection, ...corner)[2]);
  return [Math.min(...depths), Math.max(...depths)];
}

/** Corner i has the high end of axis k where bit k of i is set. */
function corners({ low, high }: Box): readonly (readonly [number, number, number])[] {
  return Array.from({ length: 8 }, (_, i) => [i & 1 ? high[0] : low[0], i & 2 ? high[1] : low[1], i & 4 ? high[2] : low[2]] as const);
}

export interface BoxEdge {
  /** Axis that the edge runs along: 0, 1, 2. */
  readonly axis: 0 | 1 | 2;
  readonly ends: readonly [x0: number, y0: number, x1: number, y1: number];
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  /** True for the edges that meet at the nearest corner, which lie before everything inside. */
  readonly front: boolean;
}

/** The twelve edges of the box on the raster. */
export function boxEdges(projection: Projection, box: Box): readonly BoxEdge[] {
  const all = corners(box);
  const projected = all.map((corner) => projectPoint(projection, ...corner));
  const nearest = projected.reduce((best, [, , depth], index) => (depth > projected[best]![2] ? index : best), 0);
  return ([0, 1, 2] as const).flatMap((axis) =>
    all.flatMap((from, index): BoxEdge[] => {
      if (index & (1 << axis)) return [];
      const other = index | (1 << axis);
      const [a, b] = [projected[index]!, projected[other]!];
      return [{ axis, ends: [a[0], a[1], b[0], b[1]], from, to: all[other]!, front: index === nearest || other === nearest }];
    }),
  );
}

function mixed(color: Rgba, other: Rgba, share: number): Rgba {
  const part = (shift: number): number => Math.round(((color >>> shift) & 255) * share + ((other >>> shift) & 255) * (1 - share));
  return ((255 << 24) | (part(16) << 16) | (part(8) << 8) | part(0)) >>> 0;
}
