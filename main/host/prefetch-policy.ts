/** A buffer in memory, as the policy sees it. */
export interface CachedFacts {
  readonly index: number;
  readonly bytes: number;
  /** Being read by a call at this moment, or the one that was shown last: never evicted. */
  readonly visible: boolean;
  /** Grows with every use. */
  readonly lastUse: number;
}

/**
 * Which buffers go so that the rest fits the budget. What is planned stays longer than what is only recent (VISIBLE > PREFETCH > RECENT):
 * first the unplanned, least recently used first, then the planned from the end of the plan.
 */
export function chooseEvictions(cached: readonly CachedFacts[], plan: readonly number[], budget: number): readonly number[] {
  let bytes = cached.reduce((sum, buffer) => sum + buffer.bytes, 0);
  const rank = new Map(plan.map((index, place) => [index, place]));
  const order = cached
    .filter((buffer) => !buffer.visible)
    .sort((a, b) => {
      const [placeA, placeB] = [rank.get(a.index), rank.get(b.index)];
      if (placeA !== undefined && placeB !== undefined) return placeB - placeA;
      if (placeA === undefined && placeB === undefined) return a.lastUse - b.lastUse;
      return placeA === undefined ? -1 : 1;
    });
  const gone = [];
  for (const buffer of order) {
    if (bytes <= budget) break;
    bytes -= buffer.bytes;
    gone.push(buffer.index);
  }
  return gone;
}

export interface PrefetchFacts {
  /** Most wanted first. */
  readonly plan: readonly number[];
  /** Already tried for this plan: not tried again, even where it is absent (damaged, or too large to stay). */
  readonly tried: ReadonlySet<number>;
  readonly cached: readonly CachedFacts[];
  readonly budget: number;
  /** Bytes that an absent buffer is expected to take: the largest seen so far, to err on the safe side. */
  readonly guess: number;
  /** Neighbours that are decoded together. */
  readonly group: number;
}

/**
 * The buffers to load next: the first planned one that is absent, with its group; [] where the plan is done or the next one would push out
 * something planned before it.
 */
export function nextPrefetch({ plan, tried, cached, budget, guess, group }: PrefetchFacts): readonly number[] {
  const present = new Map(cached.map((buffer) => [buffer.index, buffer]));
  const wanted = plan.find((index) => !present.has(index) && !tried.has(index));
  if (wanted === undefined) return [];
  const together = groupOf(wanted, group).filter(
    (index) => index === wanted || (plan.includes(index) && !present.has(index) && !tried.has(index)),
  );
  const ahead = plan.slice(0, plan.indexOf(wanted));
  const kept = new Set([
    ...ahead.filter((index) => present.has(index)),
    ...cached.filter((buffer) => buffer.visible).map((buffer) => buffer.index),
  ]);
  const keptBytes = [...kept].reduce((sum, index) => sum + (present.get(index)?.bytes ?? 0), 0);
  const fitting = [together, [wanted]].find((indices) => keptBytes + guess * indices.length <= budget);
  return fitting ?? [];
}

function groupOf(index: number, group: number): readonly number[] {
  const first = Math.floor(index / group) * group;
  return Array.from({ length: group }, (_, i) => first + i);
}
