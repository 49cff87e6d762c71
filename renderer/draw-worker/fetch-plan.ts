import type { FieldRequest, StatisticsRequest } from '../../shared/contract/methods.ts';
import type { Viewport } from '../../shared/draw/scene.ts';
import type { BufferInfo, ComponentInfo, FrameInfo, PlaneWindow } from '../../shared/model/frames.ts';
import type { ArrowDensity, DisplaySettings } from '../stores/display-settings.ts';
import { findField, hasState } from '../views/frame/frame-fields.ts';
import type { Size } from '../views/frame/viewport.ts';

/** A field to have, where, and how its samples become values. */
export interface FieldNeed {
  readonly request: FieldRequest;
  /** What to ask for: larger than what is seen, so that small pans need no fetch. */
  readonly window: PlaneWindow;
  /** What has to be there to draw; its step is the window's. */
  readonly visible: PlaneWindow;
  readonly slope: number;
  readonly offset: number;
}

export interface ArrowNeed {
  readonly u: FieldNeed;
  readonly v: FieldNeed;
  readonly state: FieldNeed;
  readonly colorBy?: FieldNeed;
  readonly everyX: number;
  readonly everyY: number;
}

/** Everything that one picture is drawn from. */
export interface FetchPlan {
  readonly background?: FieldNeed;
  readonly backgroundState?: FieldNeed;
  readonly arrows?: ArrowNeed;
}

/** Planes (or their subsampled versions) up to this many samples are fetched whole: zoom and pan then never wait. */
const WHOLE_SAMPLES = 1 << 19;

/** Part of the visible width and height that is fetched beyond each edge. */
const MARGIN = 0.25;

export function planFetch(buffer: BufferInfo, frame: FrameInfo, display: DisplaySettings, viewport: Viewport, raster: Size, pixelRatio: number): FetchPlan {
  const known = buffer.state !== 'present' || hasState(frame);
  const background = display.background.visible ? planBackground(frame, display, viewport, raster) : undefined;
  const arrows = display.arrows.visible && frame.kind === 'vector' ? planArrows(frame, display, viewport, raster, pixelRatio) : undefined;
  return {
    ...(background ? { background } : {}),
    ...(background && known ? { backgroundState: { ...background, request: { component: 'state', mode: 'raw' }, slope: 1, offset: 0 } as const } : {}),
    ...(arrows ? { arrows } : {}),
  };
}

/** Needs of a plan that have to share their geometry, each group with one window. */
export function needGroups({ background, backgroundState, arrows }: FetchPlan): readonly (readonly FieldNeed[])[] {
  const image = [background, backgroundState].filter((need) => need !== undefined);
  const vectors = [arrows?.u, arrows?.v, arrows?.state, arrows?.colorBy].filter((need) => need !== undefined);
  const shared = image[0] && vectors[0] && sameWindow(image[0].window, vectors[0].window);
  return (shared ? [[...image, ...vectors]] : [image, vectors]).filter((group) => group.length > 0);
}

export function fieldKey({ component, mode, as, reduce }: FieldRequest): string {
  return `${component}|${mode}|${as ?? ''}|${reduce ?? ''}`;
}

function sameWindow(a: PlaneWindow, b: PlaneWindow): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.step === b.step;
}

/** True where samples fetched for `have` serve `want`: the same grid, and all of it. */
export function covers(have: PlaneWindow, want: PlaneWindow): boolean {
  return have.step === want.step && have.x <= want.x && have.y <= want.y
    && have.x + have.width >= want.x + want.width && have.y + have.height >= want.y + want.height;
}

/** Every n-th arrow in x and y so that neighbours are at least about `spacing` CSS pixels apart. */
export function arrowSteps(density: ArrowDensity, viewport: Viewport, pixelRatio: number): { everyX: number; everyY: number } {
  if (density.mode === 'every') return { everyX: Math.max(1, Math.round(density.x)), everyY: Math.max(1, Math.round(density.y)) };
  const pixels = density.spacing * pixelRatio;
  return { everyX: Math.max(1, Math.round(pixels / viewport.scaleX)), everyY: Math.max(1, Math.round(pixels / viewport.scaleY)) };
}

/** The window with the given step that shows what the raster sees of the frame. */
export function planWindow(frame: FrameInfo, viewport: Viewport, raster: Size, step: number): { window: PlaneWindow; visible: PlaneWindow } {
  const [height, width] = frame.shape;
  const seenX = seenRange(viewport.scaleX, viewport.offsetX, raster.width, width);
  const seenY = seenRange(viewport.scaleY, viewport.offsetY, raster.height, height);
  const visible = alignedWindow(seenX, seenY, 0, step, width, height);
  const fits = Math.ceil(width / step) * Math.ceil(height / step) <= WHOLE_SAMPLES;
  return { visible, window: fits ? { x: 0, y: 0, width, height, step } : alignedWindow(seenX, seenY, MARGIN, step, width, height) };
}

