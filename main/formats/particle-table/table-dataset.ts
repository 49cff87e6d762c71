import { particleTables } from '../../../shared/compute/particle-tables.ts';
import { unitWarnings } from '../../../shared/compute/particles/length-units.ts';
import { particleSummary } from '../../../shared/compute/particles/particle-summary.ts';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { NO_TRACK, type ParticleSet, type TrackSet } from '../../../shared/model/particles.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';
import { finiteLimit, type LoadedRows } from './load-rows.ts';
import type { SortedRows } from './sort-rows.ts';

const PICOSECONDS = 1e12;
/** Bytes of the points of one answer. */
const MAX_BYTES = 1 << 30;
const TYPE_IDS: Readonly<Record<number, string>> = { 1: 'TIME_RESOLVED', 2: 'DOUBLE_PULSE', 4: 'FOUR_PULSE' };

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
  readonly close: () => Promise<void>;
}

/** The rows of a table as a dataset; nothing is read any more. */
export function tableDataset(rows: LoadedRows, sorted: SortedRows, description: ParticleDescription, facts: TableFacts): ParticleDataset {
  const store = storeOf(rows, sorted, description.pulses);
  const info = infoOf(rows, sorted, description, facts);
  const { pulses, steps, title, path } = info;
  const times = timesOf(description);
  let closed = false;
  const checkOpen = (): void => {
    if (closed) throw new DataError('closed', `The table ${title} is closed.`, { path });
  };
  const snapshotOf = (step: number, pulse: number): number => {
    checkOpen();
    if (!(Number.isInteger(step) && step >= 0 && step < steps))
      throw new DataError('out-of-range', `There is no step ${step}: ${title} has ${steps} (0 to ${steps - 1}).`, { path, field: 'step' });
    if (!(Number.isInteger(pulse) && pulse >= 0 && pulse < pulses))
      throw new DataError('out-of-range', `There is no pulse ${pulse}: a step of ${title} has ${pulses}.`, { path, field: 'pulse' });
    return step * pulses + pulse;
  };
  const checkTracks = (from: number, to: number): void => {
    checkOpen();
    if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= info.tracks) return;
    const all = info.tracks === 0 ? `${title} has no tracks` : `${title} has ${info.tracks} (0 to ${info.tracks - 1})`;
    throw new DataError(
      'out-of-range',
      to - from === 1 ? `There is no track ${from}: ${all}.` : `There are no tracks ${from} to ${to}: ${all}.`,
      { path, field: 'track' },
    );
  };
  return {
    info,
    times: async () => times.slice(),
    counts: async () => Uint32Array.from({ length: steps * pulses }, (_, s) => (store.first[s + 1] as number) - (store.first[s] as number)),
    step: async (step, pulse) => snapshotSet(store, snapshotOf(step, pulse)),
    stepAttributes: async (step) => {
      snapshotOf(step, 0);
      return description.stepAttributes[step] ?? {};
    },
    tracks: async (from, to, options = {}) => {
      checkTracks(from, to);
      throwIfAborted(options.signal);
      return trackSet(store, from, to);
    },
    track: async (id) => {
      checkTracks(id, id + 1);
      return trackSet(store, id, id + 1);
    },
    checkTracks: async () => checkOpen(),
    trackTable: async (from, to) => {
      checkTracks(from, to);
      return { from, length: store.length.slice(from, to), ...startsOf(store, from, to) };
    },
    [Symbol.asyncDispose]: async () => {
      closed = true;
      await facts.close();
    },
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
  { format, path, title }: TableFacts,
): ParticleDatasetInfo {
  const { pulses, times, attributes, startTime, firstNumber } = description;
  const steps = times.length / pulses;
  const tracks = sorted.start.length;
  const renumbered: readonly Warning[] = sorted.isRenumbered
    ? [
        {
          code: 'renumbered',
          message: `The tracks of the table are numbered anew, 0 to ${tracks - 1} in the order of their numbers.`,
          path,
        },
      ]
    : [];
  return {
    kind: 'particles',
    format,
    title: description.title ?? title,
    path,
    summary: particleSummary({ pulses, steps, tracks }),
    typeId: TYPE_IDS[pulses] ?? '',
    attributes,
    warnings: [...rows.warnings, ...renumbered, ...(tracks > 0 ? unitWarnings(rows.scales, path) : [])],
    tables: particleTables(times.length, tracks),
    children: [],
    steps,
    pulses,
    tracks,
    particles: rows.count,
    startTime: startTime + (times[0] as number),
    scales: rows.scales,
    bounds: description.bounds ?? boundsOf(rows),
    scalars: rows.scalarInfo,
    firstNumber,
  };
}

