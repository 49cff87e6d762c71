import type { FrameInfo } from '../model/frames.ts';

/** Aspects beyond are not a shape but a mistake in the scales: then samples are drawn square. */
const MAX_ASPECT = 20;

/** Height of a sample in units of its width: as the scales say where x and y have the same unit, else as the grids say. */
export function frameAspect({ scales: { x, y }, grid }: Pick<FrameInfo, 'scales' | 'grid'>): number {
  const grids = grid[1] / grid[0];
  const physical = Math.abs(y.slope * grid[1]) / Math.abs(x.slope * grid[0]);
  const aspect = x.unit === y.unit && physical > 0 ? physical : grids;
  return aspect >= 1 / MAX_ASPECT && aspect <= MAX_ASPECT ? aspect : 1;
}
