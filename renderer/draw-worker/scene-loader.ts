import { cutFrame } from '../../shared/model/cut.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import type { DisplaySettings, LevelSettings } from '../stores/display-settings.ts';
import type { BarStatistics, Place } from '../stores/view-store.ts';
import { adaptDisplay, defaultDisplay } from '../views/frame/default-display.ts';
import { clampZoom, deviceViewport, geometryOf, viewportOf, type Size } from '../views/frame/viewport.ts';
import type { Viewport } from '../../shared/draw/scene.ts';
import { levelStatistics, needGroups, planFetch, type FetchPlan, type StatisticsWish } from './fetch-plan.ts';
import { mergeSets, shortageOf, usedSets, type FieldSet, type Shortage } from './field-sets.ts';
import type { HostAccess } from './host-access.ts';
import { waitsForStatistics } from './levels.ts';
import type { ShownBuffer, ViewSpec } from './messages.ts';

/** A frame with the fields and statistics that were fetched of it. */
export interface Scene {
  readonly dataset: string;
  readonly place: Place;
  readonly buffer: ShownBuffer;
  /** As the cut of the place shows it. */
  readonly frame: FrameInfo;
  readonly display: DisplaySettings;
  readonly sets: readonly FieldSet[];
  /** By statisticsKey; filled in later where the picture did not have to wait for them. */
  readonly statistics: Map<string, BarStatistics>;
}

/** Levels that this view has settled on, so that a picture need not wait for statistics; see settled-levels. */
export interface LevelMemory {
  known(dataset: string, wish: StatisticsWish, levels: LevelSettings): boolean;
}

/** How a view looks at a frame, in device pixels. */
export interface Look {
  readonly plan: FetchPlan;
  readonly viewport: Viewport;
  readonly raster: Size;
}

export function samePlace(a: Place, b: Place): boolean {
  return a.buffer === b.buffer && a.frame === b.frame && a.plane === b.plane && a.cut === b.cut;
}

export function statisticsKey({ component, mode, whole, filter }: StatisticsWish): string {
  return `${component}|${mode}${whole ? '|volume' : ''}${filter ? `|${filter.component} ${filter.above}` : ''}`;
}

/** The display that a frame gets: the asked one as far as the frame has its fields, else the default. */
export function displayFor(spec: ViewSpec, frame: FrameInfo): DisplaySettings {
  const { brightness } = spec.theme;
  return spec.display ? adaptDisplay(spec.display, frame, brightness) : defaultDisplay(frame, brightness);
}

export function lookAt(
  spec: ViewSpec,
  { buffer, frame, place: { cut } }: Pick<Scene, 'buffer' | 'frame' | 'place'>,
  display: DisplaySettings,
): Look {
  const geometry = geometryOf(frame, display);
  const viewport = deviceViewport(viewportOf(geometry, spec.area, clampZoom(geometry, spec.area, spec.zoom)), spec.pixelRatio);
  const raster = {
    width: Math.max(1, Math.round(spec.area.width * spec.pixelRatio)),
    height: Math.max(1, Math.round(spec.area.height * spec.pixelRatio)),
  };
  return { plan: planFetch({ buffer: buffer.info, frame, cut, display, viewport, raster, pixelRatio: spec.pixelRatio }), viewport, raster };
}

/** True where the scene has everything that the wanted picture needs. */
export function isComplete(scene: Scene, spec: ViewSpec, memory: LevelMemory): boolean {
  if (scene.dataset !== spec.dataset || !samePlace(scene.place, spec.place)) return false;
  const display = displayFor(spec, scene.frame);
  const { plan } = lookAt(spec, scene, display);
  if (needGroups(plan).some((group) => shortageOf(scene.sets, group))) return false;
  return neededStatistics(scene, spec.dataset, display, memory).every((wish) => scene.statistics.has(statisticsKey(wish)));
}

/**
 * Fetches what the picture needs beyond what `last` (the scene on the screen) has of the same place. Fields and statistics go in parallel;
 * fields even before the buffer's facts are there, as long as it may be guessed that its frames are like those of the last one.
 */
