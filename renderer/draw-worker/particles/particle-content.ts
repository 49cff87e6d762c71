import { planeStatistics } from '../../../shared/compute/statistics.ts';
import { prepareScale } from '../../../shared/draw/color-scale.ts';
import type { ParticleAxes } from '../../../shared/draw/particle-axes.ts';
import { boxDiagonal } from '../../../shared/draw/space-camera.ts';
import { densitiesOf } from '../../../shared/draw/space-densities.ts';
import type { SpaceLayer, SpaceLink } from '../../../shared/draw/space-layer.ts';
import type { BoldTrack, SpaceContent } from '../../../shared/draw/space-picture.ts';
import { CODES, PLAIN } from '../../../shared/draw/space-shades.ts';
import { tailOpacity } from '../../../shared/draw/tails.ts';
import type { LevelSettings } from '../../stores/display-settings.ts';
import type { ParticlesShown } from '../../stores/particle-display.ts';
import type { BarStatistics, Place } from '../../stores/view-store.ts';
import type { StatisticsWish } from '../fetch-plan.ts';
import type { Levels } from '../levels.ts';
import type { ParticleWish, ThemeColors } from '../messages.ts';
import { colorScale } from '../scene-drawing.ts';
import { statisticsKey } from '../scene-loader.ts';
import type { SettledLevels } from '../settled-levels.ts';
import { paintedLayer, visibleOf, visibleValues, type Hiding, type Painting } from './layer-paint.ts';
import { colorColumns, type LayerPlan, type LayerWish } from './layer-plan.ts';
import type { StoredLayer } from './layer-store.ts';
import { scaledBox, type TrackMask } from './track-filter.ts';

/** What a picture is made from. */
export interface ContentInput {
  readonly dataset: string;
  readonly place: Place;
  readonly wish: ParticleWish;
  readonly theme: ThemeColors;
  readonly axes: ParticleAxes;
  readonly plan: LayerPlan;
  readonly mask: TrackMask;
  readonly bold?: BoldTrack;
  readonly settled: SettledLevels;
  get(wish: LayerWish): StoredLayer | undefined;
}

/** A picture but for the side that it is seen from. */
export interface ParticleContent {
  readonly place: Place;
  readonly content: SpaceContent;
  readonly palette: Uint32Array;
  readonly told: Omit<ParticlesShown, 'renderer'>;
  /** What can be picked, and the stored layers of it in the same order. */
  readonly pickable: readonly SpaceLayer[];
  readonly sources: readonly StoredLayer[];
  /** The stored layers of the links, in their order. */
  readonly linked: readonly { readonly from: StoredLayer; readonly to: StoredLayer }[];
}

/** Values that the histogram of a whole set is made from. */
const MOST_VALUES = 1_000_000;
/** Length of an arrow of the reference speed in diagonals of the box, where `arrowLength` is 1. */
const REFERENCE_PART = 1 / 20;

/** Undefined while the particles shown are not there. */
export function particleContent(input: ContentInput): ParticleContent | undefined {
  const {
    wish: { display },
    plan,
    axes,
    theme,
    get,
  } = input;
  const shown = get(plan.shown);
  if (!shown) return undefined;
  const hiding = hidingOf(input);
  const trails = plan.trails.map(get);
  const present = trails.filter((layer) => layer !== undefined);
  const sources = plan.cloud ? [shown, ...present.filter(({ snapshot }) => snapshot !== shown.snapshot)] : [shown];
  // Of a whole set once it is there: until then every layer would mean another histogram.
  const isAll = display.mode === 'all' && !plan.cloud && present.length === trails.length;
  const colored = colorOf(input, isAll ? present : sources, present, hiding);
  const painted = (layer: StoredLayer): SpaceLayer => paintedLayer(layer, hiding, colored.painting);
  const points = sources.map(painted);
  const shownLayer = points[0]!;
  const links = plan.cloud ? [] : linksOf(input, trails, painted);
  const arrows = display.arrows && shownLayer.vectors ? [shownLayer] : [];
  const arrowLength = (display.arrowLength * REFERENCE_PART * boxDiagonal(axes.box)) / referenceSpeed(input, arrows[0]?.vectors);
  const content: SpaceContent = {
    box: axes.box,
    points: display.points ? points : [],
    links,
    arrows,
    arrowLength,
    ...(display.backPlanes ? { densities: densitiesOf(isAll ? present.map(painted) : points, axes.box) } : {}),
    ...(input.bold ? { bold: input.bold } : {}),
  };
  const amounts = (layers: readonly StoredLayer[]): number => layers.reduce((sum, layer) => sum + visibleOf(layer, hiding).amount, 0);
  return {
    place: input.place,
    content,
    palette: paletteOf(colored.painting, theme),
    pickable: points,
    sources,
    linked:
      links.length > 0
        ? trails.flatMap((from, i) => {
            const to = trails[i + 1];
            return from && to ? [{ from, to }] : [];
          })
        : [],
    told: {
      points: display.points ? amounts(sources) : 0,
      vertices: links.length > 0 ? amounts(present) : 0,
      every: plan.every,
      ...(colored.levels ? { levels: colored.levels } : {}),
      ...(colored.bar ? { bar: colored.bar } : {}),
      ...(input.mask.counts ? { counts: input.mask.counts } : {}),
    },
  };
}

