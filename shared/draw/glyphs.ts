import { drawArrow } from './arrow.ts';
import { colorOf, prepareScale } from './color-scale.ts';
import type { ColorScale, Raster, Rgba } from './scene.ts';
import { drawBoxBefore, drawBoxBehind, type BoxStyle } from './space-box.ts';
import { boxCorners, projectSpace, type Box, type SpaceMatrix } from './space-camera.ts';
import { mixColors } from './space-shades.ts';

/** Arrows in space: positions and vectors in the units of the axes, three numbers each, and what colours them. */
export interface GlyphCloud {
  readonly count: number;
  readonly positions: Float32Array;
  readonly vectors: Float32Array;
  readonly values: Float32Array;
}

export interface GlyphLayer {
  readonly cloud: GlyphCloud;
  /** Every n-th arrow is drawn. */
  readonly every: number;
  readonly colors: ColorScale;
  /** Units of position per unit of value. */
  readonly length: number;
  readonly lineWidth: number;
  readonly boxStyle: BoxStyle;
  /** Colour that far arrows fade to, until `farShare` of their own is left. */
  readonly canvas: Rgba;
  readonly farShare: number;
}

const DEPTH_STEPS = 4096;

/** Draws the back of the box, the arrows from far to near, fading with the distance, and the front of the box. Returns how many arrows. */
export function drawGlyphs(raster: Raster, matrix: SpaceMatrix, box: Box, layer: GlyphLayer): number {
  drawBoxBehind(raster, matrix, box, layer.boxStyle);
  const drawn = drawCloud(raster, matrix, box, layer);
  drawBoxBefore(raster, matrix, box, layer.boxStyle);
  return drawn;
}

function drawCloud(
  raster: Raster,
  matrix: SpaceMatrix,
  box: Box,
  { cloud, every, colors, length, lineWidth, canvas, farShare }: GlyphLayer,
): number {
  const { positions, vectors, values } = cloud;
  const scale = prepareScale(colors);
  const depths = boxCorners(box).map((corner) => depthAt(matrix, ...corner));
  const [low, high] = [Math.min(...depths), Math.max(...depths)];
  const order = depthOrder(matrix, cloud, every, low, high);
  for (const index of order) {
    const at = 3 * index;
    const [x, y, z] = [positions[at]!, positions[at + 1]!, positions[at + 2]!];
    const [u, v, w] = [vectors[at]! * length, vectors[at + 1]! * length, vectors[at + 2]! * length];
    const [x0, y0] = projectSpace(matrix, x - u / 2, y - v / 2, z - w / 2);
    const [x1, y1] = projectSpace(matrix, x + u / 2, y + v / 2, z + w / 2);
    const [dx, dy] = [x1 - x0, y1 - y0];
    if (!(Math.abs(dx) + Math.abs(dy) < 4 * (raster.width + raster.height))) continue;
    const share = farShare + (1 - farShare) * ((depthAt(matrix, x, y, z) - low) / (high - low || 1));
    drawArrow(raster, x0, y0, dx, dy, lineWidth, mixColors(colorOf(scale, values[index]!), canvas, share));
  }
  return order.length;
}

/** Distance along the line of sight (larger = nearer), of which there is one also behind the viewer. */
function depthAt(matrix: SpaceMatrix, x: number, y: number, z: number): number {
  return matrix[8]! * x + matrix[9]! * y + matrix[10]! * z + matrix[11]!;
}

/** Indices of every n-th arrow from far to near: sorted into depth steps, which is enough for the eye and takes one pass. */
function depthOrder(matrix: SpaceMatrix, { count, positions }: GlyphCloud, every: number, low: number, high: number): Uint32Array {
  const amount = Math.ceil(count / every);
  const steps = new Uint16Array(amount);
  const starts = new Uint32Array(DEPTH_STEPS + 1);
  const factor = (DEPTH_STEPS - 1) / (high - low || 1);
  for (let i = 0; i < amount; i++) {
    const at = 3 * i * every;
    const depth = depthAt(matrix, positions[at]!, positions[at + 1]!, positions[at + 2]!);
    const step = Math.min(DEPTH_STEPS - 1, Math.max(0, Math.floor((depth - low) * factor)));
    steps[i] = step;
    starts[step + 1]!++;
  }
  for (let step = 0; step < DEPTH_STEPS; step++) starts[step + 1]! += starts[step]!;
  const order = new Uint32Array(amount);
  for (let i = 0; i < amount; i++) order[starts[steps[i]!]!++] = i * every;
  return order;
}
