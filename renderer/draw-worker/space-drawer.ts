import { planeStatistics } from '../../shared/compute/statistics.ts';
import { drawGlyphs, type GlyphCloud } from '../../shared/draw/glyphs.ts';
import { axisSeen, spaceMatrix } from '../../shared/draw/space-camera.ts';
import { DataError, isDataError, toErrorRecord } from '../../shared/model/data-error.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import type { Camera } from '../stores/camera.ts';
import type { DisplaySettings } from '../stores/display-settings.ts';
import type { BarStatistics } from '../stores/view-store.ts';
import { boxStyle } from './box-style.ts';
import { cloudRequests, glyphBox, glyphSpacing, glyphStep, loadCloud, MOST_MOVING_GLYPHS, type LoadedCloud } from './glyph-cloud.ts';
import type { HostAccess } from './host-access.ts';
import { levelsFrom, type Levels } from './levels.ts';
import type { DrawAnswer, ShownBuffer, ViewSpec } from './messages.ts';
import { displayFor, REFERENCE_LEVELS, samePlace } from './scene-loader.ts';
import { colorScale } from './scene-drawing.ts';
import type { Surface } from './surface.ts';

interface Wanted {
  readonly spec: ViewSpec;
  readonly serial: number;
}

/** The vectors of a volume with the facts of their colours. */
interface Space {
  readonly spec: ViewSpec;
  readonly buffer: ShownBuffer;
  readonly frame: FrameInfo;
  readonly key: string;
  readonly cloud: GlyphCloud;
  readonly states: LoadedCloud['states'];
  /** Every n-th sample on each axis. */
  readonly step: number;
  readonly bar: BarStatistics;
  readonly reference: number;
}

const LINE_WIDTH = 1.1;
/** Colour that is left of the farthest arrows in space. */
const FAR_SHARE = 0.45;
/** Length of the reference arrow in spacings of the drawn arrows. */
const SPACINGS = 1.6;

/** Draws the vectors of a volume in space. One load at a time; the last picture stays until the next one is there. */
export class SpaceDrawer {
  private readonly view: string;
  private readonly surface: Surface;
  private readonly host: () => Promise<HostAccess>;
  private readonly post: (answer: DrawAnswer) => void;
  private wanted: Wanted | undefined;
  private loading: { readonly key: string; readonly abort: AbortController } | undefined;
  private space: Space | undefined;
  private frameAsked = false;

  constructor(view: string, surface: Surface, host: () => Promise<HostAccess>, post: (answer: DrawAnswer) => void) {
    this.view = view;
    this.surface = surface;
    this.host = host;
    this.post = post;
  }

  show(serial: number, spec: ViewSpec): void {
    this.wanted = { serial, spec };
    if (this.space?.spec.dataset === spec.dataset) this.askFrame();
    else this.clear(spec);
    void this.advance();
  }

  /** Until there are vectors, what was on the surface (a plane, another dataset) would be wrong. */
  private clear({ area, pixelRatio, theme }: ViewSpec): void {
    this.surface
      .raster(Math.max(1, Math.round(area.width * pixelRatio)), Math.max(1, Math.round(area.height * pixelRatio)))
      .pixels.fill(theme.canvas);
    this.surface.present();
  }

  /** Stops and lets go of the data: something else draws on the surface now. */
  rest(): void {
    this.wanted = undefined;
    this.space = undefined;
    this.cancel();
  }

  cancel(): void {
    this.loading?.abort.abort();
    this.loading = undefined;
  }

  refresh(): void {
    this.cancel();
    this.space = undefined;
    void this.advance();
  }

  private async advance(): Promise<void> {
    const { wanted } = this;
    if (!wanted) return;
    const key = loadKey(wanted.spec, this.space);
    if (this.space?.key === key || this.loading?.key === key) return;
    this.cancel();
    const abort = new AbortController();
    const loading = { key, abort };
    this.loading = loading;
    try {
      const space = await loadSpace(await this.host(), wanted.spec, abort.signal);
      if (this.loading !== loading) return;
      this.loading = undefined;
      this.space = space;
      this.post({ type: 'bars', view: this.view, arrows: space.bar });
      this.askFrame();
      void this.advance();
    } catch (error) {
      if (this.loading !== loading) return;
      this.loading = undefined;
      if (!isDataError(error, 'aborted'))
        this.post({ type: 'failed', view: this.view, serial: wanted.serial, place: wanted.spec.place, error: toErrorRecord(error) });
    }
  }

  private askFrame(): void {
    if (this.frameAsked) return;
    this.frameAsked = true;
    requestAnimationFrame(() => {
      this.frameAsked = false;
      this.draw();
    });
  }