/** The whole numbers around all particles; the unit cube where there is none. */
function boundsOf({ axes, count }: LoadedRows): readonly number[] {
  if (count === 0) return [0, 0, 0, 1, 1, 1];
  return [...axes.map((axis) => Math.floor(finiteLimit(axis, Math.min))), ...axes.map((axis) => Math.ceil(finiteLimit(axis, Math.max)))];
}

/** With one pulse a step from the first one on, in whole picoseconds; with several as they are. */
function timesOf({ pulses, times, startTime }: ParticleDescription): Float64Array {
  if (pulses > 1) return times.map((time) => time + startTime);
  const origin = picoseconds(times[0] as number);
  return times.map((time) => Number(picoseconds(time) - origin) / PICOSECONDS);
}

function picoseconds(time: number): bigint {
  const whole = Math.floor(time);
  return BigInt(whole) * BigInt(PICOSECONDS) + BigInt(Math.round((time - whole) * PICOSECONDS));
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

function startsOf({ start, pulses }: Store, from: number, to: number): Pick<TrackSet, 'startStep' | 'startPulse'> {
  const part = start.subarray(from, to);
  return { startStep: part.map((s) => Math.floor(s / pulses)), startPulse: Uint8Array.from(part, (s) => s % pulses) };
}

function trackSet(store: Store, from: number, to: number): TrackSet {
  const { start, length, scalars } = store;
  const first = new Uint32Array(to - from + 1);
  let [points, begin, end] = [0, Number.POSITIVE_INFINITY, 0];
  for (let id = from; id < to; id++) {
    points += length[id] as number;
    first[id - from + 1] = points;
    begin = Math.min(begin, start[id] as number);
    end = Math.max(end, (start[id] as number) + (length[id] as number));
  }
  const bytes = points * 4 * (4 + scalars.length);
  if (bytes > MAX_BYTES)
    throw new DataError(
      'too-large',
      `Tracks ${from} to ${to - 1} have ${points} particles, ${bytes} bytes; at most ${MAX_BYTES} are read at once.`,
      { field: 'track' },
    );
  const missing = (count: number): Float32Array => new Float32Array(count).fill(Number.NaN);
  const found: TrackSet = {
    from,
    first,
    ...startsOf(store, from, to),
    xyz: missing(3 * points),
    intensity: missing(points),
    scalars: scalars.map(() => missing(points)),
  };
  for (let s = begin; s < end; s++) addSnapshot(found, store, s, to);
  return found;
}

/** Those of a snapshot whose tracks are wanted; tracks ascend in it. */
function addSnapshot({ from, first, xyz, intensity, scalars }: TrackSet, store: Store, s: number, to: number): void {
  const { track, start } = store;
  for (let i = lowerBound(track, store.first[s] as number, store.first[s + 1] as number, from); i < (store.first[s + 1] as number); i++) {
    const id = track[i] as number;
    if (id === NO_TRACK || id >= to) return;
    const row = (first[id - from] as number) + s - (start[id] as number);
    xyz.set(store.xyz.subarray(3 * i, 3 * i + 3), 3 * row);
    intensity[row] = store.intensity[i] as number;
    for (let k = 0; k < scalars.length; k++) (scalars[k] as Float32Array)[row] = store.scalars[k]?.[i] as number;
  }
}

/** The first place from `low` to `high` whose track is not below `id`. */
function lowerBound(track: Uint32Array, low: number, high: number, id: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((track[middle] as number) < id) from = middle + 1;
    else to = middle;
  }
  return from;
}
