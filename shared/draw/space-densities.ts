import type { Box } from './space-camera.ts';
import type { Raster, Rgba } from './scene.ts';
import { boxFaces, type Axis } from './space-box.ts';
import { boxCorners, projectSpace, type SpaceMatrix } from './space-camera.ts';
import type { SpaceLayer } from './space-layer.ts';
import { HIDDEN, mixColors } from './space-shades.ts';

/** Cells on each axis: more of them the more particles there are. */
const LEAST_CELLS = 12;
const MOST_CELLS = 96;
const STEPS = 64;
/** Colour of the fullest cell between canvas and ink. */
const FULLEST = 0.45;

/** How many particles lie over each cell of the sides across x, y and z, smoothed: [later axis, earlier axis] of the other two. */
export interface Densities {
  readonly cells: number;
  readonly sides: readonly [x: Float32Array, y: Float32Array, z: Float32Array];
}

export function densitiesOf(layers: readonly SpaceLayer[], { low, high }: Box): Densities {
  const total = layers.reduce((sum, { count }) => sum + count, 0);
  const cells = Math.round(Math.min(MOST_CELLS, Math.max(LEAST_CELLS, Math.sqrt(total) / 2)));
  const sides = [new Float32Array(cells * cells), new Float32Array(cells * cells), new Float32Array(cells * cells)] as const;
  const [fx, fy, fz] = [cells / (high[0] - low[0]), cells / (high[1] - low[1]), cells / (high[2] - low[2])];
  for (const { count, positions, codes } of layers) {
    for (let i = 0; i < count; i++) {
      if (codes[i] === HIDDEN) continue;
      const x = cell((positions[3 * i]! - low[0]) * fx, cells);
      const y = cell((positions[3 * i + 1]! - low[1]) * fy, cells);
      const z = cell((positions[3 * i + 2]! - low[2]) * fz, cells);
      if (x < 0 || y < 0 || z < 0) continue;
      sides[0][z * cells + y]!++;
      sides[1][z * cells + x]!++;
      sides[2][y * cells + x]!++;
    }
  }
  for (const side of sides) {
    blur(side, cells, 1, cells);
    blur(side, cells, cells, 1);
  }
  return { cells, sides };
}

/** Weights 1, 2, 1 along one direction. */
function blur(side: Float32Array, cells: number, step: number, line: number): void {
  for (let row = 0; row < cells; row++) {
    let before = 0;
    for (let place = 0; place < cells; place++) {
      const at = row * line + place * step;
      const here = side[at]!;
      side[at] = (before + 2 * here + (place + 1 < cells ? side[at + step]! : 0)) / 4;
      before = here;
    }
  }
}

/** -1 outside of the box; its upper end belongs to the last cell. */
function cell(place: number, cells: number): number {
  return place >= 0 && place < cells ? place | 0 : place === cells ? cells - 1 : -1;
}

/** Draws the densities on the sides that are turned away from the viewer, from canvas to ink with their number. */
export function drawDensities(raster: Raster, matrix: SpaceMatrix, box: Box, densities: Densities, canvas: Rgba, ink: Rgba): void {
  const colors = Uint32Array.from({ length: STEPS }, (_, step) => mixColors(ink, canvas, (FULLEST * step) / (STEPS - 1)));
  for (const { axis, high, front } of boxFaces(matrix, box)) {
    if (!front) drawSide(raster, matrix, box, axis, high, densities, colors);
  }
}

/** Goes from each pixel back to the place on the side: the inverse of the projection of that plane. */
function drawSide(
  { pixels, width, height }: Raster,
  m: SpaceMatrix,
  box: Box,
  axis: Axis,
  high: boolean,
  { cells, sides }: Densities,
  colors: Uint32Array,
): void {
  const counts = sides[axis];
  const most = counts.reduce((best, count) => Math.max(best, count), 0);
  const [u, v] = ([0, 1, 2] as const).filter((one) => one !== axis) as [Axis, Axis];
  const level = high ? box.high[axis] : box.low[axis];
  const row = (at: number): readonly [number, number, number] => [m[at + u]!, m[at + v]!, m[at + axis]! * level + m[at + 3]!];
  const [[a, b, c], [d, e, f], [g, h, k]] = [row(0), row(4), row(12)];
  const determinant = a * (e * k - f * h) - b * (d * k - f * g) + c * (d * h - e * g);
  if (most === 0 || !(Math.abs(determinant) > 1e-9)) return;
  const [fu, fv] = [cells / (box.high[u] - box.low[u]), cells / (box.high[v] - box.low[v])];
  const factor = (STEPS - 1) / most;
  // Rows of the adjugate give u w', v w', w' for a pixel (x, y, 1).
  const toU = [e * k - f * h, c * h - b * k, b * f - c * e] as const;
  const toV = [f * g - d * k, a * k - c * g, c * d - a * f] as const;
  const toW = [d * h - e * g, b * g - a * h, a * e - b * d] as const;
  const [left, top, right, bottom] = pixelBounds(m, box, axis, level, width, height);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const w = toW[0] * (x + 0.5) + toW[1] * (y + 0.5) + toW[2];
      const column = ((toU[0] * (x + 0.5) + toU[1] * (y + 0.5) + toU[2]) / w - box.low[u]) * fu;
      const line = ((toV[0] * (x + 0.5) + toV[1] * (y + 0.5) + toV[2]) / w - box.low[v]) * fv;
      if (!(column >= 0 && line >= 0 && column <= cells && line <= cells)) continue;
      const step = (between(counts, cells, column - 0.5, line - 0.5) * factor + 0.5) | 0;
      if (step > 0) pixels[y * width + x] = colors[step]!;
    }
  }
}

/** Between the middles of the four cells around a place. */
function between(counts: Float32Array, cells: number, column: number, line: number): number {
  const last = cells - 1;
  const x = column < 0 ? 0 : column > last ? last : column;
  const y = line < 0 ? 0 : line > last ? last : line;
  const left = x < last ? x | 0 : last - 1;
  const top = y < last ? y | 0 : last - 1;
  const at = top * cells + left;
  const [right, down] = [x - left, y - top];
  return (
    (counts[at]! * (1 - right) + counts[at + 1]! * right) * (1 - down) +
    (counts[at + cells]! * (1 - right) + counts[at + cells + 1]! * right) * down
  );
}

/** The pixels around a side of the box, cut to the picture; none where one of its corners lies behind the viewer. */
function pixelBounds(
  matrix: SpaceMatrix,
  box: Box,
  axis: Axis,
  level: number,
  width: number,
  height: number,
): readonly [left: number, top: number, right: number, bottom: number] {
  const corners = boxCorners(box)
    .filter((corner) => corner[axis] === level)
    .map((corner) => projectSpace(matrix, ...corner));
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  if (![...xs, ...ys].every(Number.isFinite)) return [0, 0, 0, 0];
  return [
    Math.max(0, Math.floor(Math.min(...xs))),
    Math.max(0, Math.floor(Math.min(...ys))),
    Math.min(width, Math.ceil(Math.max(...xs))),
    Math.min(height, Math.ceil(Math.max(...ys))),
  ];
}
