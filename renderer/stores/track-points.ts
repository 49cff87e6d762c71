import { useEffect, useState } from 'react';
import { particleColumns } from '../../shared/compute/particles/columns.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import { type ErrorRecord, isDataError, toErrorRecord } from '../../shared/model/data-error.ts';
import type { ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import type { Differentiation } from '../../shared/model/track-selection.ts';
import { connection } from '../client/connection.ts';
import { useDatasets } from './dataset-store.ts';

/** One track, point by point; values scaled, a gap is NaN. */
export interface TrackPoints {
  readonly track: number;
  readonly count: number;
  readonly steps: ArrayLike<number>;
  readonly pulses: ArrayLike<number>;
  /** Seconds. */
  readonly times: ArrayLike<number>;
  /** By column name: stored ones and those along the track. */
  readonly columns: ReadonlyMap<string, ArrayLike<number>>;
}

export type FoundPoints =
  | { readonly state: 'reading' }
  | { readonly state: 'ready'; readonly points: TrackPoints }
  | { readonly state: 'failed'; readonly error: ErrorRecord };

/** What was read last: the mark in the picture, the plots and the inspector show the same track. */
const LAST = 8;
const known = new Map<string, Promise<TrackPoints>>();

/** Columns that differ from point to point. */
export function pointColumns(info: ParticleDatasetInfo): readonly string[] {
  return particleColumns(info)
    .filter(({ kind }) => kind !== 'track')
    .map(({ name }) => name);
}

function readPoints(dataset: DatasetId, info: ParticleDatasetInfo, track: number, differentiation: Differentiation): Promise<TrackPoints> {
  const key = JSON.stringify([dataset, track, differentiation]);
  const before = known.get(key);
  if (before) return before;
  const columns = pointColumns(info);
  const reading = connection()
    .then((transport) => transport.call('trackPoints', { dataset, track, columns, differentiation }))
    .then(({ meta, arrays }): TrackPoints => {
      const values = arrays.map(({ data }) => data as ArrayLike<number>);
      const [steps = [], pulses = [], times = [], ...rest] = values;
      return { track, count: meta.points, steps, pulses, times, columns: new Map(columns.map((name, index) => [name, rest[index] ?? []])) };
    });
  known.set(key, reading);
  reading.catch(() => known.delete(key));
  for (const oldest of known.keys()) {
    if (known.size <= LAST) break;
    known.delete(oldest);
  }
  return reading;
}

/** The points of a track; undefined where none is selected. What was there stays until the new ones come. */
export function useTrackPoints(
  dataset: DatasetId,
  info: ParticleDatasetInfo,
  track: number | undefined,
  differentiation: Differentiation | undefined,
): FoundPoints | undefined {
  const [found, setFound] = useState<FoundPoints>();
  useEffect(() => {
    if (track === undefined || !differentiation) return setFound(undefined);
    let wanted = true;
    setFound((before) => (before?.state === 'ready' && before.points.track === track ? before : { state: 'reading' }));
    readPoints(dataset, info, track, differentiation).then(
      (points) => {
        if (wanted) setFound({ state: 'ready', points });
      },
      (error: unknown) => {
        if (wanted && !isDataError(error, 'aborted')) setFound({ state: 'failed', error: toErrorRecord(error) });
      },
    );
    return () => {
      wanted = false;
    };
  }, [dataset, info, track, differentiation]);
  return found;
}

/** Number of the point at a step and pulse; -1 where the track is not there. */
export function pointAt({ steps, pulses, count }: TrackPoints, step: number, pulse: number): number {
  for (let at = 0; at < count; at++) if (steps[at] === step && pulses[at] === pulse) return at;
  return -1;
}

useDatasets.subscribe(({ opened }, before) => {
  if (opened !== before.opened) known.clear();
});
