import { axisSeen, spaceMatrix, spaceScale } from '../../../shared/draw/space-camera.ts';
import { spaceDrawing, spaceMemory, type SpaceStyle } from '../../../shared/draw/space-picture.ts';
import { thinLinks } from '../../../shared/draw/thin-links.ts';
import { boxStyle, inkOf } from '../box-style.ts';
import type { ViewSpec } from '../messages.ts';
import type { Surface } from '../surface.ts';
import type { ParticleContent } from './particle-content.ts';

const LINE_WIDTH = 1.2;

/** Draws contents on a surface. */
export interface SpaceRenderer {
  readonly name: 'gpu' | 'processor';
  /** In steps, between which the drawing may be given up; it is on the canvas after the last one. */
  draw(picture: ParticleContent, spec: ViewSpec): Generator<undefined, void>;
  close(): void;
}

/** Size of the raster in device pixels. */
export function rasterSize({ area, pixelRatio }: Pick<ViewSpec, 'area' | 'pixelRatio'>): {
  readonly width: number;
  readonly height: number;
} {
  return { width: Math.max(1, Math.round(area.width * pixelRatio)), height: Math.max(1, Math.round(area.height * pixelRatio)) };
}

/** Colour that is left of the farthest particles: enough to tell them from near ones, and still to be found in the colour bar. */
const FAR_SHARE = 0.6;

/** How particles look, in device pixels. */
export function spaceStyle(spec: ViewSpec, { content, palette }: ParticleContent): SpaceStyle {
  const { theme, pixelRatio, particles } = spec;
  if (!particles) throw new Error('not a view of particles');
  const { display, camera } = particles;
  const inAxis = display.pointUnit === 'axis';
  return {
    palette,
    canvas: theme.canvas,
    farShare: display.depthShading && axisSeen(camera) === undefined ? FAR_SHARE : 1,
    ink: inkOf(theme),
    attenuated: inAxis,
    every: 1,
    smooth: true,
    lineWidth: LINE_WIDTH * pixelRatio,
    pointSize: display.pointSize * (inAxis ? spaceScale(content.box, camera, rasterSize(spec)) : pixelRatio),
    ...(display.boundingBox ? { boxStyle: boxStyle(theme, pixelRatio) } : {}),
  };
}

/** Milliseconds that a picture may take while the camera is moved, for its points and for its lines. */
const MOVING_POINTS = 11;
const MOVING_LINKS = 13;
/** What points and lines are taken to cost before that is known, in nanoseconds. */
const POINT_NANOSECONDS = 55;
const LINK_NANOSECONDS = 100;
/** A film may take so many times as long for a picture as a moving camera: about 15 pictures per second. */
const PLAYING_ROOM = 2.4;

/** Draws with the processor: the same pixels as figures and tests. */
export function processorRenderer(surface: Surface): SpaceRenderer {
  const memory = spaceMemory();
  const points = pace(POINT_NANOSECONDS, MOVING_POINTS);
  const links = pace(LINK_NANOSECONDS, MOVING_LINKS);
  return {
    name: 'processor',
    *draw(picture, spec) {
      const { particles } = spec;
      if (!particles) return;
      const { content } = picture;
      const { moving } = particles.camera;
      const amounts = {
        points: [...content.points, ...content.arrows].reduce((sum, { count }) => sum + count, 0),
        links: content.links.reduce((sum, { from }) => sum + from.count, 0),
      };
      // What plays or turns must not stand still; a picture that is looked at is whole.
      const room = moving ? 1 : spec.next ? PLAYING_ROOM : Number.POSITIVE_INFINITY;
      const every = points.every(amounts.points, room);
      const everyTrack = links.every(amounts.links, room);
      const drawn = { ...content, links: thinLinks(content.links, everyTrack) };
      const size = rasterSize(spec);
      const raster = surface.raster(size.width, size.height);
      const since = performance.now();
      yield* spaceDrawing(
        raster,
        spaceMatrix(content.box, particles.camera, raster),
        drawn,
        { ...spaceStyle(spec, picture), every, smooth: every === 1 && everyTrack === 1 },
        memory,
      );
      surface.present();
      if (room === Number.POSITIVE_INFINITY) return;
      const expected = FIXED_MILLISECONDS + points.expected(amounts.points / every) + links.expected(amounts.links / everyTrack);
      const slowness = (performance.now() - since) / expected;
      points.learn(slowness);
      links.learn(slowness);
    },
    close: () => undefined,
  };
}

/** What a picture without particles takes. */
const FIXED_MILLISECONDS = 4;

/** How many of something can be drawn while the camera moves. */
interface Pace {
  /** Every how many are drawn in `room` times the usual time; steps of two, and changed only where it matters, so that thinned lines are made anew seldom. */
  every(amount: number, room: number): number;
  /** Milliseconds. */
  expected(amount: number): number;
  /** Measured time by expected time. */
  learn(slowness: number): void;
}

function pace(nanoseconds: number, milliseconds: number): Pace {
  let factor = 1;
  let last = 1;
  const expected = (amount: number): number => (amount * nanoseconds * factor) / 1e6;
  return {
    every(amount, room) {
      if (room === Number.POSITIVE_INFINITY) return 1;
      const least = expected(amount) / (room * milliseconds);
      if (least > 1.3 * last || least < last / 3) last = least <= 1 ? 1 : 2 ** Math.ceil(Math.log2(least));
      return last;
    },
    expected,
    learn(slowness) {
      factor = Math.min(6, Math.max(0.4, factor * (0.8 + 0.2 * slowness)));
    },
  };
}
