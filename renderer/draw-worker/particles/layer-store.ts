import { MOTION_COLUMNS } from '../../../shared/compute/particles/columns.ts';
import { onAxes, type ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import { isDataError } from '../../../shared/model/data-error.ts';
import type { Differentiation } from '../../../shared/model/track-selection.ts';
import type { LayerWish } from './layer-plan.ts';
import type { LayerArrays, ParticleAccess } from './particle-access.ts';

/** The particles of a snapshot in the units of the axes, with the columns that were asked for so far (scaled values). */
export interface StoredLayer {
  readonly snapshot: number;
  readonly every: number;
  readonly count: number;
  readonly positions: Float32Array;
  readonly track: Uint32Array;
  readonly next: Uint32Array;
  readonly columns: Map<string, Float32Array>;
}

/** What layers belong to; another one forgets them all. */
export interface LayerSource {
  readonly dataset: string;
  readonly pulses: number;
  readonly axes: ParticleAxes;
  readonly differentiation: Differentiation;
}

/** Layers of one dataset within a budget of bytes. What is wanted is fetched in the given order, what is not wanted any more is aborted. */
export interface LayerStore {
  /** `wanted`: most wanted first; layers that are there are not fetched again, missing columns are. */
  aim(source: LayerSource, wanted: readonly LayerWish[]): void;
  /** The layer with all its columns; undefined until it is there. */
  get(wish: LayerWish): StoredLayer | undefined;
  /** Why it cannot be had. */
  failure(wish: LayerWish): unknown;
  /** True where it is neither there nor failed nor beyond the budget. */
  isAwaited(wish: LayerWish): boolean;
  /** True where nothing is under way. */
  isIdle(): boolean;
  cancel(): void;
  forget(): void;
}

const CALLS_AT_ONCE = 4;
/** Enough for the most vertices that are drawn, with some columns, and for what comes next: the host keeps more. */
const BUDGET_BYTES = 160 * 2 ** 20;
const MOTION: ReadonlySet<string> = new Set(MOTION_COLUMNS);

/** `changed` is told after every arrival and failure. */
export function layerStore(access: () => Promise<ParticleAccess>, changed: () => void, budget = BUDGET_BYTES): LayerStore {
  const layers = new Map<string, StoredLayer>();
  const failures = new Map<string, unknown>();
  const flights = new Map<string, { readonly columns: readonly string[]; readonly abort: AbortController }>();
  let source: LayerSource | undefined;
  let wanted: readonly LayerWish[] = [];
  let needed: ReadonlyMap<string, LayerWish> = new Map();
  /** Those before it are there, failed or under way: whole sets may have 100,000 layers. */
  let nextWanted = 0;
  let bytes = 0;
  /** Bytes that a layer is expected to have. */
  let usual = 0;
  let isFull = false;

  const lacking = ({ columns, ...wish }: LayerWish): readonly string[] => {
    const layer = layers.get(keyOf(wish));
    return layer ? columns.filter((name) => !layer.columns.has(name)) : columns;
  };
  const isThere = (wish: LayerWish): boolean => layers.has(keyOf(wish)) && lacking(wish).length === 0;

  const fetchOne = async (wish: LayerWish, from: LayerSource): Promise<void> => {
    const key = keyOf(wish);
    const columns = lacking(wish);
    const abort = new AbortController();
    const flight = { columns, abort };
    flights.set(key, flight);
    try {
      const host = await access();
      const { dataset, pulses, differentiation } = from;
      const request = {
        dataset,
        step: Math.floor(wish.snapshot / pulses),
        pulse: wish.snapshot % pulses,
        columns,
        differentiation,
        ...(wish.every > 1 ? { every: wish.every } : {}),
      };
      const arrays = await host.layer(request, abort.signal);
      if (flights.get(key) !== flight) return;
      keep(wish, arrays, columns, from.axes);
    } catch (error) {
      if (flights.get(key) !== flight) return;
      if (!isDataError(error, 'aborted')) failures.set(failureKey(wish), error);
      nextWanted = 0;
    }
    flights.delete(key);
    pump();
    changed();
  };

  const keep = (wish: LayerWish, arrays: LayerArrays, columns: readonly string[], axes: ParticleAxes): void => {
    const key = keyOf(wish);
    const known = layers.get(key);
    const fresh = columns.map((name, k) => [name, arrays.columns[k]!] as const);
    bytes += fresh.reduce((sum, [, data]) => sum + data.byteLength, 0);
    if (known?.count === arrays.track.length) {
      for (const [name, data] of fresh) known.columns.set(name, data);
      return;
    }
    if (known) drop(key, known);
    const layer = storedLayer({ ...wish, columns }, arrays, axes);
    layers.set(key, layer);
    bytes += ownBytes(layer);
    usual = bytes / layers.size;
  };

  const drop = (key: string, layer: StoredLayer): void => {
    layers.delete(key);
    bytes -= ownBytes(layer) + [...layer.columns.values()].reduce((sum, data) => sum + data.byteLength, 0);
  };

  /** Gives up what is not wanted, the oldest first. */
  const makeRoom = (): void => {
    if (bytes + (flights.size + 1) * usual <= budget) return;
    for (const [key, layer] of layers) {
      if (bytes + (flights.size + 1) * usual <= budget) return;
      if (!needed.has(key)) drop(key, layer);
    }
  };

  /** What is wanted stays, and nothing more is fetched beyond the budget; the most wanted is fetched in any case. */
  const pump = (): void => {
    if (!source) return;
    isFull = false;
    for (; nextWanted < wanted.length; nextWanted++) {
      const wish = wanted[nextWanted]!;
      const key = keyOf(wish);
      if (flights.has(key) || failures.has(failureKey(wish)) || isThere(wish)) continue;
      if (flights.size >= CALLS_AT_ONCE) return;
      makeRoom();
      if (nextWanted > 0 && bytes + (flights.size + 1) * usual > budget) {
        isFull = flights.size === 0;
        return;
      }
      void fetchOne(wish, source);
    }
  };

  const forgetMotion = (): void => {
    for (const { columns } of layers.values()) {
      for (const [name, data] of columns) {
        if (!MOTION.has(name)) continue;
        columns.delete(name);
        bytes -= data.byteLength;
      }
    }
  };

  const cancel = (): void => {
    wanted = [];
    nextWanted = 0;
    for (const { abort } of flights.values()) abort.abort();
    flights.clear();
  };

  const forget = (): void => {
    cancel();
    layers.clear();
    failures.clear();
    bytes = 0;
    usual = 0;
  };

  return {
    aim(to, wishes) {
      if (source?.dataset !== to.dataset || JSON.stringify(source.axes) !== JSON.stringify(to.axes)) forget();
      else if (JSON.stringify(source.differentiation) !== JSON.stringify(to.differentiation)) {
        cancel();
        failures.clear();
        forgetMotion();
      }
      source = to;
      wanted = wishes;
      nextWanted = 0;
      needed = new Map(wishes.map((wish) => [keyOf(wish), wish]));
      for (const [key, { columns, abort }] of flights) {
        const wish = needed.get(key);
        if (wish && lacking(wish).every((name) => columns.includes(name))) continue;
        flights.delete(key);
        abort.abort();
      }
      pump();
    },
    get: (wish) => (isThere(wish) ? layers.get(keyOf(wish)) : undefined),
    failure: (wish) => failures.get(failureKey(wish)),
    isIdle: () => flights.size === 0,
    isAwaited: (wish) => !isThere(wish) && !failures.has(failureKey(wish)) && !isFull,
    cancel,
    forget,
  };
}

/** Arrays of the host as a layer; `columns` are those of the request. The arrays become those of the layer. */
export function storedLayer(
  { snapshot, every, columns }: LayerWish,
  { xyz, track, next, columns: data }: LayerArrays,
  axes: ParticleAxes,
): StoredLayer {
  return {
    snapshot,
    every,
    count: track.length,
    positions: onAxes(xyz, axes),
    track,
    next,
    columns: new Map(columns.map((name, k) => [name, data[k]!])),
  };
}

function keyOf({ snapshot, every }: Pick<LayerWish, 'snapshot' | 'every'>): string {
  return `${snapshot} ${every}`;
}

/** With other columns it may do. */
function failureKey(wish: LayerWish): string {
  return `${keyOf(wish)} ${wish.columns.join(' ')}`;
}

function ownBytes({ count }: StoredLayer): number {
  return count * 20;
}
