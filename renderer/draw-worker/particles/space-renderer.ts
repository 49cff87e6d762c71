import { spaceMatrix, spaceScale } from '../../../shared/draw/space-camera.ts';
import { mixColors } from '../../../shared/draw/space-shades.ts';
import { spaceDrawing, spaceMemory, type SpaceContent, type SpaceStyle } from '../../../shared/draw/space-picture.ts';
import { thinLinks } from '../../../shared/draw/thin-links.ts';
import type { ViewSpec } from '../messages.ts';
import type { Surface } from '../surface.ts';
import type { ParticleContent } from './particle-content.ts';

const LINE_WIDTH = 1.2;
const LIGHT_INK = 0xff101010;
const DARK_INK = 0xffffffff;
/** Colour of lines of the box and its grid between canvas and ink. */
const BOX_SHARE = 0.5;
const GRID_SHARE = 0.15;

/** Draws contents on a surface. */
export interface SpaceRenderer {
  readonly name: 'gpu' | 'processor';
  /** In steps, between which the drawing may be given up; it is on the canvas after the last one. */
  draw(picture: ParticleContent, spec: ViewSpec): Generator<undefined, void>;
  close(): void;
}

/** Size of the raster in device pixels. */
export function rasterSize({ area, pixelRatio }: Pick<ViewSpec, 'area' | 'pixelRatio'>): { readonly width: number; readonly height: number } {
  return { width: Math.max(1, Math.round(area.width * pixelRatio)), height: Math.max(1, Math.round(area.height * pixelRatio)) };
}

/** How particles look, in device pixels. */
export function spaceStyle(spec: ViewSpec, { content, palette }: ParticleContent): SpaceStyle {
  const { theme, pixelRatio, particles } = spec;
  if (!particles) throw new Error('not a view of particles');
  const { display, camera } = particles;
  const ink = theme.brightness === 'light' ? LIGHT_INK : DARK_INK;
  const inAxis = display.pointUnit === 'axis';
  return {
    palette, canvas: theme.canvas, ink, attenuated: inAxis, every: 1, lineWidth: LINE_WIDTH * pixelRatio,
    pointSize: display.pointSize * (inAxis ? spaceScale(content.box, camera, rasterSize(spec)) : pixelRatio),
    ...(display.boundingBox ? { boxStyle: { line: mixColors(ink, theme.canvas, BOX_SHARE), grid: mixColors(ink, theme.canvas, GRID_SHARE), lineWidth: pixelRatio } } : {}),
  };
}

/** Milliseconds that a picture may take while the camera is moved, for its points and for its lines. */
const MOVING_POINTS = 11;
const MOVING_LINKS = 13;
/** What points and lines are taken to cost before that is known, in nanoseconds. */
const POINT_NANOSECONDS = 55;
const LINK_NANOSECONDS = 100;

/** Draws with the processor: the same pixels as figures and tests. */
export function processorRenderer(surface: Surface): SpaceRenderer {
  const memory = spaceMemory();
  let thinned: { readonly content: SpaceContent; readonly every: number; readonly links: SpaceContent['links'] } | undefined;
  /** Measured time by expected time. */
  let slowness = 1;

  const thin = (content: SpaceContent, every: number): SpaceContent['links'] => {
    if (thinned?.content !== content || thinned.every !== every) thinned = { content, every, links: thinLinks(content.links, every) };
    return thinned.links;
  };

  return {
    name: 'processor',
    *draw(picture, spec) {
      const particles = spec.particles;
      if (!particles) return;
      const { content } = picture;
      const { moving } = particles.camera;
      const links = content.links.reduce((sum, { from }) => sum + from.count, 0);
      const points = [...content.points, ...content.arrows].reduce((sum, { count }) => sum + count, 0);
      const every = moving ? powerOfTwo((points * POINT_NANOSECONDS * slowness) / (MOVING_POINTS * 1e6)) : 1;
      const everyTrack = moving ? powerOfTwo((links * LINK_NANOSECONDS * slowness) / (MOVING_LINKS * 1e6)) : 1;
      const size = rasterSize(spec);
      const raster = surface.raster(size.width, size.height);
      const drawn = { ...content, links: thin(content, everyTrack) };
      const since = performance.now();
      yield* spaceDrawing(raster, spaceMatrix(content.box, particles.camera, raster), drawn, { ...spaceStyle(spec, picture), every }, memory);
      surface.present();
      if (moving) {
        const expected = ((points / every) * POINT_NANOSECONDS + (links / everyTrack) * LINK_NANOSECONDS) / 1e6 + FIXED_MILLISECONDS;
        slowness = Math.min(8, Math.max(0.25, slowness * 0.7 + 0.3 * ((performance.now() - since) / expected)));
      }
    },
    close() {
      thinned = undefined;
    },
  };
}

/** What a picture without particles takes. */
const FIXED_MILLISECONDS = 4;

/** Steps of two, so that thinned lines are made anew seldom. */
function powerOfTwo(least: number): number {
  return least <= 1 ? 1 : 2 ** Math.ceil(Math.log2(least));
}
