import type { Mosaic } from '../../shared/compute/demosaic.ts';
import { atChoice } from '../../shared/compute/vector-choice.ts';
import { axesOf, type Cut } from '../../shared/model/cut.ts';
import type { FieldRequest, StatisticsRequest } from '../../shared/contract/planes.ts';
import type { Viewport } from '../../shared/draw/scene.ts';
import type { BufferInfo, ComponentInfo, FrameInfo, PlaneWindow } from '../../shared/model/frames.ts';
import type { ArrowDensity, DisplaySettings, LevelSettings } from '../stores/display-settings.ts';
import { COLOR_COMPONENTS, COLOR_FIELD, findField, hasState, uncertaintyAlong } from '../views/frame/frame-fields.ts';
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
  /** Along the columns and the rows of the picture: u and v, in cuts across also w. */
  readonly u: FieldNeed;
  readonly v: FieldNeed;
  readonly state: FieldNeed;
  readonly colorBy?: FieldNeed;
  readonly filter?: FieldNeed;
  readonly uncertainty?: { readonly u: FieldNeed; readonly v: FieldNeed };
  readonly everyX: number;
  readonly everyY: number;
}

/** Everything that one picture is drawn from. */
export interface FetchPlan {
  readonly background?: FieldNeed;
  /** Red, green and blue in place of `background`. */
  readonly colors?: readonly FieldNeed[];
  readonly backgroundState?: FieldNeed;
  readonly filter?: FieldNeed;
  readonly arrows?: ArrowNeed;
}

/** Planes (or their subsampled versions) up to this many samples are fetched whole: zoom and pan then never wait. */
const WHOLE_SAMPLES = 1 << 19;

/** Part of the visible width and height that is fetched beyond each edge. */
const MARGIN = 0.25;

/** The picture that a plan is made for: a frame as its cut shows it, and how it is looked at. */
export interface PlanFor {
  readonly buffer: BufferInfo;
  readonly frame: FrameInfo;
  readonly cut?: Cut | undefined;
  readonly display: DisplaySettings;
  readonly viewport: Viewport;
  readonly raster: Size;
  readonly pixelRatio: number;
}

export function planFetch(picture: PlanFor): FetchPlan {
  const { buffer, frame, display } = picture;
  const known = buffer.state !== 'present' || hasState(frame);
  const image = display.background.visible ? planBackground(picture) : undefined;
  const arrows = display.arrows.visible && frame.kind === 'vector' ? planArrows(picture) : undefined;
  const where = image?.background ?? image?.colors?.[0];
  const filter = filterComponent(display);
  return {
    ...image,
    ...(where && (known || filter !== undefined) ? { backgroundState: needAt(where, stateRequest(display)) } : {}),
    ...(where && filter !== undefined ? { filter: needAt(where, valuesRequest(filter)) } : {}),
    ...(arrows ? { arrows } : {}),
  };
}

/** The component of the threshold filter, where it is on. */
export function filterComponent({ filter }: DisplaySettings): string | undefined {
  return filter?.on ? filter.component : undefined;
}

type Where = Pick<FieldNeed, 'window' | 'visible'>;

function needAt({ window, visible }: Where, request: FieldRequest): FieldNeed {
  return { window, visible, request, slope: 1, offset: 0 };
}

function stateRequest({ choice }: DisplaySettings): FieldRequest {
  return { component: atChoice('state', choice), mode: 'raw' };
}

function valuesRequest(component: string): FieldRequest {
  return { component, mode: 'scaled', as: 'f4' };
}

/** Needs of the image, which share their geometry. */
export function imageNeeds({ background, colors, backgroundState, filter }: FetchPlan): readonly FieldNeed[] {
  return [background, ...(colors ?? []), backgroundState, filter].filter((need) => need !== undefined);
}

/** Needs of the arrows, which share their geometry. */
export function arrowNeeds({ arrows }: FetchPlan): readonly FieldNeed[] {
  return [arrows?.u, arrows?.v, arrows?.state, arrows?.colorBy, arrows?.filter, arrows?.uncertainty?.u, arrows?.uncertainty?.v].filter(
    (need) => need !== undefined,
  );
}

