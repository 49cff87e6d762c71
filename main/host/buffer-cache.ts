import type { CacheUsage } from '../../shared/contract/opened.ts';
import type { PlanesReply, StatisticsReply } from '../../shared/contract/planes.ts';
import type { Payload } from '../../shared/contract/payload.ts';
import type { FrameBuffer, FrameDataset } from '../../shared/model/dataset.ts';
import { linkAbort } from '../../shared/contract/linked-abort.ts';
import { bufferWork } from './buffer-work.ts';
import type { DatasetNews } from './dataset-news.ts';
import { chooseEvictions, type CachedFacts } from './prefetch-policy.ts';
import { sampleStates, type SampleStates } from './sample-states.ts';
import { sharedFlights } from './shared-flights.ts';

/** A buffer in memory with what was computed from it. */
export interface CachedBuffer {
  readonly buffer: FrameBuffer;
  readonly states: SampleStates;
  /** Facts of its planes, computed once. */
  readonly statistics: Map<string, Payload<StatisticsReply>>;
  /** Replies made ahead by prefetching, each handed out once. */
  readonly prepared: Map<string, Promise<Payload<PlanesReply>>>;
  /** Bytes of the prepared replies. */
  preparedBytes: number;
}

interface Entry extends CachedBuffer {
  readonly index: number;
  users: number;
  lastUse: number;
}

/** Opened buffers of one dataset within a budget of bytes; equal reads in flight are shared. */
export interface BufferCache {
  /** Runs `work` with the buffer, which stays in memory meanwhile. A visible one stays until another one is visible. */
  use<T>(index: number, visible: boolean, work: (cached: CachedBuffer) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Runs `work` with a buffer that is not to stay for it; the last one of these is at hand until another one is glanced at. */
  glance<T>(index: number, work: (cached: CachedBuffer) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Ends the reading of a buffer for all who wait for it: they get `aborted`. */
  cancel(index: number): void;
  facts(): readonly CachedFacts[];
  readonly budget: number;
  /** Bytes of the largest buffer so far. */
  readonly largest: number;
  setBudget(bytes: number): void;
  /** What is planned is evicted last. */
  setPlan(plan: readonly number[]): void;
  usage(): Omit<CacheUsage, 'dataset'>;
  /** Forgets these buffers: their content is another one now. */
  drop(indices: readonly number[]): void;
  clear(): void;
}

export interface CacheEvents {
  /** Other buffers are in memory. */
  changed(): void;
  /** A buffer takes a while. */
  working: DatasetNews['onBufferWork'];
}

export function bufferCache(dataset: FrameDataset, bytes: number, { changed, working }: CacheEvents): BufferCache {
  const entries = new Map<number, Entry>();
  const flights = sharedFlights<number, Entry>();
  let budget = bytes;
  let plan: readonly number[] = [];
  let clock = 0;
  let largest = 0;
  let shown: number | undefined;

  let passing: { readonly index: number; readonly entry: Promise<Entry> } | undefined;

  const reading = new Set<{ readonly index: number; readonly cancelling: AbortController }>();

  const open = async (index: number, signal: AbortSignal): Promise<FrameBuffer> => {
    const own = { index, cancelling: new AbortController() };
    reading.add(own);
    const linked = linkAbort([signal, own.cancelling.signal]);
    const { progress, end } = bufferWork(index, working);
    try {
      return await dataset.buffer(index, { signal: linked.signal, progress });
    } finally {
      end();
      linked.unlink();
      reading.delete(own);
    }
  };
  const read = async (index: number, signal: AbortSignal): Promise<Entry> => {
    const buffer = await open(index, signal);
    return {
      index,
      buffer,
      states: sampleStates(buffer),
      statistics: new Map(),
      prepared: new Map(),
      preparedBytes: 0,
      users: 0,
      lastUse: ++clock,
    };
  };
  const load = async (index: number, signal: AbortSignal): Promise<Entry> => {
    const entry = await read(index, signal);
    entries.set(index, entry);
    return entry;
  };
  const facts = (): readonly CachedFacts[] =>
    [...entries.values()].map((entry) => ({
      index: entry.index,
      bytes: entryBytes(entry),
      visible: entry.users > 0 || entry.index === shown,
      lastUse: entry.lastUse,
    }));
  const settle = (): void => {
    for (const index of chooseEvictions(facts(), plan, budget)) entries.delete(index);
    changed();
  };
  return {
    use: async (index, visible, work, signal) => {
      const entry = entries.get(index) ?? (await flights.run(index, (shared) => load(index, shared), signal));
      entry.users += 1;
      if (visible) shown = index;
      try {
        return await work(entry);
      } finally {
        entry.users -= 1;
        entry.lastUse = ++clock;
        largest = Math.max(largest, entryBytes(entry));
        settle();
      }
    },
    glance: async (index, work, signal) => {
      const known = entries.get(index);
      if (known) return work(known);
      if (passing?.index !== index) {
        const entry = read(index, signal);
        passing = { index, entry };
        entry.catch(() => {
          if (passing?.entry === entry) passing = undefined;
        });
      }
      return work(await passing.entry);
    },
    cancel: (index) => {
      for (const read of reading) if (read.index === index) read.cancelling.abort();
    },
    facts,
    get budget() {
      return budget;
    },
    get largest() {
      return largest;
    },
    setBudget: (limit) => {
      budget = limit;
      settle();
    },
    setPlan: (indices) => {
      plan = indices;
    },
    usage: () => ({ bytes: facts().reduce((sum, fact) => sum + fact.bytes, 0), budget, ranges: toRanges([...entries.keys()]) }),
    drop: (indices) => {
      for (const index of indices) entries.delete(index);
      passing = undefined;
      if (indices.length > 0) changed();
    },
    clear: () => {
      passing = undefined;
      entries.clear();
    },
  };
}

/** Measured anew each time: a buffer grows where it decodes its planes on demand. */
function entryBytes(entry: Entry): number {
  return entry.buffer.bytes + entry.states.bytes + entry.preparedBytes;
}

/** Indices as half-open ranges in ascending order. */
export function toRanges(indices: readonly number[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const index of [...indices].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === index) last[1] = index + 1;
    else ranges.push([index, index + 1]);
  }
  return ranges;
}
