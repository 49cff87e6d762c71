import { DataError, isDataError, throwIfAborted } from '../../model/data-error.ts';
import type { LongReadOptions, ParticleDataset, ReadOptions } from '../../model/dataset.ts';
import type { Warning } from '../../model/warning.ts';
import { NO_TRACK, type ParticleSet } from '../../model/particles.ts';
import type { Differentiation } from '../../model/track-selection.ts';
import { fillStored, motionNames, planColumns, type ColumnPlan } from './column-plan.ts';
import { checkDifferentiation } from './differentiation.ts';
import { layerColumns, type LayerColumns } from './layer-columns.ts';
import { needsAcceleration } from './motion.ts';
import { motionTimes } from './motion-times.ts';
import { readableSet, recentSets, setOrDamage } from './recent-sets.ts';
import { reachOf } from './stencil.ts';

/** Facts of all tracks, by track number. */
export interface TrackFacts {
  readonly startStep: Uint32Array;
  readonly startPulse: Uint8Array;
  /** Points, one a pulse. */
  readonly length: Uint32Array;
  /** Smallest x, y, z, then largest, of each track; scaled. NaN for tracks without a point. */
  readonly box?: Float32Array;
  /** Mean along the track of the scaled values that are there. */
  readonly means: ReadonlyMap<string, Float32Array>;
  /** Damaged records of tracks that opening did not tell, and snapshots that could not be read: they are not in the facts. */
  readonly warnings: readonly Warning[];
}

export interface TrackFactsWish {
  readonly columns: readonly string[];
  readonly box: boolean;
  readonly differentiation: Differentiation;
}

/** Memory that facts may take while they are computed. */
const MAX_BYTES = 1 << 30;
const BYTES = { table: 9, box: 24, column: 16 };

/**
 * One pass over the set, without any where only start, length and id are wanted. Snapshots that are damaged are left out, with a warning. `too-large` where the facts would not fit into memory.
 */
export async function readTrackFacts(dataset: ParticleDataset, wish: TrackFactsWish, options: LongReadOptions = {}): Promise<TrackFacts> {
  const { info } = dataset;
  checkDifferentiation(wish.differentiation);
  const columns = [...new Set(wish.columns)];
  const plan = planColumns(info, columns);
  const bytes = info.tracks * (BYTES.table + (wish.box ? BYTES.box : 0) + BYTES.column * columns.length);
  if (bytes > MAX_BYTES) {
    throw new DataError(
      'too-large',
      `Facts of ${info.tracks} tracks with ${columns.length} columns need ${bytes} bytes; at most ${MAX_BYTES} are used.`,
      {
        path: info.path,
        field: 'columns',
        hint: 'Ask for fewer columns at a time.',
      },
    );
  }
  const { startStep, startPulse, length } = await dataset.trackTable(0, info.tracks, options);
  const table = { startStep, startPulse, length };
  const known = new Map(
    columns.flatMap((name, k) =>
      plan[k]?.from === 'id' || plan[k]?.from === 'length' ? [[name, tableColumn(plan[k], length)] as const] : [],
    ),
  );
  const read = columns.flatMap((name, k) => (known.has(name) ? [] : [{ name, plan: plan[k] as ColumnPlan }]));
  const damaged = await dataset.checkTracks(options);
  if (read.length === 0 && !wish.box) return { ...table, means: known, warnings: damaged };
  const box = wish.box ? emptyBoxes(info.tracks) : undefined;
  const sums = read.map(() => new Float64Array(info.tracks));
  const counts = read.map(() => new Uint32Array(info.tracks));
  const readColumns = await columnsOf(
    dataset,
    read.map((one) => one.plan),
    wish.differentiation,
    options,
  );
  const snapshots = info.tracks === 0 ? 0 : info.steps * info.pulses;
  let left = 0;
  let first: DataError | undefined;
  for (let s = 0; s < snapshots; s++) {
    throwIfAborted(options.signal);
    const found = await readColumns(s);
    if (isDataError(found)) {
      left += 1;
      first ??= found;
    } else addLayer(found.set, found.columns, { box, sums, counts, fill: boxFiller(info.scales) });
    options.progress?.(s + 1, snapshots);
  }
  const means = read.map(({ name }, k) => [name, meansOf(sums[k] as Float64Array, counts[k] as Uint32Array)] as const);
  if (box) eraseEmpty(box);
  return {
    ...table,
    ...(box ? { box } : {}),
    means: new Map([...known, ...means]),
    warnings: first ? [...damaged, leftOut('Facts of tracks', left, snapshots, first)] : damaged,
  };
}