type Range = readonly [from: number, to: number];

/** Samples on the raster, half-open, with one more at each end for interpolation. */
function seenRange(scale: number, offset: number, pixels: number, samples: number): Range {
  const from = Math.floor((0 - offset) / scale + 0.5) - 1;
  const to = Math.ceil((pixels - offset) / scale + 0.5) + 1;
  const first = Math.min(Math.max(0, from), samples - 1);
  return [first, Math.max(first + 1, Math.min(samples, to))];
}

function alignedWindow(seenX: Range, seenY: Range, margin: number, step: number, width: number, height: number): PlaneWindow {
  const [left, right] = widened(seenX, margin, step, width);
  const [top, bottom] = widened(seenY, margin, step, height);
  return { x: left, y: top, width: right - left, height: bottom - top, step };
}

/** Starts are multiples of the step, so that the same samples are taken wherever the window lies. */
function widened([from, to]: Range, margin: number, step: number, samples: number): Range {
  const extra = Math.ceil((to - from) * margin);
  const start = Math.max(0, Math.floor((from - extra) / step) * step);
  return [start, Math.min(samples, Math.ceil((to + extra) / step) * step)];
}

function planBackground(frame: FrameInfo, display: DisplaySettings, viewport: Viewport, raster: Size): FieldNeed {
  const { component, mode } = display.background;
  const perPixel = Math.min(1 / viewport.scaleX, 1 / viewport.scaleY);
  const step = frame.shape[0] * frame.shape[1] <= WHOLE_SAMPLES ? 1 : Math.max(1, Math.floor(perPixel));
  const category = findField(frame, component)?.kind === 'category';
  const where = planWindow(frame, viewport, raster, step);
  const stored = frame.components.find(({ name }) => name === component);
  const reduce = step > 1 && !category ? ({ reduce: 'mean' } as const) : {};
  if (!stored || mode === 'masked') return { ...where, request: { component, mode, as: 'f4', ...reduce }, slope: 1, offset: 0 };
  const scaled = mode === 'scaled' && !category;
  const request = { component, mode: 'raw', ...asDrawable(stored), ...reduce } as const;
  return { ...where, request, slope: scaled ? stored.scale.slope : 1, offset: scaled ? stored.scale.offset : 0 };
}

/** The rasteriser takes plain numbers: half floats, 8-byte integers and complex come as f4; doubles too, at half the bytes. */
function asDrawable({ dtype }: ComponentInfo): { readonly as?: 'f4' } {
  return dtype === 'f2' || dtype === 'f8' || dtype === 'u8' || dtype === 'i8' || dtype === 'c8' || dtype === 'c16' ? { as: 'f4' } : {};
}

function planArrows(frame: FrameInfo, display: DisplaySettings, viewport: Viewport, raster: Size, pixelRatio: number): ArrowNeed {
  const { everyX, everyY } = arrowSteps(display.arrows.density, viewport, pixelRatio);
  const whole = frame.shape[0] * frame.shape[1] <= WHOLE_SAMPLES;
  const where = planWindow(frame, viewport, raster, whole ? 1 : greatestDivisor(everyX, everyY));
  const need = (component: string): FieldNeed => ({ ...where, request: { component, mode: 'scaled', as: 'f4' }, slope: 1, offset: 0 });
  const { colorBy } = display.arrows;
  return {
    u: need('u'), v: need('v'), everyX, everyY,
    state: { ...where, request: { component: 'state', mode: 'raw' }, slope: 1, offset: 0 },
    ...(colorBy === undefined ? {} : { colorBy: need(colorBy) }),
  };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

export type StatisticsWish = Pick<StatisticsRequest, 'component' | 'mode'>;

/** Which statistics belong to a picture: one for each colour bar, and the speed where the length of arrows is not settled. */
export function wishedStatistics(frame: FrameInfo, display: DisplaySettings): { background?: StatisticsWish; arrows?: StatisticsWish; speed?: StatisticsWish } {
  const { background, arrows } = display;
  const drawn = arrows.visible && frame.kind === 'vector';
  return {
    ...(background.visible ? { background: { component: background.component, mode: background.mode } } : {}),
    ...(drawn && arrows.colorBy !== undefined ? { arrows: { component: arrows.colorBy, mode: 'scaled' } } : {}),
    ...(drawn && arrows.reference === undefined ? { speed: { component: 'speed', mode: 'scaled' } } : {}),
  };
}
