import type { DatasetInfo } from '../../shared/model/dataset.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import { connection } from '../client/connection.ts';
import { useDatasets } from './dataset-store.ts';
import { stepTimes } from './particle-tables.ts';

/** Seconds per unit of time. */
const TIME_UNITS: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, µs: 1e-6, μs: 1e-6, us: 1e-6, ns: 1e-9, min: 60, h: 3600 };

/** Times that came with buffers; small numbers, dropped with their dataset. */
const known = new Map<DatasetId, Map<number, number | undefined>>();

/** Times of all buffers where the navigation axis itself is time; undefined where only an opened buffer tells. */
export function axisTime(info: DatasetInfo): ((buffer: number) => number) | undefined {
  if (info.kind !== 'frames' || info.nav.length !== 1) return undefined;
  const axis = info.nav[0];
  const factor = axis && TIME_UNITS[axis.scale.unit];
  if (!axis || factor === undefined) return undefined;
  return (buffer) => factor * (axis.values?.[buffer] ?? axis.scale.slope * buffer + axis.scale.offset);
}

/** Acquisition time of a buffer in seconds: from the axis, or by opening the buffer. */
export async function acquisitionTime(dataset: DatasetId, buffer: number): Promise<number | undefined> {
  const info = useDatasets.getState().opened[dataset]?.info;
  if (!info) return undefined;
  if (info.kind === 'particles') return (await stepTimes(dataset))?.[buffer * info.pulses];
  const fromAxis = axisTime(info);
  // A buffer without a stored time is NaN on the axis.
  if (fromAxis) return Number.isFinite(fromAxis(buffer)) ? fromAxis(buffer) : undefined;
  const times = known.get(dataset) ?? new Map<number, number | undefined>();
  known.set(dataset, times);
  if (!times.has(buffer)) times.set(buffer, await readTime(dataset, buffer));
  return times.get(buffer);
}

async function readTime(dataset: DatasetId, buffer: number): Promise<number | undefined> {
  try {
    return (await (await connection()).call('buffer', { dataset, buffer })).meta.info.time?.seconds;
  } catch {
    // A damaged buffer has no time; the view tells its error when it is shown.
    return undefined;
  }
}

useDatasets.subscribe(({ opened }) => {
  for (const id of known.keys()) if (!opened[id]) known.delete(id);
});