export async function loadScene(
  host: HostAccess,
  spec: ViewSpec,
  last: Scene | undefined,
  memory: LevelMemory,
  signal: AbortSignal,
): Promise<Scene> {
  const { dataset, place } = spec;
  const neighbour = last?.dataset === dataset ? last : undefined;
  const kept = neighbour && samePlace(neighbour.place, place) ? neighbour : undefined;
  const fetch = fetchOnce(host, spec, signal);
  if (neighbour && !kept && neighbour.place.frame === place.frame && neighbour.place.cut === place.cut) {
    const { plan } = lookAt(spec, neighbour, displayFor(spec, neighbour.frame));
    // A wrong guess is an unused answer; its failure shows again where the answer is needed.
    for (const shortage of shortagesOf([], plan)) fetch(shortage).catch(() => undefined);
  }
  const buffer = await host.buffer(dataset, place.buffer, signal);
  const whole = buffer.info.frames[place.frame];
  if (!whole)
    throw new DataError(
      'out-of-range',
      `Buffer ${place.buffer} has ${buffer.info.frames.length} frames, there is no frame ${place.frame}.`,
      { field: 'frame' },
    );
  const frame = cutFrame(whole, place.cut);
  const display = displayFor(spec, frame);
  const { plan } = lookAt(spec, { buffer, frame, place }, display);
  const statistics = new Map(kept?.statistics);
  const needed = neededStatistics({ frame }, dataset, display, memory).filter((wish) => !statistics.has(statisticsKey(wish)));
  const [fetched] = await Promise.all([
    Promise.all(shortagesOf(kept?.sets ?? [], plan).map(async (shortage) => ({ shortage, set: await fetch(shortage) }))),
    Promise.all(needed.map(async (wish) => statistics.set(statisticsKey(wish), await host.statistics(dataset, place, wish, signal)))),
  ]);
  const sets = usedSets(mergeSets(kept?.sets ?? [], fetched), needGroups(plan).flat());
  return { dataset, place, buffer, frame, display, sets, statistics };
}

function shortagesOf(sets: readonly FieldSet[], plan: FetchPlan): readonly Shortage[] {
  return needGroups(plan)
    .map((group) => shortageOf(sets, group))
    .filter((shortage) => shortage !== undefined);
}

/** Equal requests of one load are one call. */
function fetchOnce(host: HostAccess, { dataset, place }: ViewSpec, signal: AbortSignal): (shortage: Shortage) => Promise<FieldSet> {
  const calls = new Map<string, Promise<FieldSet>>();
  return (shortage) => {
    const key = JSON.stringify([shortage.window, shortage.requests]);
    const call = calls.get(key) ?? host.fields(dataset, place, shortage, signal);
    calls.set(key, call);
    return call;
  };
}

/** Statistics without which levels or arrow lengths of this display are unknown. */
function neededStatistics(
  { frame }: { readonly frame: FrameInfo },
  dataset: string,
  display: DisplaySettings,
  memory: LevelMemory,
): readonly StatisticsWish[] {
  const wishes = levelStatistics(frame, display);
  const levelled = [
    [wishes.background, display.background.colors.levels],
    [wishes.arrows, display.arrows.colors.levels],
  ] as const;
  const needed = levelled
    .filter(([wish, levels]) => wish && waitsForStatistics(levels) && !memory.known(dataset, wish, levels))
    .map(([wish]) => wish);
  const all = [...needed, ...(wishes.speed && memory.known(dataset, wishes.speed, REFERENCE_LEVELS) ? [] : [wishes.speed])].filter(
    (wish) => wish !== undefined,
  );
  return [...new Map(all.map((wish) => [statisticsKey(wish), wish])).values()];
}

/** The length of arrows follows the speed that 99 % of the vectors stay below. */
export const REFERENCE_LEVELS: LevelSettings = { mode: 'locked', lowPercent: 0, highPercent: 99, symmetric: false };
