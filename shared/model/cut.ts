import type { FrameInfo } from './frames.ts';

/** A volume seen across its planes: xz has z in place of y, zy has z in place of x. Columns come first in the name, rows second. */
export type Cut = 'xz' | 'zy';

/** The axes on the screen from left to right, from row to row, and from plane to plane. */
export function axesOf(cut: Cut | undefined): readonly ['x' | 'y' | 'z', 'x' | 'y' | 'z', 'x' | 'y' | 'z'] {
  if (cut === undefined) return ['x', 'y', 'z'];
  return cut === 'xz' ? ['x', 'z', 'y'] : ['z', 'y', 'x'];
}

/** The frame as the cut shows it: shape, planes, grid and scales exchanged. Components keep their names and meaning. */
export function cutFrame(frame: FrameInfo, cut: Cut | undefined): FrameInfo {
  if (cut === undefined) return frame;
  const sizes = { x: frame.shape[1], y: frame.shape[0], z: frame.planes };
  const grids = { x: frame.grid[0], y: frame.grid[1], z: frame.grid[2] };
  const [columns, rows, planes] = axesOf(cut);
  return {
    ...frame,
    shape: [sizes[rows], sizes[columns]],
    planes: sizes[planes],
    grid: [grids[columns], grids[rows], grids[planes]],
    scales: { ...frame.scales, x: frame.scales[columns], y: frame.scales[rows], z: frame.scales[planes] },
  };
}

/** Sample of the whole volume under [column, row] of plane `plane` of a cut. */
export function uncut(cut: Cut | undefined, column: number, row: number, plane: number): { x: number; y: number; z: number } {
  const [x, y, z] = axesOf(cut);
  return { x: 0, y: 0, z: 0, [x]: column, [y]: row, [z]: plane };
}
