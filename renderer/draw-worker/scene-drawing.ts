import { drawArrows } from '../../shared/draw/arrows.ts';
import { drawCategories } from '../../shared/draw/category-image.ts';
import { drawColorImage } from '../../shared/draw/color-image.ts';
import { drawImage } from '../../shared/draw/image.ts';
import type { ArrowCounts, ArrowLayer, ColorScale, ImageLayer, Raster, StateField, Viewport } from '../../shared/draw/scene.ts';
import type { ColorSettings, DisplaySettings } from '../stores/display-settings.ts';
import type { Shown } from '../stores/view-store.ts';
import { findField } from '../views/frame/frame-fields.ts';
import { arrowNeeds, imageNeeds, levelStatistics, mosaicOf, type ArrowNeed, type FetchPlan, type FieldNeed } from './fetch-plan.ts';
import { findSet, sampledField, stateField, type FieldSet } from './field-sets.ts';
import { filteredState } from './filtered-state.ts';
import type { Levels } from './levels.ts';
import type { ThemeColors, ViewSpec } from './messages.ts';
import { mosaicFields } from './mosaic-fields.ts';
import { plainArrowColor } from './plain-arrow-color.ts';
import { displayFor, lookAt, type Scene } from './scene-loader.ts';
import type { SettledLevels } from './settled-levels.ts';
import type { Surface } from './surface.ts';

export interface Drawn extends Pick<Shown, 'background' | 'arrows' | 'arrowCounts' | 'states'> {
  readonly display: DisplaySettings;
  readonly reference: number;
}

const MASKED_PERIOD = 7;
const MISSING_PERIOD = 10;
const ARROW_WIDTH = 1.25;

/** Draws the scene as the view wants it; what was not fetched yet is drawn from what is there, or left as the last display had it. */
export function drawScene(surface: Surface, scene: Scene, spec: ViewSpec, settled: SettledLevels): Drawn {
  const wanted = displayFor(spec, scene.frame);
  const possible = canDraw(scene, lookAt(spec, scene, wanted).plan);
  const display = possible ? wanted : scene.display;
  const { plan, viewport, raster: size } = lookAt(spec, scene, display);
  const raster = surface.raster(size.width, size.height);
  raster.pixels.fill(spec.theme.canvas);
  const wishes = levelStatistics(scene.frame, display);
  const levelsOf = (wish: typeof wishes.background, colors: ColorSettings): Levels | undefined =>
    wish && settled.levels(scene.dataset, wish, colors.levels, scene.statistics);
  const background = levelsOf(wishes.background, display.background.colors);
  const arrows = levelsOf(wishes.arrows, display.arrows.colors);
  const reference =
    display.arrows.reference ?? (plan.arrows && wishes.speed ? settled.reference(scene.dataset, wishes.speed, scene.statistics) : 1);
  const canvas: Canvas = { raster, viewport, scene, plan, display, spec };
  drawBackground(canvas, background);
  const counts = plan.arrows ? drawVectors(canvas, plan.arrows, arrows, reference) : undefined;
  surface.present();
  const states = countStates(canvas);
  return {
    display,
    reference,
    ...(background ? { background } : {}),
    ...(arrows ? { arrows } : {}),
    ...(states ? { states } : {}),
    ...(counts ? { arrowCounts: { ...counts, total: scene.frame.shape[0] * scene.frame.shape[1] } } : {}),
  };
}

/** What one picture is drawn on, from and by. */
interface Canvas {
  readonly raster: Raster;
  readonly viewport: Viewport;
  readonly scene: Scene;
  readonly plan: FetchPlan;
  readonly display: DisplaySettings;
  readonly spec: ViewSpec;
}

function canDraw(scene: Scene, plan: FetchPlan): boolean {
  return [imageNeeds(plan), arrowNeeds(plan)].every((needs) => needs.length === 0 || findSet(scene.sets, needs) !== undefined);
}

function drawBackground(canvas: Canvas, levels: Levels | undefined): void {
  const {
    raster,
    viewport,
    scene,
    plan,
    display,
    spec: { theme },
  } = canvas;
  const set = findSet(scene.sets, imageNeeds(plan));
  const needs = plan.background ? [plan.background] : (plan.colors ?? []);
  const fields = set ? needs.map((need) => sampledField(set, need)).filter((field) => field !== undefined) : [];
  const [field, green, blue] = fields;
  if (!set || !field || fields.length < needs.length) return;
  if (findField(scene.frame, display.background.component)?.kind === 'category')
    return drawCategories(raster, viewport, { field, table: theme.categories });
  const state = statesOf(set, plan.backgroundState, plan.filter, display);
  const layer: Omit<ImageLayer, 'field'> = {
    colors: colorScale(display.background.colors, levels, theme),
    smooth: display.background.smooth,
    ...hatches(canvas),
    ...(state ? { state } : {}),
  };
  const mosaic = mosaicOf(display, scene.frame);
  // The states of a mosaic are those of its samples, while its colours may be of blocks of them.
  if (mosaic)
    drawColorImage(raster, viewport, { ...layer, fields: mosaicFields(field, mosaic, Math.abs(viewport.scaleX) <= 0.5 && !state) });
  else if (green && blue) drawColorImage(raster, viewport, { ...layer, fields: [field, green, blue] });
  else drawImage(raster, viewport, { ...layer, field });
}

