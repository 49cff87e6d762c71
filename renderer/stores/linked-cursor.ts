import { axesOf, cutFrame } from '../../shared/model/cut.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { positionAt } from '../../shared/model/scale.ts';
import type { Cursor, ViewState } from './view-store.ts';

type Axis = 'x' | 'y' | 'z';

type Looking = Pick<ViewState, 'readOut' | 'place' | 'bufferInfo' | 'dataset'>;

/**
 * Where the sample that is read in one view lies on another view's picture, seen along the axis that the other one has none for;
 * undefined where they have no coordinates in common or it lies outside.
 */
export function cursorIn(view: Looking, other: Looking): Cursor | undefined {
  const { readOut, place } = view;
  const [from, to] = [view, other].map(({ bufferInfo, place: { frame } }) => bufferInfo?.frames[frame]);
  if (!readOut || !from || !to) return undefined;
  const [columns, rows, across] = axesOf(place.cut);
  const at = new Map<Axis, number>([
    [columns, readOut.x],
    [rows, readOut.y],
    [across, place.plane],
  ]);
  const [otherColumns, otherRows] = axesOf(other.place.cut);
  const x = indexIn(otherColumns, at.get(otherColumns) ?? 0, from, to);
  const y = indexIn(otherRows, at.get(otherRows) ?? 0, from, to);
  if (x === undefined || y === undefined) return undefined;
  const [height, width] = cutFrame(to, other.place.cut).shape;
  return x >= -0.5 && y >= -0.5 && x < width - 0.5 && y < height - 0.5 ? { x, y } : undefined;
}

/** The index along an axis in a frame that may have other samples; equal frames need no coordinates. */
function indexIn(axis: Axis, index: number, from: FrameInfo, to: FrameInfo): number | undefined {
  const [a, b] = [from, to].map(({ scales, grid, shape, planes }) => ({
    scale: scales[axis],
    grid: grid[axis === 'x' ? 0 : axis === 'y' ? 1 : 2],
    size: axis === 'x' ? shape[1] : axis === 'y' ? shape[0] : planes,
  })) as [AxisOf, AxisOf];
  if (a.size === b.size) return index;
  const perIndex = b.scale.slope * b.grid;
  if (a.scale.unit !== b.scale.unit || perIndex === 0) return undefined;
  return (positionAt(a.scale, a.grid, index) - b.scale.offset) / perIndex;
}

interface AxisOf {
  readonly scale: FrameInfo['scales']['x'];
  readonly grid: number;
  readonly size: number;
}