/** What was made without some snapshots, and why the first of them is left out. */
export function leftOut(what: string, count: number, snapshots: number, { message, path, offset }: DataError): Warning {
  return {
    code: 'left-out',
    message: `${what} are without ${count} of ${snapshots} snapshots: ${message}`,
    ...(path === undefined ? {} : { path }),
    ...(offset === undefined ? {} : { offset }),
  };
}

function tableColumn(plan: ColumnPlan, length: Uint32Array): Float32Array {
  return plan.from === 'id' ? Float32Array.from(length, (_, id) => id) : Float32Array.from(length);
}

type ReadColumns = (snapshot: number) => Promise<{ readonly set: ParticleSet; readonly columns: readonly Float32Array[] } | DataError>;

/** Layers with their columns, for a pass in order; the error where a snapshot is damaged. */
async function columnsOf(
  dataset: ParticleDataset,
  plan: readonly ColumnPlan[],
  differentiation: Differentiation,
  options: ReadOptions,
): Promise<ReadColumns> {
  const reach = reachOf(differentiation, needsAcceleration(motionNames(plan)));
  const recent = recentSets(dataset, 2 * reach + 2);
  const neighbour = (s: number, how: ReadOptions): Promise<ParticleSet | undefined> => readableSet(recent(s, how));
  const nothing = async (): Promise<Float32Array> => new Float32Array(0);
  const columns: LayerColumns = layerColumns(
    { info: dataset.info, times: await motionTimes(dataset, options), neighbour, lengths: nothing },
    plan,
    differentiation,
  );
  return async (snapshot) => {
    const set = await setOrDamage(recent(snapshot, options));
    return isDataError(set) ? set : { set, columns: await columns(snapshot, set, options) };
  };
}

interface Sums {
  readonly box: Float32Array | undefined;
  readonly sums: readonly Float64Array[];
  readonly counts: readonly Uint32Array[];
  readonly fill: (set: ParticleSet, axis: 0 | 1 | 2, out: Float32Array) => void;
}

function addLayer(set: ParticleSet, columns: readonly Float32Array[], { box, sums, counts, fill }: Sums): void {
  const { track, count } = set;
  for (let k = 0; k < columns.length; k++) addColumn(track, columns[k] as Float32Array, sums[k] as Float64Array, counts[k] as Uint32Array);
  if (!box) return;
  const values = new Float32Array(count);
  for (const axis of [0, 1, 2] as const) {
    fill(set, axis, values);
    widen(track, values, box, axis);
  }
}

function addColumn(track: Uint32Array, values: Float32Array, sums: Float64Array, counts: Uint32Array): void {
  for (let i = 0; i < track.length; i++) {
    const id = track[i] as number;
    if (id === NO_TRACK) break;
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    sums[id] = (sums[id] as number) + value;
    counts[id] = (counts[id] as number) + 1;
  }
}

function widen(track: Uint32Array, values: Float32Array, box: Float32Array, axis: number): void {
  for (let i = 0; i < track.length; i++) {
    const id = track[i] as number;
    if (id === NO_TRACK) break;
    const at = 6 * id + axis;
    const value = values[i] as number;
    if (value < (box[at] as number)) box[at] = value;
    if (value > (box[at + 3] as number)) box[at + 3] = value;
  }
}

function boxFiller(scales: ParticleDataset['info']['scales']): Sums['fill'] {
  const axes = [scales.x, scales.y, scales.z] as const;
  return (set, axis, out) => fillStored({ from: 'axis', axis, scale: axes[axis] }, set, out);
}

function emptyBoxes(tracks: number): Float32Array {
  const box = new Float32Array(6 * tracks).fill(Number.POSITIVE_INFINITY);
  for (let id = 0; id < tracks; id++) box.fill(Number.NEGATIVE_INFINITY, 6 * id + 3, 6 * id + 6);
  return box;
}

function eraseEmpty(box: Float32Array): void {
  for (let at = 0; at < box.length; at += 6) if ((box[at] as number) > (box[at + 3] as number)) box.fill(Number.NaN, at, at + 6);
}

function meansOf(sums: Float64Array, counts: Uint32Array): Float32Array {
  const means = new Float32Array(sums.length);
  for (let id = 0; id < means.length; id++) means[id] = (sums[id] as number) / (counts[id] as number);
  return means;
}
