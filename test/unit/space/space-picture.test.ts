import { describe, expect, test } from 'vitest';
import { projectSpace, spaceMatrix, type SpaceCamera } from '../../../shared/draw/space-camera.ts';
import { densitiesOf } from '../../../shared/draw/space-densities.ts';
import { pickLine, pickPoint } from '../../../shared/draw/space-pick.ts';
import { drawSpace } from '../../../shared/draw/space-picture.ts';
import { HIDDEN } from '../../../shared/draw/space-shades.ts';
import { thinLinks } from '../../../shared/draw/thin-links.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import { blankRaster, BLUE, contentOf, GREEN, hueAt, inkedPixels, lastOf, layerOf, RED, styleOf } from '../../support/space-layers.ts';

const front: SpaceCamera = { turn: 0, tilt: 0, magnification: 1, panX: 0, panY: 0, perspective: false };
const box = contentOf({}).box;
const SIZE = 101;
const matrixOf = (change: Partial<SpaceCamera> = {}) => spaceMatrix(box, { ...front, ...change }, { width: SIZE, height: SIZE });
const at = (matrix: Float64Array, x: number, y: number, z: number) => projectSpace(matrix, x, y, z);

describe('points in space', () => {
  test('nearer ones cover farther ones, whatever their order and from whichever side', () => {
    const near = [0, 0, 0.5] as const;
    const far = [0, 0, -0.5] as const;
    for (const perspective of [false, true]) {
      for (const places of [
        [near, far],
        [far, near],
      ]) {
        for (const [turn, seen] of [
          [0, near],
          [Math.PI, far],
        ] as const) {
          const raster = blankRaster(SIZE, SIZE);
          const layer = layerOf(
            places,
            places.map((place) => (place === near ? RED : BLUE)),
          );
          expect(drawSpace(raster, matrixOf({ turn, perspective }), contentOf({ points: [layer] }), styleOf()).points).toBe(2);
          expect(hueAt(raster, 50, 50)).toBe(seen === near ? RED : BLUE);
        }
      }
    }
  });

  test('are discs of their size around their place', () => {
    for (const size of [1, 2, 3, 6, 20]) {
      const raster = blankRaster(SIZE, SIZE);
      drawSpace(raster, matrixOf(), contentOf({ points: [layerOf([[0, 0, 0]], [GREEN])] }), styleOf({ pointSize: size }));
      const covered = raster.pixels.reduce((sum, pixel) => sum + ((pixel >>> 8) & 255), 0) / ((raster.pixels[50 * SIZE + 50]! >>> 8) & 255);
      expect(covered).toBeGreaterThan(size * size * 0.6);
      expect(covered).toBeLessThan(size * size * 1.1 + 1);
    }
  });

  test('a size in units of the axes grows towards the viewer in perspective', () => {
    const pixels = (z: number): number => {
      const raster = blankRaster(SIZE, SIZE);
      drawSpace(
        raster,
        matrixOf({ perspective: true }),
        contentOf({ points: [layerOf([[0, 0, z]], [GREEN])] }),
        styleOf({ pointSize: 20, attenuated: true }),
      );
      return inkedPixels(raster);
    };
    expect(pixels(1)).toBeGreaterThan(1.3 * pixels(-1));
  });

  test('many of them are drawn as whole pixels at the same places', () => {
    const places = Array.from({ length: 260_000 }, (_, i) => [((i % 510) / 255 - 1) * 0.9, 0.5, 0] as const);
    const raster = blankRaster(SIZE, SIZE);
    const matrix = matrixOf();
    expect(
      drawSpace(
        raster,
        matrix,
        contentOf({
          points: [
            layerOf(
              places,
              places.map(() => RED),
            ),
          ],
        }),
        styleOf({ pointSize: 3 }),
      ).points,
    ).toBe(260_000);
    const [, y] = at(matrix, 0, 0.5, 0);
    expect(hueAt(raster, 50, y)).toBe(RED);
    expect(hueAt(raster, 50, y + 4)).toBeUndefined();
    expect(hueAt(raster, 2, y)).toBeUndefined();
  });

  test('hidden, endless and missing places are left out', () => {
    const raster = blankRaster(SIZE, SIZE);
    const odd = layerOf(
      [
        [0, 0, 0],
        [Number.NaN, 0, 0],
        [Number.POSITIVE_INFINITY, 0, 0],
        [1e38, -1e38, 1e38],
      ],
      [HIDDEN, RED, RED, RED],
    );
    for (const perspective of [false, true]) {
      expect(
        drawSpace(
          raster,
          matrixOf({ perspective }),
          contentOf({
            points: [odd, layerOf([], [])],
            links: [{ from: odd, to: odd, opacity: 1 }],
            arrows: [{ ...odd, vectors: odd.positions }],
          }),
          styleOf(),
        ).points,
      ).toBe(0);
      expect(inkedPixels(raster)).toBe(0);
    }
  });
});

