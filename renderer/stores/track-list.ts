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

/** More than any track number, and with what it multiplies still exact. */
const KEY_FACTOR = 2 ** 32;

/** Track numbers by a column, equal ones by number. Keys that hold both sort without a comparison in between, which is ten times faster. */
export function orderedTracks({ count, startStep, startPulse, length }: TrackList, by: TrackOrder, descending: boolean): Uint32Array {
  const keyOf = { id: (): number => 0, start: (id: number): number => startStep[id]! * 8 + startPulse[id]!, length: (id: number): number => length[id]! }[by];
  const sign = descending && by !== 'id' ? -1 : 1;
  const keys = Float64Array.from({ length: count }, (_, id) => sign * keyOf(id) * KEY_FACTOR + id).sort();
  const order = Uint32Array.from(keys, (key) => key - Math.floor(key / KEY_FACTOR) * KEY_FACTOR);
  return descending && by === 'id' ? order.reverse() : order;
}
