import type { ColumnPlan, StoredPlan } from '../../shared/compute/particles/column-plan.ts';
import { fillStored } from '../../shared/compute/particles/column-plan.ts';
import type { ParticleSet } from '../../shared/model/particles.ts';
import { cellAt, NO_CELL, type BinCells } from './bin-cells.ts';

/** What is added up in every cell: particles with a velocity, their velocities and squares, and values of further columns. Where nothing has a velocity, all particles. */
export interface BinSums {
  readonly count: Uint32Array;
  readonly velocity: readonly Float64Array[];
  readonly squares: readonly Float64Array[];
  readonly values: readonly { readonly sum: Float64Array; readonly count: Uint32Array }[];
  /** Particles that would count outside of all cells. */
  outside: number;
}

/** Bytes of the sums in a cell with so many further columns. */
export function sumBytes(columns: number, hasVelocity: boolean): number {
  return 4 + (hasVelocity ? 2 * 3 * 8 : 0) + columns * 12;
}

export function emptySums(cells: number, columns: number, hasVelocity: boolean): BinSums {
  const three = (): readonly Float64Array[] => Array.from({ length: hasVelocity ? 3 : 0 }, () => new Float64Array(cells));
  return {
    count: new Uint32Array(cells),
    velocity: three(),
    squares: three(),
    outside: 0,
    values: Array.from({ length: columns }, () => ({ sum: new Float64Array(cells), count: new Uint32Array(cells) })),
  };
}

/** The stored columns that are averaged: intensity and scalars. */
export type Averaged = Exclude<ColumnPlan, { readonly from: 'motion' | 'id' | 'length' | 'axis' }>;

/** What is the same for all snapshots. */
export interface BinWork {
  readonly cells: BinCells;
  readonly axes: readonly StoredPlan[];
  readonly averaged: readonly Averaged[];
  /** 1 = the track counts; absent = all do. */
  readonly passing?: Uint8Array | undefined;
}

/** Adds the particles of a snapshot that have a velocity (u v w, f4), or all of them where there is none. */
export function addParticles(
  sums: BinSums,
  { cells, axes, averaged, passing }: BinWork,
  set: ParticleSet,
  velocity: readonly Float32Array[],
): void {
  const places = cellPlaces(cells, set, velocity, axes, passing, sums);
  velocity.forEach((values, k) => addSquares(places, values, sums.velocity[k] as Float64Array, sums.squares[k] as Float64Array));
  const values = new Float64Array(set.count);
  averaged.forEach((plan, k) => {
    fillStored(plan, set, values);
    addValues(places, values, sums.values[k] as BinSums['values'][number]);
  });
}

function cellPlaces(
  cells: BinCells,
  set: ParticleSet,
  velocity: readonly Float32Array[],
  axes: readonly StoredPlan[],
  passing: Uint8Array | undefined,
  sums: BinSums,
): Int32Array {
  const [u, v, w] = velocity;
  const [x, y, z] = axes.map((plan) => {
    const values = new Float64Array(set.count);
    fillStored(plan, set, values);
    return values;
  });
  const places = new Int32Array(set.count).fill(NO_CELL);
  for (let i = 0; i < places.length; i++) {
    if (u && !Number.isFinite((u[i] as number) + (v?.[i] as number) + (w?.[i] as number))) continue;
    if (passing && passing[set.track[i] as number] !== 1) continue;
    const cell = cellAt(cells, x?.[i] as number, y?.[i] as number, z?.[i] as number);
    if (cell === NO_CELL) sums.outside += 1;
    else sums.count[cell] = (sums.count[cell] as number) + 1;
    places[i] = cell;
  }
  return places;
}

function addSquares(places: Int32Array, values: Float32Array, sum: Float64Array, squares: Float64Array): void {
  for (let i = 0; i < places.length; i++) {
    const cell = places[i] as number;
    if (cell === NO_CELL) continue;
    const value = values[i] as number;
    sum[cell] = (sum[cell] as number) + value;
    squares[cell] = (squares[cell] as number) + value * value;
  }
}

function addValues(places: Int32Array, values: Float64Array, { sum, count }: BinSums['values'][number]): void {
  for (let i = 0; i < places.length; i++) {
    const cell = places[i] as number;
    const value = values[i] as number;
    if (cell === NO_CELL || Number.isNaN(value)) continue;
    sum[cell] = (sum[cell] as number) + value;
    count[cell] = (count[cell] as number) + 1;
  }
}
