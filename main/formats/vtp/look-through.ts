import { throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { columnNames } from './point-columns.ts';
import type { SnapshotFiles } from './snapshot-files.ts';

/** What only the files themselves tell. */
export interface SeriesFacts {
  /** Points of every snapshot. */
  readonly counts: Uint32Array;
  /** Columns of all snapshots together, without x, y, z. */
  readonly columns: readonly string[];
  readonly passedOver: readonly string[];
  readonly lines: number;
}

const AXES = ['x', 'y', 'z'];

/** One look at the head of every file. */
export async function lookThrough(files: SnapshotFiles, options: ReadOptions): Promise<SeriesFacts> {
  const counts = new Uint32Array(files.snapshots);
  const [columns, passedOver] = [new Set<string>(), new Set<string>()];
  let lines = 0;
  for (let s = 0; s < files.snapshots; s++) {
    throwIfAborted(options.signal);
    for (const head of await files.heads(s)) {
      for (const piece of head.pieces) {
        counts[s] = (counts[s] as number) + piece.points;
        lines += piece.lines;
      }
      for (const name of columnNames(head)) columns.add(name);
      for (const name of head.passedOver) passedOver.add(name);
    }
  }
  return { counts, columns: [...columns].filter((name) => !AXES.includes(name)), passedOver: [...passedOver], lines };
}

/** Steps whose particles are looked at for the bounds of all. */
const LOOKS = 16;

/** Least and greatest position of some snapshots from the first to the last; the unit cube where there is no particle. */
export async function findBounds(
  files: SnapshotFiles,
  options: ReadOptions,
): Promise<{ readonly bounds: readonly number[]; readonly warnings: readonly Warning[] }> {
  const { snapshots } = files;
  const chosen = [...new Set(Array.from({ length: LOOKS }, (_, i) => Math.round((i * (snapshots - 1)) / (LOOKS - 1))))];
  const [low, high] = [AXES.map(() => Number.POSITIVE_INFINITY), AXES.map(() => Number.NEGATIVE_INFINITY)];
  for (const s of chosen) {
    throwIfAborted(options.signal);
    for (const { values } of await files.columns(s, AXES, options)) {
      for (const [axis, column = []] of values.entries()) widen(low, high, axis, column);
    }
  }
  const message = `The bounds are those of the particles of ${chosen.length} of ${snapshots} steps; others may lie beyond them.`;
  return {
    bounds: low.every((value, axis) => value <= (high[axis] as number)) ? [...low, ...high] : [0, 0, 0, 1, 1, 1],
    warnings: chosen.length < snapshots ? [{ code: 'bounds', message, path: files.path(0) }] : [],
  };
}

function widen(low: number[], high: number[], axis: number, column: ArrayLike<number>): void {
  let [least, greatest] = [low[axis] as number, high[axis] as number];
  for (let i = 0; i < column.length; i++) {
    // Particles are kept as numbers of 4 bytes.
    const value = Math.fround(column[i] as number);
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  low[axis] = least;
  high[axis] = greatest;
}
