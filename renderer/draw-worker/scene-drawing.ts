import { drawArrows } from '../../shared/draw/arrows.ts';
import { drawCategories } from '../../shared/draw/category-image.ts';
import { drawImage } from '../../shared/draw/image.ts';
import type { ArrowCounts, ArrowLayer, ColorScale, ImageLayer, Raster, StateField, Viewport } from '../../shared/draw/scene.ts';
import type { ColorSettings, DisplaySettings } from '../stores/display-settings.ts';
import type { Shown } from '../stores/view-store.ts';
import { findField } from '../views/frame/frame-fields.ts';
import { wishedStatistics, type ArrowNeed, type FetchPlan } from './fetch-plan.ts';
import { findSet, sampledField, stateField } from './field-sets.ts';
import type { Levels } from './levels.ts';
import type { ThemeColors, ViewSpec } from './messages.ts';
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
  const possible = canDraw(scene, lookAt(spec, scene.buffer, scene.frame, wanted).plan);
  const display = possible ? wanted : scene.display;
  const { plan, viewport, raster: size } = lookAt(spec, scene.buffer, scene.frame, display);
  const raster = surface.raster(size.width, size.height);
  raster.pixels.fill(spec.theme.canvas);
  const wishes = wishedStatistics(scene.frame, display);
  const levelsOf = (wish: typeof wishes.background, colors: ColorSettings): Levels | undefined => wish && settled.levels(scene.dataset, wish, colors.levels, scene.statistics);
  const background = levelsOf(wishes.background, display.background.colors);
  const arrows = levelsOf(wishes.arrows, display.arrows.colors);
  const reference = display.arrows.reference ?? (plan.arrows ? settled.reference(scene.dataset, scene.statistics) : 1);
  drawBackground(raster, viewport, scene, plan, display, spec, background);
  const counts = plan.arrows ? drawVectors(raster, viewport, scene, plan.arrows, display, spec, arrows, reference) : undefined;
  surface.present();
  const states = countStates(scene, plan);
  return {
    display, reference,
    ...(background ? { background } : {}), ...(arrows ? { arrows } : {}), ...(states ? { states } : {}),
    ...(counts ? { arrowCounts: { ...counts, total: scene.frame.shape[0] * scene.frame.shape[1] } } : {}),
  };
}

function canDraw(scene: Scene, { background, backgroundState, arrows }: FetchPlan): boolean {
  const image = [background, backgroundState].filter((need) => need !== undefined);
  const vectors = [arrows?.u, arrows?.v, arrows?.state, arrows?.colorBy].filter((need) => need !== undefined);
  return [image, vectors].every((needs) => needs.length === 0 || findSet(scene.sets, needs) !== undefined);
}

function drawBackground(raster: Raster, viewport: Viewport, scene: Scene, plan: FetchPlan, display: DisplaySettings, spec: ViewSpec, levels: Levels | undefined): void {
  const { background, backgroundState } = plan;
  if (!background) return;
  const set = findSet(scene.sets, backgroundState ? [background, backgroundState] : [background]);
  const field = set && sampledField(set, background);
  if (!set || !field) return;
  const { theme, pixelRatio } = spec;
  if (findField(scene.frame, display.background.component)?.kind === 'category') return drawCategories(raster, viewport, { field, table: theme.categories });
  const state = backgroundState && stateField(set, backgroundState);
  const masked = { fill: theme.maskedFill, line: theme.maskedLine, period: Math.round(MASKED_PERIOD * pixelRatio) };
  const layer: ImageLayer = {
    field, colors: colorScale(display.background.colors, levels, theme), smooth: display.background.smooth,
    blank: { fill: theme.canvas, line: theme.missingLine, period: Math.round(MISSING_PERIOD * pixelRatio) },
    ...(state ? { state } : {}), ...(display.maskVisible ? { masked } : {}),
  };
  drawImage(raster, viewport, layer);
}

function drawVectors(
  raster: Raster, viewport: Viewport, scene: Scene, need: ArrowNeed, display: DisplaySettings, spec: ViewSpec, levels: Levels | undefined, reference: number,
): ArrowCounts | undefined {
  const set = findSet(scene.sets, [need.u, need.v, need.state, ...(need.colorBy ? [need.colorBy] : [])]);
  const [u, v] = set ? [sampledField(set, need.u), sampledField(set, need.v)] : [];
  if (!set || !u || !v) return undefined;
  const { theme, pixelRatio } = spec;
  const { arrows } = display;
  const { x, y } = scene.frame.scales;
  const state = stateField(set, need.state);
  const colorBy = need.colorBy && sampledField(set, need.colorBy);
  const spacing = Math.min(need.everyX * viewport.scaleX, need.everyY * viewport.scaleY);
  const layer: ArrowLayer = {
    u, v, ...(state ? { state } : {}), ...(colorBy ? { colorBy } : {}),
    colors: colorScale(arrows.colors, levels, theme), color: WHITE,
    pixelsPerUnit: (arrows.length * spacing) / reference,
    signX: x.slope < 0 ? -1 : 1, signY: y.slope < 0 ? -1 : 1,
    everyX: need.everyX, everyY: need.everyY,
    showDisabled: arrows.showDisabled, disabledColor: theme.disabled, lineWidth: ARROW_WIDTH * pixelRatio, anchor: arrows.anchor,
  };
  return drawArrows(raster, viewport, layer);
}

const WHITE = 0xffffffff;

function colorScale(colors: ColorSettings, levels: Levels | undefined, theme: ThemeColors): ColorScale {
  const { map, reversed, transfer, gamma, markClipped } = colors;
  return {
    map, reversed, transfer, gamma, low: levels?.low ?? 0, high: levels?.high ?? 1, notANumber: theme.notANumber,
    ...(markClipped ? { under: theme.under, over: theme.over } : {}),
  };
}

const counted = new WeakMap<Uint8Array, readonly [masked: number, disabled: number, outside: number, blank: number]>();

function countStates(scene: Scene, { backgroundState, arrows }: FetchPlan): Shown['states'] {
  const need = backgroundState ?? arrows?.state;
  const set = need && findSet(scene.sets, [need]);
  const field = set && need && stateField(set, need);
  if (!field) return undefined;
  const [masked, disabled, outside, blank] = countsOf(field);
  const whole = field.step === 1 && field.width === scene.frame.shape[1] && field.height === scene.frame.shape[0];
  return { masked, disabled, outside, blank, part: !whole };
}

function countsOf({ data }: StateField): readonly [number, number, number, number] {
  const known = counted.get(data);
  if (known) return known;
  const amounts = new Uint32Array(256);
  for (let i = 0; i < data.length; i++) amounts[data[i] as number]! += 1;
  const counts = [amounts[1] ?? 0, amounts[2] ?? 0, amounts[3] ?? 0, amounts[4] ?? 0] as const;
  counted.set(data, counts);
  return counts;
}
