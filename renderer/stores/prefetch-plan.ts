const AHEAD = 8;
const BEHIND = 2;
/** A jump longer than this is a jump, not a direction of travel with a stride. */
const LONGEST_STRIDE = 100;

export interface Travel {
  /** +1 or -1. */
  readonly direction: number;
  /** Buffers per step. */
  readonly stride: number;
}

export const STANDING: Travel = { direction: 1, stride: 1 };

/** The travel after moving from one buffer to another; wrapping from last to first counts as going on. */
export function travelOf(from: number, to: number, count: number, before: Travel): Travel {
  const delta = to - from;
  if (delta === 0) return before;
  if (count > 2 && Math.abs(delta) === count - 1) return { direction: -Math.sign(delta), stride: 1 };
  return { direction: Math.sign(delta), stride: Math.abs(delta) > LONGEST_STRIDE ? 1 : Math.abs(delta) };
}

/** Buffers to have in memory soon, most wanted first: those ahead, then a few behind; without missing ones. */
export function prefetchPlan(at: number, count: number, travel: Travel, isMissing: (buffer: number) => boolean): number[] {
  const step = travel.direction * travel.stride;
  const wanted = [
    ...Array.from({ length: AHEAD }, (_, index) => at + step * (index + 1)),
    ...Array.from({ length: BEHIND }, (_, index) => at - step * (index + 1)),
    ...(travel.stride > 1 ? [at + travel.direction] : []),
  ];
  return [...new Set(wanted)].filter((buffer) => buffer >= 0 && buffer < count && buffer !== at && !isMissing(buffer));
}