/** Needs of a plan that have to share their geometry, each group with one window. */
export function needGroups(plan: FetchPlan): readonly (readonly FieldNeed[])[] {
  const image = imageNeeds(plan);
  const vectors = arrowNeeds(plan);
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
  return (
    have.step === want.step &&
    have.x <= want.x &&
    have.y <= want.y &&
    have.x + have.width >= want.x + want.width &&
    have.y + have.height >= want.y + want.height
  );
}

/** Every n-th arrow in x and y so that neighbours are at least about `spacing` CSS pixels apart. */
export function arrowSteps(density: ArrowDensity, viewport: Viewport, pixelRatio: number): { everyX: number; everyY: number } {
  if (density.mode === 'every') return { everyX: Math.max(1, Math.round(density.x)), everyY: Math.max(1, Math.round(density.y)) };
  const pixels = density.spacing * pixelRatio;
  return {
    everyX: Math.max(1, Math.round(pixels / Math.abs(viewport.scaleX))),
    everyY: Math.max(1, Math.round(pixels / Math.abs(viewport.scaleY))),
  };
}

/** The window with the given step that shows what the raster sees of the frame. */
export function planWindow(
  frame: FrameInfo,
  viewport: Viewport,
  raster: Size,
  step: number,
): { window: PlaneWindow; visible: PlaneWindow } {
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
  const ends = [(0 - offset) / scale, (pixels - offset) / scale];
  const from = Math.floor(Math.min(...ends) + 0.5) - 1;
  const to = Math.ceil(Math.max(...ends) + 0.5) + 1;
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

function planBackground({ frame, display, viewport, raster }: PlanFor): Pick<FetchPlan, 'background' | 'colors'> {
  const { component } = display.background;
  const perPixel = Math.min(1 / Math.abs(viewport.scaleX), 1 / Math.abs(viewport.scaleY));
  const coarse = frame.shape[0] * frame.shape[1] <= WHOLE_SAMPLES ? 1 : Math.max(1, Math.floor(perPixel));
  const mosaic = mosaicOf(display, frame) !== undefined;
  const where = planWindow(frame, viewport, raster, mosaic ? 1 : coarse);
  if (mosaic) return { background: backgroundNeed(frame, display, component, evenStart(where)) };
  if (component === COLOR_FIELD) return { colors: COLOR_COMPONENTS.map((name) => backgroundNeed(frame, display, name, where)) };
  return { background: backgroundNeed(frame, display, component, where) };
}

/** The colour mosaic that a background is shown with. */
export function mosaicOf({ background, mosaic }: DisplaySettings, frame: FrameInfo): Mosaic | undefined {
  return frame.kind === 'image' && background.component === 'PIXEL' ? mosaic : undefined;
}

/** Mosaics have to begin at an even row and column. */
function evenStart({ window, visible }: Where): Where {
  const [left, top] = [window.x & 1, window.y & 1];
  return { visible, window: { ...window, x: window.x - left, y: window.y - top, width: window.width + left, height: window.height + top } };
}

function backgroundNeed(frame: FrameInfo, display: DisplaySettings, component: string, where: Where): FieldNeed {
  const { mode } = display.background;
  const {
    window: { step },
  } = where;
  const category = findField(frame, component)?.kind === 'category';
  const stored = frame.components.find(({ name }) => name === component);
  const reduce = step > 1 && !category ? ({ reduce: 'mean' } as const) : {};
  if (!stored || mode === 'masked') {
    return { ...where, request: { component: atChoice(component, display.choice), mode, as: 'f4', ...reduce }, slope: 1, offset: 0 };
  }
  const scaled = mode === 'scaled' && !category;
  const request = { component, mode: 'raw', ...asDrawable(stored), ...reduce } as const;
  return { ...where, request, slope: scaled ? stored.scale.slope : 1, offset: scaled ? stored.scale.offset : 0 };
}

/** The rasteriser takes plain numbers: half floats, 8-byte integers and complex come as f4; doubles too, at half the bytes. */
function asDrawable({ dtype }: ComponentInfo): { readonly as?: 'f4' } {
  return dtype === 'f2' || dtype === 'f8' || dtype === 'u8' || dtype === 'i8' || dtype === 'c8' || dtype === 'c16' ? { as: 'f4' } : {};
}

/** Velocity along each axis of a frame. */
const VELOCITY = { x: 'u', y: 'v', z: 'w' } as const;

function planArrows({ frame, cut, display, viewport, raster, pixelRatio }: PlanFor): ArrowNeed | undefined {
  const { everyX, everyY } = arrowSteps(display.arrows.density, viewport, pixelRatio);
  const whole = frame.shape[0] * frame.shape[1] <= WHOLE_SAMPLES;
  const where = planWindow(frame, viewport, raster, whole ? 1 : greatestDivisor(everyX, everyY));
  const need = (component: string): FieldNeed => needAt(where, valuesRequest(atChoice(component, display.choice)));
  const { colorBy } = display.arrows;
  const [columns, rows] = axesOf(cut);
  // A volume of plane vectors has none across.
  if (frame.dimensions < 3 && (columns === 'z' || rows === 'z')) return undefined;
  const filter = filterComponent(display);
  const spread = display.uncertaintyMarks === 'none' ? [] : [uncertaintyAlong(frame, columns), uncertaintyAlong(frame, rows)];
  return {
    u: need(VELOCITY[columns]),
    v: need(VELOCITY[rows]),
    everyX,
    everyY,
    state: needAt(where, stateRequest(display)),
    ...(colorBy === undefined ? {} : { colorBy: need(colorBy) }),
    ...(filter === undefined ? {} : { filter: need(filter) }),
    ...(spread[0] !== undefined && spread[1] !== undefined ? { uncertainty: { u: need(spread[0]), v: need(spread[1]) } } : {}),
  };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

export type StatisticsWish = Pick<StatisticsRequest, 'component' | 'mode' | 'whole' | 'filter'>;

export interface StatisticsWishes {
  readonly background?: StatisticsWish;
  readonly arrows?: StatisticsWish;
  readonly speed?: StatisticsWish;
}

/** Statistics that levels and the length of arrows come from: those that stay are of the whole volume, not of the plane that happens to be first. */
export function levelStatistics(frame: FrameInfo, display: DisplaySettings): StatisticsWishes {
  const { background, arrows, speed } = wishedStatistics(frame, display);
  const whole = frame.planes > 1 ? ({ whole: true } as const) : {};
  const lasting = ({ levels }: { readonly levels: LevelSettings }) => (levels.mode === 'locked' ? whole : {});
  return {
    ...(background ? { background: { ...background, ...lasting(display.background.colors) } } : {}),
    ...(arrows ? { arrows: { ...arrows, ...lasting(display.arrows.colors) } } : {}),
    ...(speed ? { speed: { ...speed, ...whole } } : {}),
  };
}

/** Which statistics belong to a picture: one for each colour bar, and the speed where the length of arrows is not settled. */
export function wishedStatistics(frame: FrameInfo, display: DisplaySettings): StatisticsWishes {
  const { background, arrows, choice } = display;
  const filter =
    display.filter?.on && frame.kind === 'vector' ? { filter: { component: display.filter.component, above: display.filter.above } } : {};
  const drawn = arrows.visible && frame.kind === 'vector';
  const shown = background.component === COLOR_FIELD ? COLOR_COMPONENTS[1] : background.component;
  return {
    ...(background.visible ? { background: { component: atChoice(shown, choice), mode: background.mode, ...filter } } : {}),
    ...(drawn && arrows.colorBy !== undefined
      ? { arrows: { component: atChoice(arrows.colorBy, choice), mode: 'scaled', ...filter } }
      : {}),
    ...(drawn && arrows.reference === undefined ? { speed: { component: atChoice('speed', choice), mode: 'scaled', ...filter } } : {}),
  };
}
