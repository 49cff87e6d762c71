import { useEffect, useState } from 'react';
import type { DatasetId } from '../../shared/contract/methods.ts';
import { type ErrorRecord, toErrorRecord } from '../../shared/model/data-error.ts';
import { connection } from '../client/connection.ts';

/** Starts and lengths of all tracks, by number. */
export interface TrackList {
  readonly count: number;
  readonly startStep: ArrayLike<number>;
  readonly startPulse: ArrayLike<number>;
  readonly length: ArrayLike<number>;
}

export type FoundList = { readonly state: 'reading' } | { readonly state: 'ready'; readonly list: TrackList } | { readonly state: 'failed'; readonly error: ErrorRecord };
export type TrackOrder = 'id' | 'start' | 'length';

export function useTrackList(dataset: DatasetId, tracks: number): FoundList {
  const [found, setFound] = useState<FoundList>({ state: 'reading' });
  useEffect(() => {
    const control = new AbortController();
    setFound({ state: 'reading' });
    connection().then((transport) => transport.call('trackTable', { dataset, from: 0, to: tracks }, { signal: control.signal })).then(
      ({ arrays }) => {
        const [startStep = [], startPulse = [], length = []] = arrays.map(({ data }) => data as ArrayLike<number>);
        if (!control.signal.aborted) setFound({ state: 'ready', list: { count: tracks, startStep, startPulse, length } });
      },
      (error: unknown) => { if (!control.signal.aborted) setFound({ state: 'failed', error: toErrorRecord(error) }); },
    );
    return () => control.abort();
  }, [dataset, tracks]);
  return found;
}

/** Track numbers by a column, equal ones by number: places are counted instead of compared, which takes milliseconds for a million tracks. */
export function orderedTracks({ count, startStep, startPulse, length }: TrackList, by: TrackOrder, descending: boolean): Uint32Array {
  if (by === 'id') return Uint32Array.from({ length: count }, (_, row) => (descending ? count - 1 - row : row));
  const pulses = by === 'start' ? 1 + largest(startPulse, count) : 1;
  const keys = new Uint32Array(count);
  for (let id = 0; id < count; id++) keys[id] = by === 'start' ? startStep[id]! * pulses + startPulse[id]! : length[id]!;
  const most = largest(keys, count);
  const places = new Uint32Array(most + 2);
  const slot = (key: number): number => (descending ? most - key : key);
  for (let id = 0; id < count; id++) places[slot(keys[id]!) + 1]!++;
  for (let at = 0; at <= most; at++) places[at + 1]! += places[at]!;
  const order = new Uint32Array(count);
  for (let id = 0; id < count; id++) order[places[slot(keys[id]!)]!++] = id;
  return order;
}

function largest(values: ArrayLike<number>, count: number): number {
  let most = 0;
  for (let at = 0; at < count; at++) if (values[at]! > most) most = values[at]!;
  return most;
}