function hatches({ display, spec: { theme, pixelRatio } }: Canvas): Pick<ImageLayer, 'masked' | 'blank' | 'filtered'> {
  const masked = { fill: theme.maskedFill, line: theme.maskedLine, period: Math.round(MASKED_PERIOD * pixelRatio) };
  return {
    blank: { fill: theme.canvas, line: theme.missingLine, period: Math.round(MISSING_PERIOD * pixelRatio) },
    filtered: { ...masked, fill: theme.canvas, falling: true },
    ...(display.maskVisible ? { masked } : {}),
  };
}

/** States with the threshold filter applied. */
function statesOf(
  set: FieldSet,
  state: FieldNeed | undefined,
  filter: FieldNeed | undefined,
  display: DisplaySettings,
): StateField | undefined {
  const stored = state && stateField(set, state);
  const field = filter && sampledField(set, filter);
  return field && display.filter ? filteredState(stored, field, display.filter.above) : stored;
}

function drawVectors(
  { raster, viewport, scene, plan, display, spec }: Canvas,
  need: ArrowNeed,
  levels: Levels | undefined,
  reference: number,
): ArrowCounts | undefined {
  const set = findSet(scene.sets, arrowNeeds(plan));
  const [u, v] = set ? [sampledField(set, need.u), sampledField(set, need.v)] : [];
  if (!set || !u || !v) return undefined;
  const { theme, pixelRatio } = spec;
  const { arrows } = display;
  const { x, y } = scene.frame.scales;
  const state = statesOf(set, need.state, need.filter, display);
  const colorBy = need.colorBy && sampledField(set, need.colorBy);
  const [spreadU, spreadV] = need.uncertainty ? [sampledField(set, need.uncertainty.u), sampledField(set, need.uncertainty.v)] : [];
  const shape = display.uncertaintyMarks;
  const spacing = Math.min(need.everyX * Math.abs(viewport.scaleX), need.everyY * Math.abs(viewport.scaleY));
  const layer: ArrowLayer = {
    u,
    v,
    ...(state ? { state } : {}),
    ...(colorBy ? { colorBy } : {}),
    colors: colorScale(arrows.colors, levels, theme),
    color: plainArrowColor(display.background, theme.canvas),
    pixelsPerUnit: (arrows.length * spacing) / reference,
    signX: x.slope * viewport.scaleX < 0 ? -1 : 1,
    signY: y.slope * viewport.scaleY < 0 ? -1 : 1,
    everyX: need.everyX,
    everyY: need.everyY,
    showDisabled: arrows.showDisabled,
    disabledColor: theme.disabled,
    lineWidth: ARROW_WIDTH * pixelRatio,
    anchor: arrows.anchor,
    ...(shape !== 'none' && spreadU && spreadV
      ? { uncertainty: { u: spreadU, v: spreadV, shape, factor: display.uncertaintyFactor } }
      : {}),
  };
  return drawArrows(raster, viewport, layer);
}

export function colorScale(colors: ColorSettings, levels: Levels | undefined, theme: ThemeColors): ColorScale {
  const { map, reversed, transfer, gamma, markClipped } = colors;
  return {
    map,
    reversed,
    transfer,
    gamma,
    low: levels?.low ?? 0,
    high: levels?.high ?? 1,
    notANumber: theme.notANumber,
    ...(markClipped ? { under: theme.under, over: theme.over } : {}),
  };
}

/** Samples by state: valid, masked, disabled, outside choices, blank, filtered. */
type StateCounts = readonly number[];

const STATE_COUNT = 6;
const counted = new WeakMap<Uint8Array, StateCounts>();

function countStates({ scene, plan, display }: Canvas): Shown['states'] {
  const [need, filter] = plan.backgroundState ? [plan.backgroundState, plan.filter] : [plan.arrows?.state, plan.arrows?.filter];
  const set = need && findSet(scene.sets, filter ? [need, filter] : [need]);
  const field = set && statesOf(set, need, filter, display);
  if (!field) return undefined;
  const [, masked = 0, disabled = 0, outside = 0, blank = 0, filtered = 0] = countsOf(field);
  const whole = field.step === 1 && field.width === scene.frame.shape[1] && field.height === scene.frame.shape[0];
  return { masked, disabled, outside, blank, filtered, part: !whole };
}

function countsOf({ data }: StateField): StateCounts {
  const known = counted.get(data);
  if (known) return known;
  const amounts = new Uint32Array(256);
  for (let i = 0; i < data.length; i++) amounts[data[i] as number]! += 1;
  const counts = Array.from(amounts.subarray(0, STATE_COUNT));
  counted.set(data, counts);
  return counts;
}
