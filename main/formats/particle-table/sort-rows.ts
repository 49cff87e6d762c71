import { DataError } from '../../../shared/model/data-error.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import type { LoadedRows } from './load-rows.ts';

/** Rows by snapshot and in it by track, those without track last; and the tracks that they make up. */
export interface SortedRows {
  /** Row of the table at each place. */
  readonly order: Uint32Array;
  /** Where each snapshot begins; one more than there are snapshots. */
  readonly first: Uint32Array;
  /** Numbers from 0 on, or NO_TRACK, at each place. */
  readonly track: Uint32Array;
  /** First snapshot and length in snapshots of each track. */
  readonly start: Uint32Array;
  readonly length: Uint32Array;
  /** True where the numbers of the tracks are others than those of the table. */
  readonly isRenumbered: boolean;
}

/** `strict` is for tables of others: what only a damaged set has is refused. */
export function sortRows(
  rows: LoadedRows,
  place: { readonly snapshots: number; readonly pulses: number; readonly path: string; readonly strict: boolean },
): SortedRows {
  const { ids, isRenumbered, tracks } = numberTracks(rows.track, rows.count);
  const { order, first } = bySnapshot(rows.snapshot, place.snapshots);
  for (let s = 0; s < place.snapshots; s++) sortPart(order, first[s] as number, first[s + 1] as number, ids);
  const track = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) track[i] = ids[order[i] as number] as number;
  const { start, length } = trackTable({ order, first, track }, tracks, rows, place);
  return { order, first, track, start, length, isRenumbered };
}

/** Tracks are numbered from 0 on, in the order of their numbers. */
function numberTracks(
  given: Float64Array | undefined,
  count: number,
): { readonly ids: Uint32Array; readonly isRenumbered: boolean; readonly tracks: number } {
  if (!given) return { ids: new Uint32Array(count).fill(NO_TRACK), isRenumbered: false, tracks: 0 };
  const known = distinct(given);
  const tracks = known.length;
  const isSame = tracks === 0 || known[tracks - 1] === tracks - 1;
  const ids = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const id = given[i] as number;
    ids[i] = id < 0 ? NO_TRACK : isSame ? id : search(known, id);
  }
  return { ids, isRenumbered: !isSame, tracks };
}

/** Numbers up to so many times as many as there are rows are marked in a list; others are sorted. */
const DENSE = 8;

/** The numbers from 0 on that occur, ascending. */
function distinct(given: Float64Array): Float64Array {
  let last = -1;
  for (const id of given) if (id > last) last = id;
  if (last < DENSE * given.length) {
    const seen = new Uint8Array(last + 1);
    for (const id of given) if (id >= 0) seen[id] = 1;
    return Float64Array.from(seen.keys()).filter((id) => seen[id] === 1);
  }
  const sorted = given.slice().sort();
  return sorted.filter((id, i) => id >= 0 && id !== sorted[i - 1]);
}

/** Place of a number in ascending ones that hold it. */
function search(known: Float64Array, id: number): number {
  let [low, high] = [0, known.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Stable: rows of a snapshot stay in their order. */
function bySnapshot(snapshot: Uint32Array, snapshots: number): { readonly order: Uint32Array; readonly first: Uint32Array } {
  const first = new Uint32Array(snapshots + 1);
  for (const s of snapshot) first[s + 1] = (first[s + 1] as number) + 1;
  for (let s = 0; s < snapshots; s++) first[s + 1] = (first[s + 1] as number) + (first[s] as number);
  const next = first.slice();
  const order = new Uint32Array(snapshot.length);
  for (let row = 0; row < snapshot.length; row++) {
    const s = snapshot[row] as number;
    const at = next[s] as number;
    order[at] = row;
    next[s] = at + 1;
  }
  return { order, first };
}

function sortPart(order: Uint32Array, from: number, to: number, ids: Uint32Array): void {
  let sorted = true;
  for (let i = from + 1; i < to && sorted; i++) sorted = (ids[order[i - 1] as number] as number) <= (ids[order[i] as number] as number);
  if (!sorted) order.subarray(from, to).sort((a, b) => (ids[a] as number) - (ids[b] as number) || a - b);
}

function trackTable(
  { order, first, track }: Pick<SortedRows, 'order' | 'first' | 'track'>,
  tracks: number,
  rows: LoadedRows,
  { snapshots, pulses, path, strict }: Parameters<typeof sortRows>[1],
): Pick<SortedRows, 'start' | 'length'> {
  const start = new Uint32Array(tracks).fill(NO_TRACK);
  const length = new Uint32Array(tracks);
  const wrong = (at: number, message: (given: number) => string): DataError => {
    const row = order[at] as number;
    return new DataError('malformed', `Row ${row}: ${message(rows.track?.[row] ?? 0)}`, { path, field: `row ${row}` });
  };
  const nameOf = (s: number): string => (pulses === 1 ? `step ${s}` : `step ${Math.floor(s / pulses)}, pulse ${s % pulses}`);
  const firstAt = new Uint32Array(tracks);
  for (let s = 0; s < snapshots; s++) {
    for (let at = first[s] as number; at < (first[s + 1] as number); at++) {
      const id = track[at] as number;
      if (id === NO_TRACK) break;
      if (at > (first[s] as number) && track[at - 1] === id)
        throw wrong(at, (given) => `track ${given} has a second particle in ${nameOf(s)}.`);
      const begin = start[id] as number;
      if (begin === NO_TRACK) {
        [start[id], length[id], firstAt[id]] = [s, 1, at];
        continue;
      }
      const last = begin + (length[id] as number) - 1;
      if (pulses > 1 && Math.floor(begin / pulses) !== Math.floor(s / pulses)) {
        throw wrong(
          at,
          (given) =>
            `track ${given} goes on from step ${Math.floor(begin / pulses)} into step ${Math.floor(s / pulses)}; tracks of ${pulses}-pulse data stay in one step.`,
        );
      }
      if (strict && last + 1 !== s)
        throw wrong(
          at,
          (given) => `track ${given} has no particle in ${nameOf(last + 1)}, but goes on in ${nameOf(s)}; tracks have no gaps.`,
        );
      length[id] = s - begin + 1;
    }
  }
  const short = strict ? length.findIndex((points) => points < 2) : -1;
  if (short >= 0)
    throw wrong(
      firstAt[short] as number,
      (given) => `track ${given} has a single particle; tracks have ${pulses === 2 ? 'exactly' : 'at least'} 2.`,
    );
  return { start, length };
}
