import { throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { ParticleSet, TrackSet } from '../../../shared/model/particles.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';
import { describedInfo, describedTimes } from '../particles/described-info.ts';
import { placeChecks } from '../particles/place-checks.ts';
import { addSnapshot, blankTracks, crossedSnapshots, startsOf } from '../particles/track-points.ts';
import { finiteLimit, type LoadedRows } from './load-rows.ts';
import type { SortedRows } from './sort-rows.ts';

/** Particles in memory, by snapshot and track. */
interface Store extends SortedRows {
  readonly xyz: Float32Array;
  readonly intensity: Float32Array;
  readonly scalars: readonly Float32Array[];
  readonly pulses: number;
}

export interface TableFacts {
  readonly format: string;
  readonly path: string;
  readonly title: string;
  readonly bounds: 'whole' | 'exact';
}

/** The rows of a table as a dataset; nothing is read any more. */
export function tableDataset(rows: LoadedRows, sorted: SortedRows, description: ParticleDescription, facts: TableFacts): ParticleDataset {
  const store = storeOf(rows, sorted, description.pulses);
  const info = infoOf(rows, sorted, description, facts);
  const { pulses, steps } = info;
  const times = describedTimes(description);
  const check = placeChecks(info);
  return {
    info,
    times: async () => times.slice(),
    counts: async () => Uint32Array.from({ length: steps * pulses }, (_, s) => (store.first[s + 1] as number) - (store.first[s] as number)),
    step: async (step, pulse) => snapshotSet(store, check.snapshot(step, pulse)),
    stepAttributes: async (step) => {
      check.snapshot(step, 0);
      return description.stepAttributes[step] ?? {};
    },
    tracks: async (from, to, options = {}) => {
      check.tracks(from, to);
      throwIfAborted(options.signal);
      return trackSet(store, from, to);
    },
    track: async (id) => {
      check.tracks(id, id + 1);
      return trackSet(store, id, id + 1);
    },
    checkTracks: async () => {
      check.open();
      return [];
    },
    trackTable: async (from, to) => {
      check.tracks(from, to);
      return { from, length: store.length.slice(from, to), ...startsOf(store.start.subarray(from, to), pulses) };
    },
    [Symbol.asyncDispose]: async () => check.close(),
  };
}

function storeOf({ axes, intensity, scalars }: LoadedRows, sorted: SortedRows, pulses: number): Store {
  const { order } = sorted;
  const xyz = new Float32Array(3 * order.length);
  for (const [axis, values] of axes.entries()) {
    for (let i = 0; i < order.length; i++) xyz[3 * i + axis] = values[order[i] as number] as number;
  }
  const taken = (values: Float32Array): Float32Array => {
    const out = new Float32Array(order.length);
    for (let i = 0; i < order.length; i++) out[i] = values[order[i] as number] as number;
    return out;
  };
  return { ...sorted, pulses, xyz, intensity: taken(intensity), scalars: scalars.map(taken) };
}

function infoOf(
  rows: LoadedRows,
  sorted: SortedRows,
  description: ParticleDescription,
  { format, path, title, bounds }: TableFacts,
): ParticleDatasetInfo {
  const tracks = sorted.start.length;
  const message = `The tracks of the table are numbered anew, 0 to ${tracks - 1} in the order of their numbers.`;
  return describedInfo(description, {
    format,
    path,
    title,
    tracks,
    particles: rows.count,
    scales: rows.scales,
    bounds: description.bounds ?? boundsOf(rows, bounds),
    scalars: rows.scalarInfo,
    warnings: [...rows.warnings, ...(sorted.isRenumbered ? [{ code: 'renumbered', message, path }] : [])],
  });
}

/** The whole numbers around all particles, or the least and greatest; the unit cube where there is none. */
function boundsOf({ axes, count }: LoadedRows, kind: TableFacts['bounds']): readonly number[] {
  if (count === 0) return [0, 0, 0, 1, 1, 1];
  const low = axes.map((axis) => finiteLimit(axis, Math.min));
  const high = axes.map((axis) => finiteLimit(axis, Math.max));
  return kind === 'exact' ? [...low, ...high] : [...low.map(Math.floor), ...high.map(Math.ceil)];
}

function snapshotSet({ first, xyz, intensity, track, scalars }: Store, s: number): ParticleSet {
  const [from, to] = [first[s] as number, first[s + 1] as number];
  return {
    count: to - from,
    xyz: xyz.slice(3 * from, 3 * to),
    intensity: intensity.slice(from, to),
    track: track.slice(from, to),
    scalars: scalars.map((values) => values.slice(from, to)),
    warnings: [],
  };
}

function trackSet(store: Store, from: number, to: number): TrackSet {
  const records = { start: store.start.subarray(from, to), length: store.length.subarray(from, to) };
  const found = blankTracks(records, { from, pulses: store.pulses, scalars: store.scalars.length });
  const [begin, end] = crossedSnapshots(records);
  for (let s = begin; s < end; s++) {
    const part = <T extends Float32Array | Uint32Array>(values: T, step = 1): T =>
      values.subarray(step * (store.first[s] as number), step * (store.first[s + 1] as number)) as T;
    const set = {
      track: part(store.track),
      xyz: part(store.xyz, 3),
      intensity: part(store.intensity),
      scalars: store.scalars.map((one) => part(one)),
    };
    addSnapshot(found, records.start, s, set);
  }
  return found;
}
