import { readTrackFacts, type TrackFacts, type TrackFactsWish } from '../../../shared/compute/particles/track-facts.ts';
import type { Methods } from '../../../shared/contract/methods.ts';
import type { Payload, WireArray } from '../../../shared/contract/payload.ts';
import type { LongReadOptions, ParticleDataset } from '../../../shared/model/dataset.ts';
import { sharedFlights } from '../shared-flights.ts';

/** Facts that stay in memory: those of the last wishes. */
const KEPT = 2;

/** Answers `trackFacts`; equal wishes are answered from memory, and computed once where they come together. */
export interface FactsCache {
  get(wish: TrackFactsWish, signal: AbortSignal): Promise<Payload<Methods['trackFacts']['reply']>>;
  readonly bytes: number;
}

export function factsCache(dataset: ParticleDataset, progress: NonNullable<LongReadOptions['progress']>): FactsCache {
  const flights = sharedFlights<string, TrackFacts>();
  const known = new Map<string, TrackFacts>();
  const load = async (key: string, wish: TrackFactsWish, signal: AbortSignal): Promise<TrackFacts> => {
    const facts = await readTrackFacts(dataset, wish, { signal, progress });
    known.set(key, facts);
    const [oldest] = known.keys();
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    return facts;
  };
  return {
    get: async ({ columns, box, differentiation }, signal) => {
      const wish = { columns, box, differentiation };
      const key = JSON.stringify(wish);
      const facts = known.get(key) ?? (await flights.run(key, (shared) => load(key, wish, shared), signal));
      return { meta: { tracks: facts.length.length, warnings: facts.warnings }, arrays: factArrays(facts, columns) };
    },
    get bytes() {
      return [...known.values()].reduce(
        (sum, facts) => sum + factArrays(facts, [...facts.means.keys()], false).reduce((size, { data }) => size + data.byteLength, 0),
        0,
      );
    },
  };
}

/** Copies: what is kept must not travel. */
function factArrays(
  { startStep, startPulse, length, box, means }: TrackFacts,
  columns: readonly string[],
  copied = true,
): readonly WireArray[] {
  const own = <A extends Float32Array | Uint32Array | Uint8Array>(data: A): A => (copied ? (data.slice() as A) : data);
  return [
    { dtype: 'u4', data: own(startStep) },
    { dtype: 'u1', data: own(startPulse) },
    { dtype: 'u4', data: own(length) },
    ...(box ? [{ dtype: 'f4' as const, data: own(box) }] : []),
    ...columns.map((name) => ({ dtype: 'f4' as const, data: own(means.get(name) as Float32Array) })),
  ];
}