describe('tracks in space', () => {
  const from = layerOf(
    [
      [-0.5, 0, 0],
      [-0.5, 0.2, 0],
    ],
    [RED, BLUE],
  );
  const to = lastOf(
    layerOf(
      [
        [0.5, 0, 0],
        [0.5, 0.2, 0],
      ],
      [RED, BLUE],
    ),
  );

  test('go from the particles of a layer to those of the same tracks in the next one', () => {
    const raster = blankRaster(SIZE, SIZE);
    const matrix = matrixOf();
    expect(drawSpace(raster, matrix, contentOf({ links: [{ from, to, opacity: 1 }] }), styleOf()).links).toBe(2);
    for (const [y, hue] of [
      [0, RED],
      [0.2, BLUE],
    ] as const) {
      const [px, py] = at(matrix, 0.3, y, 0);
      expect(hueAt(raster, px, py)).toBe(hue);
    }
    expect(hueAt(raster, ...(at(matrix, 0.7, 0, 0).slice(0, 2) as [number, number]))).toBeUndefined();
  });

  test('end where a track ends and where a particle is hidden', () => {
    const ended = { ...from, next: Uint32Array.of(NO_TRACK, 1) };
    expect(drawSpace(blankRaster(SIZE, SIZE), matrixOf(), contentOf({ links: [{ from: ended, to, opacity: 1 }] }), styleOf()).links).toBe(
      1,
    );
    const hidden = { ...to, codes: Uint16Array.of(HIDDEN, HIDDEN) };
    expect(drawSpace(blankRaster(SIZE, SIZE), matrixOf(), contentOf({ links: [{ from, to: hidden, opacity: 1 }] }), styleOf()).links).toBe(
      0,
    );
  });

  test('lie behind nearer points; faint ones let through what is behind', () => {
    const raster = blankRaster(SIZE, SIZE);
    drawSpace(raster, matrixOf(), contentOf({ points: [layerOf([[0, 0, 0.5]], [GREEN])], links: [{ from, to, opacity: 1 }] }), styleOf());
    expect(hueAt(raster, 50, 50)).toBe(GREEN);
    const behind = layerOf([[0, 0, -0.5]], [GREEN]);
    const share = (opacity: number): number => {
      drawSpace(raster, matrixOf(), contentOf({ points: [behind], links: [{ from, to, opacity }] }), styleOf());
      return (raster.pixels[50 * SIZE + 50]! >>> 8) & 255;
    };
    expect(share(1)).toBe(0);
    expect(share(0.25)).toBeGreaterThan(share(0.6));
    expect(share(0.6)).toBeGreaterThan(10);
  });

  test('are cut at the edges of the picture', () => {
    const raster = blankRaster(SIZE, SIZE);
    const long = layerOf(
      [
        [-50, 0, 0],
        [0, 40, 0],
        [-30, -30, 0],
        [60, 60, 0],
      ],
      [RED, GREEN, BLUE, RED],
    );
    const ends = lastOf(
      layerOf(
        [
          [50, 0, 0],
          [0, -40, 0],
          [30, 30, 0],
          [60, -60, 0],
        ],
        [RED, GREEN, BLUE, RED],
      ),
    );
    drawSpace(raster, matrixOf(), contentOf({ links: [{ from: long, to: ends, opacity: 1 }] }), styleOf());
    expect([
      hueAt(raster, 0, 50),
      hueAt(raster, 100, 50),
      hueAt(raster, 50, 0),
      hueAt(raster, 50, 100),
      hueAt(raster, 0, 100),
      hueAt(raster, 100, 0),
    ]).toEqual([RED, RED, GREEN, GREEN, BLUE, BLUE]);
  });

  test('can be thinned to every n-th track, still connected', () => {
    const tracks = Uint32Array.of(0, 1, 2, 4, NO_TRACK);
    const places = [0, 1, 2, 4, 9].map((y) => [0, y, 0] as const);
    const first = layerOf(places, [0, 1, 2, 4, 5], { track: tracks, next: Uint32Array.of(0, NO_TRACK, 1, 2, NO_TRACK) });
    const second = lastOf(
      layerOf(
        [
          [1, 0, 0],
          [1, 2, 0],
          [1, 4, 0],
        ],
        [0, 2, 4],
        { track: Uint32Array.of(0, 2, 4) },
      ),
    );
    const [link] = thinLinks([{ from: first, to: second, opacity: 0.5 }], 4);
    expect([...link!.from.track]).toEqual([0, 4]);
    expect([...link!.from.next]).toEqual([0, 1]);
    expect([...link!.to.positions]).toEqual([1, 0, 0, 1, 4, 0]);
    expect(link!.opacity).toBe(0.5);
  });
});