function paletteOf({ scale }: Painting, { categories }: ThemeColors): Uint32Array {
  const palette = new Uint32Array(CODES);
  if (scale) palette.set(scale.colors);
  palette[PLAIN] = categories[0] ?? 0xffffffff;
  return palette;
}

function hidingOf({
  wish: {
    info,
    display: { untracked, selection, clip },
  },
  mask,
  axes,
}: ContentInput): Hiding {
  const scaled = selection.box ? { ...selection, box: scaledBox(selection.box, info.scales, axes) } : selection;
  return {
    key: JSON.stringify([mask.key, untracked, selection, clip]),
    ...(mask.mask ? { mask: mask.mask } : {}),
    untracked,
    selection: scaled,
    ...(clip ? { clip } : {}),
  };
}

interface Colored {
  readonly painting: Painting;
  readonly levels?: Levels;
  readonly bar?: BarStatistics;
}

function colorOf(
  { dataset, wish: { info, display }, theme, axes: { perScaled }, settled }: ContentInput,
  sources: readonly StoredLayer[],
  trails: readonly StoredLayer[],
  hiding: Hiding,
): Colored {
  const [column] = colorColumns(info, display);
  if (column === undefined) return { painting: { key: 'plain', perScaled } };
  const bar = barOf(sources, hiding, column);
  const wish: StatisticsWish = { component: column, mode: 'scaled' };
  // Where no particle is to be seen, its tails settle the levels; an empty picture must not settle those of the steps that follow.
  const settling = bar.statistics.count > 0 ? bar : barOf(trails, hiding, column);
  const known = settling.statistics.count > 0 ? new Map([[statisticsKey(wish), settling]]) : new Map<string, BarStatistics>();
  const levels = settled.growing(dataset, wish, display.colors.levels, known) ?? { low: 0, high: 1 };
  const colors = colorScale(display.colors, levels, theme);
  return { painting: { key: JSON.stringify([column, colors]), column, scale: prepareScale(colors), perScaled }, levels, bar };
}

const bars = new WeakMap<StoredLayer, { readonly key: string; readonly data: Float32Array | undefined; readonly bar: BarStatistics }>();

/** Facts of the values that are seen; kept with the first layer. */
function barOf(sources: readonly StoredLayer[], hiding: Hiding, column: string): BarStatistics {
  const [first] = sources;
  const key = JSON.stringify([hiding.key, column, sources.length]);
  const known = first && bars.get(first);
  const data = first?.columns.get(column);
  if (known?.key === key && known.data === data) return known.bar;
  const bar = statisticsOf(visibleValues(sources, hiding, column, MOST_VALUES));
  if (first) bars.set(first, { key, data, bar });
  return bar;
}

function statisticsOf(values: Float32Array): BarStatistics {
  const data = values.length > 0 ? values : new Float32Array([Number.NaN]);
  const { reply, histogram } = planeStatistics({ dtype: 'f4', width: data.length, height: 1, data });
  return { statistics: values.length > 0 ? reply : { ...reply, notFinite: 0 }, histogram: Array.from(histogram) };
}

/** Lines between neighbours in time of which both are there. */
function linksOf(
  { plan, wish: { display } }: ContentInput,
  trails: readonly (StoredLayer | undefined)[],
  painted: (layer: StoredLayer) => SpaceLayer,
): SpaceLink[] {
  const links: SpaceLink[] = [];
  for (let i = 0; i + 1 < trails.length; i++) {
    const [from, to] = [trails[i], trails[i + 1]];
    if (!from || !to) continue;
    const opacity = display.fade && display.mode === 'window' ? tailOpacity(from.snapshot, plan.shown.snapshot, display) : 1;
    links.push({ from: painted(from), to: painted(to), opacity });
  }
  return links;
}

/** The speed that 95 % of the particles stay below, in units of the axes; the first picture settles it. */
function referenceSpeed({ dataset, settled }: ContentInput, vectors: Float32Array | undefined): number {
  if (!vectors) return 1;
  const statistics = new Map<string, BarStatistics>();
  if (!settled.known(dataset, ARROW_WISH, ARROW_LEVELS)) {
    const speeds = Float32Array.from({ length: vectors.length / 3 }, (_, i) =>
      Math.hypot(vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!),
    );
    const bar = statisticsOf(speeds);
    if (bar.statistics.count > 0) statistics.set(statisticsKey(ARROW_WISH), bar);
  }
  return Math.abs(settled.levels(dataset, ARROW_WISH, ARROW_LEVELS, statistics)?.high ?? 1) || 1;
}

const ARROW_WISH: StatisticsWish = { component: 'length of arrows', mode: 'scaled' };
const ARROW_LEVELS: LevelSettings = { mode: 'locked', lowPercent: 0, highPercent: 95, symmetric: false };
