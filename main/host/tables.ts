import { DEVICES_INFO, deviceTable } from '../../shared/compute/device-table.ts';
import { timeTable } from '../../shared/compute/time-table.ts';
import { lengthTable, particleCountTable, particleTimeTable, trackTableOf } from '../../shared/compute/particle-tables.ts';
import { DataError, isDataError, throwIfAborted } from '../../shared/model/data-error.ts';
import {
  bufferCount,
  isFrameDataset,
  type BufferFacts,
  type Dataset,
  type FrameDataset,
  type LongReadOptions,
  type ParticleDataset,
  type ReadOptions,
} from '../../shared/model/dataset.ts';
import type { BufferInfo } from '../../shared/model/frames.ts';
import type { Table } from '../../shared/model/table.ts';

export interface TableWish {
  readonly name: string;
  readonly buffer?: number | undefined;
  readonly from?: number | undefined;
  /** The first row that is not wanted any more, of tables that are read by rows (tracks). */
  readonly to?: number | undefined;
}

const PROGRESS_EVERY_MS = 100;

/** Progress as often as people can read it, and the end of it. */
export function seldom(progress: (done: number, total: number) => void): (done: number, total: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - last < PROGRESS_EVERY_MS) return;
    last = now;
    progress(done, total);
  };
}

/** Reads a table that the dataset lists in `info.tables`: `invalid-option` for another one. */
export async function readTable(dataset: Dataset, wish: TableWish, options: LongReadOptions): Promise<Table> {
  const { info } = dataset;
  const known = info.tables.map(({ name }) => name);
  if (!known.includes(wish.name)) {
    const hint = known.length === 0 ? 'It has no tables.' : `Its tables: ${known.join(', ')}.`;
    throw new DataError('invalid-option', `${info.title} has no table '${wish.name}'.`, { path: info.path, field: 'table', hint });
  }
  if (!isFrameDataset(dataset)) return readParticleTable(dataset, wish, options);
  if (wish.name === DEVICES_INFO.name) {
    if (wish.buffer === undefined) {
      throw new DataError('invalid-option', `Every buffer has a table '${wish.name}' of its own; name a buffer.`, { field: 'buffer' });
    }
    return deviceTable((await bufferFacts(dataset, wish.buffer, options)).info.attributes);
  }
  return readTimes(dataset, wish.from ?? 0, options);
}

async function readParticleTable(dataset: ParticleDataset, { name, from = 0, to }: TableWish, options: ReadOptions): Promise<Table> {
  const { info } = dataset;
  const rows = info.tables.find((table) => table.name === name)?.rows ?? info.steps * info.pulses;
  checkRow(name, from, rows);
  if (name === 'times') return particleTimeTable(info, await dataset.times(options), from);
  if (name === 'tracks') return trackTableOf(await dataset.trackTable(from, Math.min(rows, to ?? rows), options));
  const tracks = await dataset.trackTable(0, info.tracks, options);
  if (name === 'lengths') return lengthTable(info, tracks, from);
  return particleCountTable(info, await dataset.times(options), await dataset.counts(options), tracks, from);
}

function checkRow(name: string, from: number, rows: number): void {
  if (Number.isInteger(from) && from >= 0 && from <= rows) return;
  throw new DataError('out-of-range', `There is no row ${from}: the table '${name}' has ${rows}.`, { field: 'from' });
}

/** The facts of a buffer by the cheapest way that the dataset has. */
export async function bufferFacts(dataset: FrameDataset, index: number, options: ReadOptions): Promise<BufferFacts> {
  return dataset.facts ? dataset.facts(index, options) : dataset.buffer(index, options);
}

/** The times of all buffers from `from` on. A buffer that cannot be read has none: its own error is told where it is opened. */
async function readTimes(dataset: FrameDataset, from: number, { signal, progress }: LongReadOptions): Promise<Table> {
  const total = bufferCount(dataset.info);
  checkRow('times', from, total);
  const times: BufferInfo['time'][] = [];
  for (let index = from; index < total; index++) {
    throwIfAborted(signal);
    times.push(await timeOf(dataset, index, { signal }));
    progress?.(index + 1 - from, total - from);
  }
  return timeTable(from, times);
}

async function timeOf(dataset: FrameDataset, index: number, options: ReadOptions): Promise<BufferInfo['time']> {
  try {
    return (await bufferFacts(dataset, index, options)).info.time;
  } catch (error) {
    if (!isDataError(error) || error.code === 'aborted' || error.code === 'closed') throw error;
    return undefined;
  }
}
