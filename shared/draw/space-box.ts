import { drawLine } from './line.ts';
import type { Raster, Rgba } from './scene.ts';
import { boxCorners, projectSpace, type Box, type SpaceMatrix } from './space-camera.ts';
import { ticksBetween, type Ticks } from './ticks.ts';

export type Axis = 0 | 1 | 2;
type Point = readonly [x: number, y: number, z: number];

export interface SpaceEdge {
  /** Axis that it runs along, low end first. */
  readonly axis: Axis;
  readonly from: Point;
  readonly to: Point;
  readonly ends: readonly [x0: number, y0: number, x1: number, y1: number];
  /** Between two faces that are turned to the viewer: lies before everything inside. */
  readonly front: boolean;
  /** Between a face that is turned to the viewer and one that is not: where numbers of an axis stand well. */
  readonly outline: boolean;
}

/** A side of the box. */
export interface SpaceFace {
  readonly axis: Axis;
  readonly high: boolean;
  /** Turned to the viewer. */
  readonly front: boolean;
}

/** Ticks on an axis of the box, as its grid lines have them: about `most` on the longest, fewer on short ones. */
export function spaceTicks({ low, high }: Box, axis: Axis, most = MOST_TICKS): Ticks {
  const longest = Math.max(...AXES.map((one) => high[one] - low[one]));
  const amount = Math.max(Math.min(LEAST_TICKS, most), Math.ceil((most * (high[axis] - low[axis])) / longest));
  const ticks = ticksBetween(low[axis], high[axis], amount);
  // A single number tells no length.
  return ticks.values.length > 1 || amount === 1 ? ticks : ticksBetween(low[axis], high[axis], 2 * amount);
}

const MOST_TICKS = 7;
/** Of a short axis. */
const LEAST_TICKS = 3;

/** The six sides of the box. */
export function boxFaces(matrix: SpaceMatrix, box: Box): readonly SpaceFace[] {
  const middle = [0, 1, 2].map((axis) => (box.low[axis]! + box.high[axis]!) / 2) as [number, number, number];
  return AXES.flatMap((axis) =>
    [false, true].map((high): SpaceFace => ({ axis, high, front: facesViewer(matrix, box, middle, axis, high) })),
  );
}

const AXES = [0, 1, 2] as const;

/** In perspective the viewer stands where w is 0 along the line of sight: a side faces the viewer where the viewer is beyond its plane. */
function facesViewer(matrix: SpaceMatrix, box: Box, middle: Point, axis: Axis, high: boolean): boolean {
  const near = matrix[8 + axis]! * (high ? 1 : -1);
  const away = Math.hypot(matrix[12]!, matrix[13]!, matrix[14]!);
  if (away === 0) return near > 1e-9 * Math.hypot(matrix[8]!, matrix[9]!, matrix[10]!);
  const length = Math.hypot(matrix[8]!, matrix[9]!, matrix[10]!);
  const viewer = middle[axis] + matrix[8 + axis]! / length / away;
  return high ? viewer > box.high[axis] : viewer < box.low[axis];
}

/** The twelve edges of the box on a raster. */
export function spaceEdges(matrix: SpaceMatrix, box: Box): readonly SpaceEdge[] {
  const corners = boxCorners(box);
  const projected = corners.map((corner) => projectSpace(matrix, ...corner));
  const front = new Map(boxFaces(matrix, box).map((face) => [`${face.axis}${face.high}`, face.front]));
  return AXES.flatMap((axis) =>
    corners.flatMap((from, index): SpaceEdge[] => {
      if (index & (1 << axis)) return [];
      const other = index | (1 << axis);
      const [a, b] = [projected[index]!, projected[other]!];
      const faces = AXES.filter((one) => one !== axis).map((one) => front.get(`${one}${(index & (1 << one)) !== 0}`) === true);
      const turned = faces.filter(Boolean).length;
      return [{ axis, from, to: corners[other]!, ends: [a[0], a[1], b[0], b[1]], front: turned === 2, outline: turned === 1 }];
    }),
  );
}

export interface BoxStyle {
  readonly line: Rgba;
  /** Lines at the ticks of the far sides; absent = none. */
  readonly grid?: Rgba;
  /** Places of the grid lines on each axis; those of spaceTicks where it is absent. */
  readonly gridAt?: readonly (readonly number[])[];
  readonly lineWidth: number;
}

/** What lies behind everything inside: grid lines at the ticks of the sides that are turned away, then all edges but those in front. */
export function drawBoxBehind(raster: Raster, matrix: SpaceMatrix, box: Box, { line, grid, gridAt, lineWidth }: BoxStyle): void {
  for (const face of boxFaces(matrix, box)) {
    if (face.front || grid === undefined) continue;
    for (const [from, to] of gridLines(box, face, gridAt)) {
      const [x0, y0] = projectSpace(matrix, ...from);
      const [x1, y1] = projectSpace(matrix, ...to);
      drawLine(raster, x0, y0, x1, y1, lineWidth, grid);
    }
  }
  for (const { ends, front } of spaceEdges(matrix, box)) if (!front) drawLine(raster, ...ends, lineWidth, line);
}

export function drawBoxBefore(raster: Raster, matrix: SpaceMatrix, box: Box, { line, lineWidth }: BoxStyle): void {
  for (const { ends, front } of spaceEdges(matrix, box)) if (front) drawLine(raster, ...ends, lineWidth, line);
}

/** Lines of a side at the ticks of its two axes. */
export function gridLines(
  box: Box,
  { axis, high }: SpaceFace,
  places?: readonly (readonly number[])[],
): readonly (readonly [from: Point, to: Point])[] {
  const others = AXES.filter((one) => one !== axis);
  const level = high ? box.high[axis] : box.low[axis];
  return others.flatMap((across, index) => {
    const along = others[1 - index]!;
    return (places?.[across] ?? spaceTicks(box, across).values).map((value) => {
      const end = (place: number): Point => AXES.map((one) => (one === axis ? level : one === across ? value : place)) as unknown as Point;
      return [end(box.low[along]), end(box.high[along])] as const;
    });
  });
}