describe('more in space', () => {
  test('arrows point along the vectors and have a head', () => {
    const raster = blankRaster(SIZE, SIZE);
    const matrix = matrixOf();
    const layer = { ...layerOf([[-0.5, 0, 0]], [GREEN]), vectors: Float32Array.of(0.5, 0, 0) };
    drawSpace(raster, matrix, contentOf({ arrows: [layer], arrowLength: 2 }), styleOf());
    const [x, y] = at(matrix, 0.5, 0, 0);
    expect(hueAt(raster, x - 1, y)).toBe(GREEN);
    expect(hueAt(raster, x + 2, y)).toBeUndefined();
    const height = (column: number): number =>
      Array.from({ length: SIZE }, (_, row) => hueAt(raster, column, row)).filter((hue) => hue !== undefined).length;
    expect(height(Math.round(x) - 6)).toBeGreaterThan(height(Math.round(x) - 20) + 2);
  });

  test('densities are drawn on the far sides only, at the place of the particles', () => {
    const layer = layerOf(
      Array.from({ length: 900 }, () => [0.5, 0.5, 0.9] as const),
      new Array<number>(900).fill(RED),
    );
    const raster = blankRaster(SIZE, SIZE);
    const matrix = matrixOf();
    drawSpace(raster, matrix, contentOf({ densities: densitiesOf([layer], box) }), styleOf());
    const [x, y] = at(matrix, 0.5, 0.5, -1);
    expect(raster.pixels[Math.floor(y) * SIZE + Math.floor(x)]! & 255).toBeGreaterThan(80);
    expect(hueAt(raster, ...(at(matrix, -0.5, 0.5, -1).slice(0, 2) as [number, number]))).toBeUndefined();
  });

  test('the front edges come over the points, those behind do not', () => {
    const points = layerOf(
      Array.from({ length: 40 }, (_, i) => [-1, -1 + i / 20, 1] as const),
      new Array<number>(40).fill(RED),
    );
    const raster = blankRaster(SIZE, SIZE);
    const matrix = matrixOf({ turn: 0.5, tilt: 0.3 });
    const style = styleOf({ boxStyle: { line: 0xff00ff00, grid: 0xff003000, lineWidth: 1.5 } });
    drawSpace(raster, matrix, contentOf({ points: [points] }), style);
    const front3 = at(matrix, -1, 0, 1);
    const greens = [-1, 0, 1].map((dx) => hueAt(raster, front3[0] + dx, front3[1]));
    expect(greens).toContain(GREEN);
  });

  test('a bold track comes over everything, with a mark at its current point', () => {
    const raster = blankRaster(SIZE, SIZE);
    const matrix = matrixOf();
    const points = [layerOf([[0, 0, 1]], [RED])];
    drawSpace(
      raster,
      matrix,
      contentOf({ points, bold: { positions: Float32Array.of(-0.8, 0, -1, 0, 0, -1, Number.NaN, 0, 0, 1, 0, -1), current: 3 } }),
      styleOf(),
    );
    expect(raster.pixels[50 * SIZE + 50 - 5]).toBe(0xffffffff);
    const [x, y] = at(matrix, 1, 0, -1);
    expect(raster.pixels[Math.floor(y) * SIZE + Math.floor(x)]).toBe(0xffffffff);
    expect(hueAt(raster, ...(at(matrix, 0.4, 0, -1).slice(0, 2) as [number, number]))).toBeUndefined();
  });

  test('picking takes the front one of those that cover the place, else the closest within reach', () => {
    const matrix = matrixOf();
    const layers = [
      layerOf(
        [
          [0, 0, -0.5],
          [0, 0, 0.5],
          [0.6, 0, 0],
        ],
        [RED, RED, RED],
      ),
      layerOf([[0, 0, 0.9]], [HIDDEN]),
    ];
    expect(pickPoint(layers, matrix, 51, 50, 8, 2.5)).toEqual({ layer: 0, index: 1 });
    const [x, y] = at(matrix, 0.6, 0, 0);
    expect(pickPoint(layers, matrix, x + 6, y + 2, 8, 2.5)).toEqual({ layer: 0, index: 2 });
    expect(pickPoint(layers, matrix, x + 9, y, 8, 2.5)).toBeUndefined();
  });

  test('lines are picked along their whole length, by their nearer end', () => {
    const matrix = matrixOf();
    const from = {
      ...layerOf(
        [
          [0.9, 0.9, 0],
          [-0.8, 0, 0],
        ],
        [RED, RED],
      ),
      next: Uint32Array.of(NO_TRACK, 0),
    };
    const to = lastOf(layerOf([[0.8, 0, 0]], [RED]));
    const links = [{ from, to, opacity: 1 }];
    const [x, y] = at(matrix, -0.3, 0, 0);
    expect(pickLine(links, matrix, x, y + 4, 5)).toEqual({ link: 0, index: 1, end: 'from' });
    expect(pickLine(links, matrix, at(matrix, 0.3, 0, 0)[0], y - 4, 5)).toEqual({ link: 0, index: 0, end: 'to' });
    expect(pickLine(links, matrix, x, y + 6, 5)).toBeUndefined();
    expect(pickLine([{ from: { ...from, codes: Uint16Array.of(RED, HIDDEN) }, to, opacity: 1 }], matrix, x, y, 5)).toBeUndefined();
  });

  test('a small picture, pixel by pixel', () => {
    const raster = blankRaster(24, 16);
    const matrix = spaceMatrix(box, { ...front, turn: -0.6, tilt: 0.4 }, raster);
    const from = layerOf([[-0.6, -0.4, 0.2]], [RED]);
    const to = lastOf(layerOf([[0.5, 0.4, 0]], [RED]));
    drawSpace(raster, matrix, contentOf({ points: [to], links: [{ from, to, opacity: 0.7 }] }), styleOf({ pointSize: 3, lineWidth: 1.2 }));
    const rows = Array.from({ length: 16 }, (_, row) =>
      Array.from({ length: 24 }, (_, column) => ' .:+#'[Math.ceil((raster.pixels[row * 24 + column]! & 255) / 64)])
        .join('')
        .trimEnd(),
    );
    expect(rows).toMatchInlineSnapshot(`
      [
        "",
        "",
        "",
        "",
        "",
        "            .:.",
        "            +#+",
        "           :+#+.",
        "          +:::.",
        "          .",
        "",
        "",
        "",
        "",
        "",
        "",
      ]
    `);
  });
});
