import { particleColumns } from '../../../shared/compute/particles/columns.ts';
import { tailRange, tailThinning } from '../../../shared/draw/tails.ts';
import type { ParticleDisplay } from '../../stores/particle-display.ts';
import type { Place } from '../../stores/view-store.ts';
import type { ParticleWish } from '../messages.ts';

/** A snapshot (step * pulses + pulse) of which every n-th track is wanted, with these columns. */
export interface LayerWish {
  readonly snapshot: number;
  readonly every: number;
  readonly columns: readonly string[];
}

/** What a picture is made of. */
export interface LayerPlan {
  /** The particles shown, all of them. */
  readonly shown: LayerWish;
  /** Snapshots of the lines in the order of time; empty without lines. */
  readonly trails: readonly LayerWish[];
  /** Above 1 where the trails are thinned. */
  readonly every: number;
  /** True where the particles of all trails are points, too: sets without tracks, as a whole. */
  readonly cloud: boolean;
}

type Info = ParticleWish['info'];
type Wish = Pick<ParticleWish, 'info' | 'display'>;

/** The layers of a place, and how they are used. */
export function planLayers(wish: Wish, place: Pick<Place, 'buffer' | 'frame'>): LayerPlan {
  const { info, display } = wish;
  const snapshot = snapshotOf(info, place);
  const color = colorColumns(info, display);
  const shown = { snapshot, every: 1, columns: [...new Set([...color, ...arrowColumns(info, display), ...filterColumns(wish)])] };
  const hasLines = info.tracks > 0 && display.tails;
  const cloud = display.mode === 'all' && !hasLines;
  if (!hasLines && !cloud) return { shown, trails: [], every: 1, cloud: false };
  const [from, to] = display.mode === 'all' ? [0, info.steps * info.pulses] : tailRange(info, snapshot, display);
  const every = tailThinning(info, to - from);
  const columns = cloud ? [...new Set([...color, ...filterColumns(wish)])] : color;
  const trails = Array.from({ length: to - from }, (_, index) => {
    const layer = { snapshot: from + index, every, columns };
    return layer.snapshot === snapshot && every === 1 ? shown : layer;
  });
  return { shown, trails, every, cloud };
}

function snapshotOf({ steps, pulses }: Info, { buffer, frame }: Pick<Place, 'buffer' | 'frame'>): number {
  return Math.min(steps - 1, Math.max(0, buffer)) * pulses + Math.min(pulses - 1, Math.max(0, frame));
}

/** Column that gives the colours, where the set has it. */
export function colorColumns(info: Info, { colorBy }: Pick<ParticleDisplay, 'colorBy'>): readonly string[] {
  return colorBy !== undefined && particleColumns(info).some(({ name }) => name === colorBy) ? [colorBy] : [];
}

export const VELOCITY = ['u', 'v', 'w'] as const;

function arrowColumns(info: Info, { arrows }: ParticleDisplay): readonly string[] {
  return arrows && info.tracks > 0 ? VELOCITY : [];
}

/** Values that decide on particles without track: those of tracks are decided by facts of the tracks. */
function filterColumns({ info, display: { untracked, selection } }: Wish): readonly string[] {
  if (!untracked) return [];
  const known = new Set(
    particleColumns(info)
      .filter(({ kind }) => kind === 'stored')
      .map(({ name }) => name),
  );
  const names = [...selection.filters.map(({ column }) => column), ...(selection.box ? ['x', 'y', 'z'] : [])];
  return names.filter((name) => known.has(name));
}

/** Steps that a film fetches before they are shown: one answer of the host takes longer than one picture. */
const STEPS_AHEAD = 4;

/** What a film shows next, from its next place on; from the last step it goes on with the first. */
export function plansAhead(wish: Wish, next: Pick<Place, 'buffer' | 'frame'>): readonly LayerPlan[] {
  const { steps } = wish.info;
  // The trails of whole sets are those of every step.
  const own = wish.display.mode === 'all' ? { ...wish, display: { ...wish.display, mode: 'window' as const, tails: false } } : wish;
  return Array.from({ length: Math.min(STEPS_AHEAD, Math.max(0, steps - 1)) }, (_, k) =>
    planLayers(own, { buffer: (next.buffer + k) % steps, frame: next.frame }),
  );
}

/** What to fetch, most wanted first: the particles shown, the rest by its distance in time, then what comes next. */
export function fetchOrder(plan: LayerPlan, ahead: readonly LayerPlan[] = []): readonly LayerWish[] {
  const near = (one: LayerPlan): LayerWish[] =>
    [...one.trails].sort((a, b) => Math.abs(a.snapshot - one.shown.snapshot) - Math.abs(b.snapshot - one.shown.snapshot));
  const wishes = new Map<string, LayerWish>();
  for (const wish of [plan, ...ahead].flatMap((one) => [one.shown, ...near(one)])) {
    const key = `${wish.snapshot} ${wish.every}`;
    const before = wishes.get(key);
    // What is shown first and a part of a tail later needs the columns of both.
    wishes.set(
      key,
      before && before.columns !== wish.columns ? { ...wish, columns: [...new Set([...before.columns, ...wish.columns])] } : wish,
    );
  }
  return [...wishes.values()];
}