  private draw(): void {
    const { space, wanted } = this;
    const camera = wanted?.spec.camera;
    if (!space || !wanted || !camera) return;
    const since = performance.now();
    const { spec, serial } = wanted;
    const display = displayFor(spec, space.frame);
    const levels = levelsOf(display, space.bar);
    const drawn = drawSpace(this.surface, space, spec, camera, display, levels);
    const complete = space.key === loadKey(spec, space);
    const shown = {
      place: complete ? spec.place : space.spec.place,
      arrows: levels,
      arrowCounts: { shown: drawn, disabled: 0, masked: 0, total: sampleCount(space.frame) },
      states: space.states,
      milliseconds: performance.now() - since,
    };
    this.post({
      type: 'drawn',
      view: this.view,
      serial,
      complete,
      dataset: spec.dataset,
      display,
      reference: space.reference,
      buffer: space.buffer,
      shown,
    });
  }
}

function sampleCount({ shape, planes }: FrameInfo): number {
  return shape[0] * shape[1] * planes;
}

/** What decides which vectors are needed; until the frame is known, the settings stand for it. */
function loadKey(spec: ViewSpec, space: Space | undefined): string {
  const same =
    space?.spec.dataset === spec.dataset &&
    samePlace({ ...space.spec.place, plane: 0, cut: undefined }, { ...spec.place, plane: 0, cut: undefined });
  const display = space && displayFor(spec, space.frame);
  return JSON.stringify([
    spec.dataset,
    spec.place.buffer,
    spec.place.frame,
    same && display ? keyParts(space.frame, display, spec) : 'unknown',
  ]);
}

function keyParts(frame: FrameInfo, display: DisplaySettings, spec: ViewSpec): unknown {
  return [stepOf(frame, display, spec), cloudRequests(frame, display), display.filter?.on ? display.filter.above : null];
}

function stepOf(frame: FrameInfo, { arrows: { density } }: DisplaySettings, { area, camera }: ViewSpec): number {
  return glyphStep(frame, { density, area, magnification: camera?.magnification ?? 1 });
}

async function loadSpace(host: HostAccess, spec: ViewSpec, signal: AbortSignal): Promise<Space> {
  const { dataset, place } = spec;
  const buffer = await host.buffer(dataset, place.buffer, signal);
  const frame = buffer.info.frames[place.frame];
  if (frame?.kind !== 'vector')
    throw new DataError('out-of-range', `Buffer ${place.buffer} has no vectors in frame ${place.frame}.`, { field: 'frame' });
  const display = displayFor(spec, frame);
  const step = stepOf(frame, display, spec);
  const { cloud, states } = await loadCloud(host, dataset, place, frame, display, step, signal);
  const { reply, histogram } = planeStatistics({
    dtype: 'f4',
    width: Math.max(1, cloud.count),
    height: 1,
    data: cloud.count > 0 ? cloud.values : new Float32Array([Number.NaN]),
  });
  const bar = { statistics: reply, histogram: Array.from(histogram) };
  const key = JSON.stringify([dataset, place.buffer, place.frame, keyParts(frame, display, spec)]);
  return {
    spec,
    buffer,
    frame,
    key,
    cloud,
    states,
    step,
    bar,
    reference: Math.abs(levelsFrom(REFERENCE_LEVELS, speedOf(cloud)).high) || 1,
  };
}

/** Facts of the lengths of the vectors. */
function speedOf({ count, vectors }: GlyphCloud): BarStatistics {
  const data = new Float32Array(Math.max(1, count));
  for (let i = 0; i < count; i++) data[i] = Math.hypot(vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!);
  return { statistics: planeStatistics({ dtype: 'f4', width: data.length, height: 1, data }).reply, histogram: [] };
}

function levelsOf(
  {
    arrows: {
      colors: { levels },
    },
  }: DisplaySettings,
  bar: BarStatistics,
): Levels {
  const { mode, low, high } = levels;
  return mode === 'locked' && low !== undefined && high !== undefined ? { low, high } : levelsFrom(levels, bar);
}

/** Returns how many arrows were drawn. */
function drawSpace(
  surface: Surface,
  { frame, cloud, reference, step }: Space,
  { area, pixelRatio, theme }: ViewSpec,
  camera: Camera,
  display: DisplaySettings,
  levels: Levels,
): number {
  const raster = surface.raster(Math.max(1, Math.round(area.width * pixelRatio)), Math.max(1, Math.round(area.height * pixelRatio)));
  raster.pixels.fill(theme.canvas);
  const box = glyphBox(frame);
  const spacing = glyphSpacing(frame, step);
  const drawn = drawGlyphs(raster, spaceMatrix(box, camera, raster), box, {
    cloud,
    every: camera.moving ? Math.max(1, Math.ceil(cloud.count / MOST_MOVING_GLYPHS)) : 1,
    colors: colorScale(display.arrows.colors, levels, theme),
    length: (display.arrows.length * SPACINGS * spacing) / reference,
    lineWidth: LINE_WIDTH * pixelRatio,
    boxStyle: boxStyle(theme, pixelRatio),
    canvas: theme.canvas,
    farShare: axisSeen(camera) === undefined ? FAR_SHARE : 1,
  });
  surface.present();
  return drawn;
}
