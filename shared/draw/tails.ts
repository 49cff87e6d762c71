/** Vertices of tails that are drawn at most; of more, every n-th track is drawn. */
export const MOST_VERTICES = 2_000_000;
/** Of the farthest end of a tail. */
const LEAST_OPACITY = 0.12;

/** How many snapshots tails reach before and after the one shown. */
export interface TailReach {
  readonly before: number;
  readonly after: number;
}

interface Amounts {
  readonly steps: number;
  readonly pulses: number;
  readonly particles: number;
}

/** Half-open range of the snapshots (step * pulses + pulse) that tails reach over; in sets with several pulses they stay within a step. */
export function tailRange(
  { steps, pulses }: Omit<Amounts, 'particles'>,
  snapshot: number,
  { before, after }: TailReach,
): readonly [from: number, to: number] {
  const first = pulses > 1 ? snapshot - (snapshot % pulses) : 0;
  const end = pulses > 1 ? first + pulses : steps;
  return [Math.max(first, snapshot - Math.max(0, before)), Math.min(end, snapshot + Math.max(0, after) + 1)];
}

/** Every how many tracks so many snapshots can be drawn with. */
export function tailThinning({ particles, steps, pulses }: Amounts, snapshots: number): number {
  return Math.max(1, Math.ceil(((particles / Math.max(1, steps * pulses)) * snapshots) / MOST_VERTICES));
}

/** Opacity of the part of a tail that begins at a snapshot: less the farther it is from the one shown. */
export function tailOpacity(snapshot: number, shown: number, { before, after }: TailReach): number {
  const past = shown - snapshot;
  const distance = past > 0 ? past / (before + 1) : (snapshot + 1 - shown) / (after + 1);
  return LEAST_OPACITY + (1 - LEAST_OPACITY) * (1 - Math.min(1, distance));
}
