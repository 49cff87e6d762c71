import { spaceMatrix, type SpaceMatrix } from '../shared/draw/space-camera.ts';
import type { SpaceLayer } from '../shared/draw/space-layer.ts';
import type { SpaceContent, SpaceStyle } from '../shared/draw/space-picture.ts';
import { CODES, PLAIN } from '../shared/draw/space-shades.ts';

/** Snapshots that the tracks go through. */
const LAYERS = 20;
const BOX = { low: [0, 0, 0], high: [1000, 800, 400] } as const;
/** Length of a step of a track, in units of the box. */
const STEP = 6;
const BLACK = 0xff000000;
const WHITE = 0xffffffff;

export const POINT_PIXELS = 3;

export const SPACE_STYLE: SpaceStyle = {
  palette: Uint32Array.from({ length: CODES }, (_, code) => (BLACK | (code << 16) | ((255 - (code & 255)) << 8) | 0x80) >>> 0),
  canvas: BLACK,
  farShare: 0.6,
  pointSize: POINT_PIXELS,
  attenuated: false,
  lineWidth: 1.2,
  boxStyle: { line: 0xff808080, grid: 0xff303030, lineWidth: 1 },
  ink: WHITE,
  every: 1,
  smooth: true,
};

/** x, y, z of `count` particles all over the box, always the same ones. */
export function placesInBox(count: number): Float32Array {
  const places = new Float32Array(3 * count);
  let state = 29;
  for (let i = 0; i < places.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    places[i] = ((state >>> 0) / 2 ** 32) * (BOX.high[i % 3] as number);
  }
  return places;
}

function layerOf(positions: Float32Array): SpaceLayer {
  const count = positions.length / 3;
  const numbers = Uint32Array.from({ length: count }, (_, i) => i);
  return { count, positions, codes: Uint16Array.from(numbers, (i) => i % PLAIN), track: numbers, next: numbers };
}

export function emptyScene(): SpaceContent {
  return { box: BOX, points: [], links: [], arrows: [], arrowLength: 1 };
}

/** `points` particles, and tracks with `vertices` in all that drift along x. */
export function scene(points: number, vertices: number): SpaceContent {
  const ends: SpaceLayer[] = [];
  if (vertices > 0) {
    const start = placesInBox(vertices / LAYERS);
    for (let k = 0; k < LAYERS; k++)
      ends.push(layerOf(start.map((value, i) => (i % 3 === 0 ? (value + k * STEP) % BOX.high[0] : value + (k * STEP) / 3))));
  }
  const links = ends.slice(1).map((to, k) => ({ from: ends[k] as SpaceLayer, to, opacity: (k + 2) / LAYERS }));
  return { ...emptyScene(), points: [layerOf(placesInBox(points))], links };
}

/** From another side every turn. */
export function turned(turn: number, size: { readonly width: number; readonly height: number }): SpaceMatrix {
  const camera = { turn: 0.1 * turn - 0.6, tilt: 0.42, magnification: 1, panX: 0, panY: 0, perspective: false };
  return spaceMatrix(BOX, camera, size);
}
