import type { CacheUsage } from '../../../shared/contract/opened.ts';
import { throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ParticleDataset } from '../../../shared/model/dataset.ts';
import type { ParticleSet } from '../../../shared/model/particles.ts';
import { toRanges } from '../buffer-cache.ts';
import { chooseEvictions, nextPrefetch, type CachedFacts } from '../prefetch-policy.ts';
import { prefetcher } from '../prefetcher.ts';
import { sharedFlights } from '../shared-flights.ts';

interface Entry {
  readonly set: ParticleSet;
  readonly bytes: number;
  lastUse: number;
}

/** Decoded snapshots of one dataset within a budget of bytes; equal reads in flight are shared, and a plan of steps is read ahead. */
export interface SetCache {
  /** A snapshot; the sets belong to the cache: read only. The one that is `shown` stays until another one is. */
  get(snapshot: number, shown: boolean, signal: AbortSignal): Promise<ParticleSet>;
  /** Steps to have in memory soon, most wanted first. */
  plan(steps: readonly number[]): void;
  /** Reading ahead waits while `work` runs. */
  before<T>(work: () => Promise<T>): Promise<T>;
  /** Bytes beside the snapshots that the budget pays, too. */
  setExtra(bytes: number): void;
  setBudget(bytes: number): void;
  usage(): Omit<CacheUsage, 'dataset'>;
  close(): void;
}

export function setCache(dataset: ParticleDataset, given: number, onChange: () => void): SetCache {
  const { pulses } = dataset.info;
  const entries = new Map<number, Entry>();
  const flights = sharedFlights<number, Entry>();
  let [budget, bytes, extra, largest, clock] = [given, 0, 0, 0, 0];
  let planned: readonly number[] = [];
  let shown: number | undefined;

  const load = async (snapshot: number, signal: AbortSignal): Promise<Entry> => {
    const set = await dataset.step(Math.floor(snapshot / pulses), snapshot % pulses, { signal });
    throwIfAborted(signal);
    const entry = { set, bytes: setBytes(set), lastUse: ++clock };
    entries.set(snapshot, entry);
    bytes += entry.bytes;
    largest = Math.max(largest, entry.bytes);
    return entry;
  };
  const facts = (): readonly CachedFacts[] =>
    [...entries].map(([index, entry]) => ({ index, bytes: entry.bytes, visible: index === shown, lastUse: entry.lastUse }));
  const forget = (snapshot: number): void => {
    bytes -= entries.get(snapshot)?.bytes ?? 0;
    entries.delete(snapshot);
  };
  const settle = (): void => {
    if (bytes + extra > budget) chooseEvictions(facts(), planned, budget - extra).forEach(forget);
    onChange();
  };
  const get = async (snapshot: number, signal: AbortSignal): Promise<ParticleSet> => {
    const entry = entries.get(snapshot) ?? (await flights.run(snapshot, (shared) => load(snapshot, shared), signal));
    entry.lastUse = ++clock;
    settle();
    return entry.set;
  };
  const ahead = prefetcher({
    next: (plan, tried) => nextPrefetch({ plan, tried, cached: facts(), budget: budget - extra, guess: largest, group: 1 }),
    load: async (snapshot, signal) => void (await get(snapshot, signal)),
  });
  return {
    get: (snapshot, isShown, signal) => {
      if (isShown) shown = snapshot;
      return get(snapshot, signal);
    },
    plan: (steps) => {
      planned = steps.flatMap((step) => Array.from({ length: pulses }, (_, pulse) => step * pulses + pulse));
      ahead.plan(planned);
    },
    before: async (work) => {
      ahead.pause();
      try {
        return await work();
      } finally {
        ahead.resume();
      }
    },
    setExtra: (size) => {
      if (size === extra) return;
      extra = size;
      settle();
    },
    setBudget: (limit) => {
      budget = limit;
      settle();
    },
    usage: () => ({ bytes: bytes + extra, budget, ranges: wholeSteps(entries, pulses) }),
    close: () => {
      ahead.close();
      entries.clear();
      bytes = 0;
    },
  };
}

/** Steps all pulses of which are there, as half-open ranges. */
function wholeSteps(entries: ReadonlyMap<number, Entry>, pulses: number): CacheUsage['ranges'] {
  const steps = [];
  for (const snapshot of entries.keys()) {
    if (snapshot % pulses !== 0) continue;
    let pulse = 1;
    while (pulse < pulses && entries.has(snapshot + pulse)) pulse++;
    if (pulse === pulses) steps.push(snapshot / pulses);
  }
  return toRanges(steps);
}

function setBytes({ xyz, intensity, track, scalars }: ParticleSet): number {
  return xyz.byteLength + intensity.byteLength + track.byteLength + scalars.reduce((sum, column) => sum + column.byteLength, 0);
}
