import { useEffect, useState } from 'react';
import type { DatasetId } from '../../shared/contract/opened.ts';
import { type ErrorRecord, toErrorRecord } from '../../shared/model/data-error.ts';
import type { Differentiation, TrackSelection } from '../../shared/model/track-selection.ts';
import { connection } from '../client/connection.ts';
import { passingTracks } from '../draw-worker/draw-client.ts';

/** Starts and lengths of all tracks, by number. */
export interface TrackList {
  readonly count: number;
  readonly startStep: ArrayLike<number>;
  readonly startPulse: ArrayLike<number>;
  readonly length: ArrayLike<number>;
}

export type FoundList =
  | { readonly state: 'reading' }
  | { readonly state: 'ready'; readonly list: TrackList }
  | { readonly state: 'failed'; readonly error: ErrorRecord };
export type TrackOrder = 'id' | 'start' | 'length';

export function useTrackList(dataset: DatasetId, tracks: number): FoundList {
  const [found, setFound] = useState<FoundList>({ state: 'reading' });
  useEffect(() => {
    const control = new AbortController();
    setFound({ state: 'reading' });
    connection()
      .then((transport) => transport.call('trackTable', { dataset, from: 0, to: tracks }, { signal: control.signal }))
      .then(
        ({ arrays }) => {
          const [startStep = [], startPulse = [], length = []] = arrays.map(({ data }) => data as ArrayLike<number>);
          if (!control.signal.aborted) setFound({ state: 'ready', list: { count: tracks, startStep, startPulse, length } });
        },
        (error: unknown) => {
          if (!control.signal.aborted) setFound({ state: 'failed', error: toErrorRecord(error) });
        },
      );
    return () => control.abort();
  }, [dataset, tracks]);
  return found;
}

export interface TrackRows {
  /** Track number of every row. */
  readonly order: Uint32Array;
  /** Row of every track; NO_ROW for those that are not listed. */
  readonly rows: Uint32Array;
}

export const NO_ROW = 0xffffffff;
/** Tracks that are looked at before the page may do something else. */
const AT_ONCE = 1 << 16;
const SLICE_MILLISECONDS = 8;

/**
 * Tracks that pass (mask 1, absent = all) by a column, equal ones by number: places are counted instead of compared. Gives way after every
 * AT_ONCE tracks.
 */
export function* orderTracks(
  { count, startStep, startPulse, length }: TrackList,
  by: TrackOrder,
  descending: boolean,
  mask?: Uint8Array,
): Generator<undefined, TrackRows> {
  const pulses = by === 'start' ? 1 + largest(startPulse, count) : 1;
  const keyOf = (id: number): number => (by === 'id' ? id : by === 'start' ? startStep[id]! * pulses + startPulse[id]! : length[id]!);
  const most = by === 'id' ? count : by === 'start' ? (1 + largest(startStep, count)) * pulses : largest(length, count);
  yield;
  const slot = (id: number): number => (descending ? most - keyOf(id) : keyOf(id));
  const places = new Uint32Array(most + 2);
  let listed = 0;
  for (let id = 0; id < count; id++) {
    if (id % AT_ONCE === AT_ONCE - 1) yield;
    if (mask && mask[id] !== 1) continue;
    places[slot(id) + 1]!++;
    listed++;
  }
  for (let at = 0; at <= most; at++) places[at + 1]! += places[at]!;
  const order = new Uint32Array(listed);
  const rows = new Uint32Array(count).fill(NO_ROW);
  for (let id = 0; id < count; id++) {
    if (id % AT_ONCE === AT_ONCE - 1) yield;
    if (mask && mask[id] !== 1) continue;
    const row = places[slot(id)]!++;
    order[row] = id;
    rows[id] = row;
  }
  return { order, rows };
}

/** The rows as they were last ordered; undefined before the first time. */
export function useTrackRows(
  list: TrackList | undefined,
  by: TrackOrder,
  descending: boolean,
  mask: Uint8Array | undefined,
): TrackRows | undefined {
  const [made, setMade] = useState<{ readonly list: TrackList; readonly rows: TrackRows }>();
  useEffect(() => {
    if (!list) return undefined;
    const work = orderTracks(list, by, descending, mask);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = (): void => {
      const until = performance.now() + SLICE_MILLISECONDS;
      let next = work.next();
      while (!next.done && performance.now() < until) next = work.next();
      if (next.done) setMade({ list, rows: next.value });
      else timer = setTimeout(goOn);
    };
    goOn();
    return () => clearTimeout(timer);
  }, [list, by, descending, mask]);
  return made?.list === list ? made?.rows : undefined;
}

/** Which tracks pass the filters of a view (1), by number; absent = all of them, or not known yet. */
export function usePassingTracks(
  viewId: string,
  selection: TrackSelection | undefined,
  differentiation: Differentiation | undefined,
): Uint8Array | undefined {
  const [passing, setPassing] = useState<Uint8Array>();
  useEffect(() => {
    let wanted = true;
    if (!selection) return setPassing(undefined);
    void passingTracks(viewId).then((mask) => {
      if (wanted) setPassing(mask);
    });
    return () => {
      wanted = false;
    };
  }, [viewId, selection, differentiation]);
  return passing;
}

function largest(values: ArrayLike<number>, count: number): number {
  let most = 0;
  for (let at = 0; at < count; at++) if (values[at]! > most) most = values[at]!;
  return most;
}
