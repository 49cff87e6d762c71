import type { Raster } from '../../shared/draw/scene.ts';
import type { SpaceLayer } from '../../shared/draw/space-layer.ts';
import type { SpaceContent, SpaceStyle } from '../../shared/draw/space-picture.ts';
import { CODES, PLAIN } from '../../shared/draw/space-shades.ts';
import { NO_TRACK } from '../../shared/model/particles.ts';

export const RED = 0;
export const GREEN = 1;
export const BLUE = 2;

const BLACK = 0xff000000;

export function blankRaster(width: number, height: number): Raster {
  return { width, height, pixels: new Uint32Array(width * height).fill(BLACK) };
}

/** A layer of points with codes; they belong to tracks 0, 1, 2 ... and go on with the same index. */
export function layerOf(
  places: readonly (readonly [x: number, y: number, z: number])[],
  codes: readonly number[],
  change: Partial<SpaceLayer> = {},
): SpaceLayer {
  const count = places.length;
  const track = Uint32Array.from({ length: count }, (_, i) => i);
  return { count, positions: Float32Array.from(places.flat()), codes: Uint16Array.from(codes), track, next: track.slice(), ...change };
}

export function lastOf(layer: SpaceLayer): SpaceLayer {
  return { ...layer, next: new Uint32Array(layer.count).fill(NO_TRACK) };
}

export function contentOf(change: Partial<SpaceContent>): SpaceContent {
  return { box: { low: [-1, -1, -1], high: [1, 1, 1] }, points: [], links: [], arrows: [], arrowLength: 1, ...change };
}

/** Pure red, green, blue on black for the codes 0, 1, 2. */
export function styleOf(change: Partial<SpaceStyle> = {}): SpaceStyle {
  const palette = new Uint32Array(CODES).fill(0xffffffff);
  palette.set([0xff0000ff, 0xff00ff00, 0xffff0000]);
  palette[PLAIN] = 0xff808080;
  return {
    palette,
    canvas: BLACK,
    farShare: 0.42,
    pointSize: 5,
    attenuated: false,
    lineWidth: 2,
    ink: 0xffffffff,
    every: 1,
    smooth: true,
    ...change,
  };
}

/** Which of red, green and blue a pixel has most of; undefined for canvas. */
export function hueAt({ pixels, width }: Raster, x: number, y: number): number | undefined {
  const pixel = pixels[Math.floor(y) * width + Math.floor(x)] ?? BLACK;
  const parts = [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255];
  const most = Math.max(...parts);
  return most === 0 ? undefined : parts.indexOf(most);
}

export function inkedPixels({ pixels }: Raster): number {
  return pixels.reduce((sum, pixel) => sum + (pixel === BLACK ? 0 : 1), 0);
}
