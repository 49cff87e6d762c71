import { DataError } from '../../model/data-error.ts';
import type { TrackBox, TrackSelection, ValueRange } from '../../model/track-selection.ts';
import type { TrackFacts } from './track-facts.ts';

/** What passes: all tracks, those of the whole selection, those of each filter alone (order of `selection.filters`, then the box). */
export interface SelectionCounts {
  readonly total: number;
  readonly shown: number;
  readonly each: readonly number[];
}

/** Facts of tracks that a selection asks for beyond start and length. */
export function neededFacts({ filters, box }: TrackSelection): { readonly columns: readonly string[]; readonly box: boolean } {
  const columns = new Set(filters.map(({ column }) => column));
  columns.delete('length');
  columns.delete('id');
  return { columns: [...columns], box: box !== undefined };
}

/** `invalid-option` for ranges that hold nothing by mistake. */
export function checkSelection({ filters, box, every }: TrackSelection): void {
  for (const { column, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } of filters) {
    if (low <= high) continue;
    throw new DataError('invalid-option', `The range of ${column} goes from ${low} to ${high}: nothing lies in it.`, {
      field: 'selection',
    });
  }
  for (const axis of [0, 1, 2] as const) {
    if (!box || box.low[axis] <= box.high[axis]) continue;
    throw new DataError(
      'invalid-option',
      `The box goes from ${box.low[axis]} to ${box.high[axis]} along ${'xyz'[axis]}: nothing lies in it.`,
      { field: 'selection' },
    );
  }
  if (every !== undefined && !(Number.isInteger(every) && every >= 1)) {
    throw new DataError('invalid-option', `Every n-th track needs a whole n from 1 on, got ${every}.`, { field: 'every' });
  }
}

/** Which tracks pass (1), and how many. `facts` must hold what `neededFacts` names; a fact that is NaN passes no filter. */
export function passingTracks(
  facts: TrackFacts,
  selection: TrackSelection,
): { readonly mask: Uint8Array; readonly counts: SelectionCounts } {
  const total = facts.length.length;
  const mask = new Uint8Array(total).fill(1);
  const each: number[] = [];
  for (const filter of selection.filters) each.push(keepRange(mask, factsOf(facts, filter.column), filter));
  if (selection.box) each.push(keepBox(mask, facts.box ?? missing('box'), selection.box));
  const { every = 1 } = selection;
  if (every > 1) for (let id = 0; id < total; id++) if (id % every !== 0) mask[id] = 0;
  let shown = 0;
  for (let id = 0; id < total; id++) shown += mask[id] as number;
  return { mask, counts: { total, shown, each } };
}

/** Values by track number; those of 'id' are the numbers themselves. */
function factsOf({ length, means }: TrackFacts, column: string): Float32Array | Uint32Array | undefined {
  if (column === 'length') return length;
  return column === 'id' ? undefined : (means.get(column) ?? missing(column));
}

function missing(column: string): never {
  throw new DataError('internal', `The facts of the tracks do not hold ${column}.`, { field: column });
}

/** Takes out of the mask what is not in the range; how many are in it. */
function keepRange(
  mask: Uint8Array,
  values: Float32Array | Uint32Array | undefined,
  { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY }: ValueRange,
): number {
  let inside = 0;
  for (let id = 0; id < mask.length; id++) {
    const value = values ? (values[id] as number) : id;
    if (value >= low && value <= high) inside += 1;
    else mask[id] = 0;
  }
  return inside;
}

function keepBox(mask: Uint8Array, extents: Float32Array, box: TrackBox): number {
  let inside = 0;
  for (let id = 0; id < mask.length; id++) {
    if (isInBox(extents, 6 * id, box)) inside += 1;
    else mask[id] = 0;
  }
  return inside;
}

function isInBox(extents: Float32Array, at: number, { low, high, whole }: TrackBox): boolean {
  for (let axis = 0; axis < 3; axis++) {
    const [from, to] = [extents[at + axis] as number, extents[at + 3 + axis] as number];
    const [min, max] = [low[axis] as number, high[axis] as number];
    if (!(whole ? from >= min && to <= max : from <= max && to >= min)) return false;
  }
  return true;
}

/** Whether a particle without track passes: its own values count; of those that the step has, every n-th by `order`. */
export function passingParticle({ filters, box, every = 1 }: TrackSelection, order: number, value: (column: string) => number): boolean {
  if (order % every !== 0) return false;
  for (const { column, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } of filters) {
    const own = value(column);
    if (!(own >= low && own <= high)) return false;
  }
  if (!box) return true;
  return (['x', 'y', 'z'] as const).every((axis, k) => value(axis) >= (box.low[k] as number) && value(axis) <= (box.high[k] as number));
}
