import { DataError } from '../../shared/model/data-error.ts';
import type { ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import { applyScale } from '../../shared/model/scale.ts';

type Triple = readonly [x: number, y: number, z: number];

/** Equal cells that fill the bounds of a set, in the units of its axes. */
export interface BinCells {
  readonly counts: Triple;
  readonly low: Triple;
  readonly size: Triple;
  readonly total: number;
}

/** Cells per axis; more than a screen has pixels is a mistake. */
const MAX_PER_AXIS = 1 << 14;

export function binCells(
  { bounds, scales, title, path }: Pick<ParticleDatasetInfo, 'bounds' | 'scales' | 'title' | 'path'>,
  bin: readonly number[],
): BinCells {
  const [x = 0, y = 0, z = 0] = bin;
  if (bin.length !== 3 || !bin.every((count) => Number.isInteger(count) && count >= 1 && count <= MAX_PER_AXIS)) {
    throw new DataError(
      'invalid-option',
      `bin is a number of cells for each of x, y and z, from 1 to ${MAX_PER_AXIS}, got ${bin.join(',')}.`,
      { path, field: 'bin' },
    );
  }
  const extents = ([scales.x, scales.y, scales.z] as const).map((scale, axis) => {
    const ends = [applyScale(scale, bounds[axis] ?? Number.NaN), applyScale(scale, bounds[axis + 3] ?? Number.NaN)] as const;
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    if (!Number.isFinite(high - low))
      throw new DataError(
        'unsupported',
        `The bounds of ${title} along ${'xyz'[axis]} are ${ends[0]} and ${ends[1]}: there is nothing to divide into cells.`,
        { path, field: 'bin' },
      );
    // A set in one plane has cells of one voxel around it.
    const width = high > low ? high - low : Math.abs(scale.slope) || 1;
    return { low: high > low ? low : low - width / 2, width };
  });
  const of = (pick: (extent: { readonly low: number; readonly width: number }, axis: number) => number): Triple =>
    extents.map(pick) as unknown as Triple;
  return { counts: [x, y, z], low: of(({ low }) => low), size: of(({ width }, axis) => width / (bin[axis] as number)), total: x * y * z };
}

/** Outside of all cells. */
export const NO_CELL = -1;

/** The cell of a position, [z, y, x] with the last fastest; as in histograms the upper end belongs to the last cell. */
export function cellAt({ counts, low, size }: BinCells, x: number, y: number, z: number): number {
  const i = place((x - low[0]) / size[0], counts[0]);
  const j = place((y - low[1]) / size[1], counts[1]);
  const k = place((z - low[2]) / size[2], counts[2]);
  return i < 0 || j < 0 || k < 0 ? NO_CELL : (k * counts[1] + j) * counts[0] + i;
}

function place(at: number, count: number): number {
  if (at >= 0 && at < count) return Math.floor(at);
  // What rounding leaves above the upper end.
  return at >= count && at <= count * (1 + 1e-12) ? count - 1 : -1;
}
