import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawArrow, drawThinArrow } from '../../shared/draw/arrow.ts';
import { drawArrows } from '../../shared/draw/arrows.ts';
import { drawLine, fillTriangle } from '../../shared/draw/line.ts';
import type { ArrowLayer, Raster, Viewport } from '../../shared/draw/scene.ts';
import { aField, greyScale, statesOf } from '../support/pictures.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

const WHITE = 0xffffffff;
const CROSS = 0xff0000ff;

function blackRaster(width: number, height: number): Raster {
  return { width, height, pixels: new Uint32Array(width * height).fill(0xff000000) };
}

/** Pixels wholly covered, and the sum of what is covered in part. */
function inkOf({ pixels }: Raster): number {
  return pixels.reduce((sum, pixel) => sum + ((pixel >>> 8) & 255) / 255, 0);
}

function inked({ pixels, width }: Raster, green = 1): [x: number, y: number][] {
  const found: [number, number][] = [];
  pixels.forEach((pixel, at) => ((pixel >>> 8) & 255) >= green && found.push([at % width, Math.floor(at / width)]));
  return found;
}

function vectors(u: readonly number[], v: readonly number[], width: number, changes: Partial<ArrowLayer> = {}): ArrowLayer {
  return {
    u: aField(Float64Array.from(u), width),
    v: aField(Float64Array.from(v), width),
    colors: greyScale(),
    color: WHITE,
    pixelsPerUnit: 1,
    signX: 1,
    signY: 1,
    everyX: 1,
    everyY: 1,
    showDisabled: true,
    disabledColor: CROSS,
    lineWidth: 1.25,
    anchor: 'middle',
    ...changes,
  };
}

const centred = (scale: number): Viewport => ({ scaleX: scale, offsetX: scale / 2, scaleY: scale, offsetY: scale / 2 });
const one = { scaleX: 1, offsetX: 30, scaleY: 1, offsetY: 30 };

describe('drawLine and fillTriangle', () => {
  const inside = fc.double({ min: 3, max: 37, noNaN: true });

  it('covers the area of the line at any angle', () => {
    fc.assert(
      fc.property(inside, inside, inside, inside, fc.double({ min: 0.5, max: 3, noNaN: true }), (x0, y0, x1, y1, width) => {
        const raster = blackRaster(40, 40);
        drawLine(raster, x0, y0, x1, y1, width, WHITE);
        const area = Math.hypot(x1 - x0, y1 - y0) * width;
        expect(Math.abs(inkOf(raster) - area)).toBeLessThan(0.02 * area + 0.3);
      }),
    );
  });

  it('covers the area of a triangle, whichever way round', () => {
    fc.assert(
      fc.property(inside, inside, inside, inside, inside, inside, (ax, ay, bx, by, cx, cy) => {
        const area = Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2;
        const sides = [Math.hypot(bx - ax, by - ay), Math.hypot(cx - bx, cy - by), Math.hypot(ax - cx, ay - cy)];
        // Slivers are thinner than a pixel: their coverage is a guess.
        if ((2 * area) / Math.max(...sides) < 3) return;
        const [raster, turned] = [blackRaster(40, 40), blackRaster(40, 40)];
        fillTriangle(raster, ax, ay, bx, by, cx, cy, WHITE);
        fillTriangle(turned, cx, cy, bx, by, ax, ay, WHITE);
        expect(Math.abs(inkOf(raster) - area)).toBeLessThan(0.1 * sides.reduce((sum, side) => sum + side, 0) + 1);
        // Coverage is rounded to 8 bits in every pixel of the edge.
        expect(Math.abs(inkOf(turned) - inkOf(raster))).toBeLessThan(0.5);
      }),
    );
  });

  it('draws nothing beyond the raster and ends quickly for any numbers', () => {
    const wild = fc.oneof(
      fc.double(),
      fc.double({ min: -1e9, max: 1e9 }),
      inside,
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1e308, 1e308),
    );
    fc.assert(
      fc.property(wild, wild, wild, wild, fc.constantFrom(0, 1.25, 50), (x0, y0, x1, y1, width) => {
        const raster = blackRaster(40, 40);
        const started = processorMilliseconds();
        drawLine(raster, x0, y0, x1, y1, width, WHITE);
        drawArrow(raster, x0, y0, x1, y1, width, WHITE);
        fillTriangle(raster, x0, y0, x1, y1, y0, x0, WHITE);
        expect(processorMilliseconds() - started).toBeLessThan(500);
        expect(raster.pixels.every((pixel) => pixel >>> 24 === 255)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('drawArrows', () => {
  it('puts arrows where their samples are, as long as the vectors, to the side of the signs', () => {
    for (const [signX, signY, expected] of [
      [1, 1, [30, 30, 50, 40]],
      [-1, 1, [10, 30, 30, 40]],
      [1, -1, [30, 20, 50, 30]],
    ] as const) {
      const raster = blackRaster(60, 60);
      drawArrows(raster, one, vectors([10], [5], 1, { signX, signY, anchor: 'tail', pixelsPerUnit: 2 }));
      const points = inked(raster, 40);
      const box = [
        Math.min(...points.map(([x]) => x)),
        Math.min(...points.map(([, y]) => y)),
        Math.max(...points.map(([x]) => x)) + 1,
        Math.max(...points.map(([, y]) => y)) + 1,
      ];
      box.forEach((edge, i) => expect(Math.abs(edge - expected[i]!)).toBeLessThanOrEqual(2));
    }
  });

  it('anchors arrows at their tail, middle or head', () => {
    const middleOf = (anchor: ArrowLayer['anchor']): number => {
      const raster = blackRaster(60, 60);
      drawArrows(raster, one, vectors([20], [0], 1, { anchor }));
      const xs = inked(raster, 20).map(([x]) => x + 0.5);
      return (Math.min(...xs) + Math.max(...xs)) / 2;
    };
    expect(middleOf('tail')).toBeCloseTo(40, -0.3);
    expect(middleOf('middle')).toBeCloseTo(30, -0.3);
    expect(middleOf('head')).toBeCloseTo(20, -0.3);
  });

  it.each([
    ['smooth', drawArrow],
    ['thin', (raster: Raster, x: number, y: number, dx: number, dy: number) => drawThinArrow(raster, x, y, dx, dy, WHITE)],
  ] as const)('has the broad end at the tip when %s', (_, draw) => {
    const raster = blackRaster(60, 60);
    draw(raster, 10, 30.5, 40, 0, 1.25, WHITE);
    const pixelsBetween = (from: number, to: number): number => inked(raster, 120).filter(([x]) => x >= from && x < to).length;
    expect(pixelsBetween(45, 50)).toBeGreaterThan(pixelsBetween(20, 25) + 3);
    expect(pixelsBetween(20, 25)).toBe(5);
  });

  it('leaves out one vector of many that is not a number', () => {
    const u = new Float32Array(90_000).fill(0.5);
    u[4711] = Number.NaN;
    const counts = drawArrows(blackRaster(300, 300), centred(1), {
      ...vectors([], [], 300),
      u: aField(u, 300),
      v: aField(u.slice().fill(3), 300),
    });
    expect(counts).toEqual({ shown: 89_999, disabled: 0, masked: 0 });
  });

  it('draws a dot for vectors shorter than a pixel', () => {
    const raster = blackRaster(60, 60);
    drawArrows(raster, one, vectors([0.2], [0], 1));
    expect(inkOf(raster)).toBeCloseTo(2.25, 0);
    expect(inked(raster).every(([x, y]) => Math.abs(x + 0.5 - 30) < 2 && Math.abs(y + 0.5 - 30) < 2)).toBe(true);
  });

  it('takes every n-th sample by index in the frame, whatever window it comes from, and counts what is on the raster', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: -150, max: 60 }),
        (blocks, step, times, shift) => {
          const every = step * times;
          const x = blocks * step;
          const raster = blackRaster(100, 20);
          const layer = vectors([], [], 30, { everyX: every, everyY: 1 });
          const view = { scaleX: 3, offsetX: shift + 0.5, scaleY: 1, offsetY: 10 };
          const counts = drawArrows(raster, view, {
            ...layer,
            u: aField(new Float32Array(30), 30, { x, step }),
            v: aField(new Float32Array(30), 30, { x, step }),
          });
          const expected = Array.from({ length: 30 }, (_, i) => x + i * step).filter(
            (index) => index % every === 0 && index * 3 + view.offsetX >= 0 && index * 3 + view.offsetX < 100,
          );
          expect(counts.shown).toBe(expected.length);
          expect(inked(raster, 128).length).toBeGreaterThanOrEqual(expected.length > 2 ? expected.length - 2 : 0);
        },
      ),
    );
  });

  it('tells masked, disabled, outside and blank samples apart', () => {
    const layer = vectors([0, 0, 0, 0, 0], [9, 9, 9, 9, 9], 5);
    const state = statesOf(layer.u, [0, 1, 2, 3, 4]);
    const raster = blackRaster(100, 20);
    expect(drawArrows(raster, centred(20), { ...layer, state })).toEqual({ shown: 1, disabled: 2, masked: 1 });
    const columns = new Set([...raster.pixels].flatMap((pixel, at) => (pixel === 0xff000000 ? [] : [Math.floor((at % 100) / 20)])));
    expect([...columns].sort()).toEqual([0, 2, 3]);
    expect(raster.pixels.some((pixel) => pixel === CROSS)).toBe(true);
    // A cross goes through the middle of its sample, the diamond of one without a choice leaves it free.
    const middle = (column: number): number => raster.pixels[10 * 100 + 20 * column + 10] ?? 0;
    expect([middle(2) === 0xff000000, middle(3) === 0xff000000]).toEqual([false, true]);
    const hidden = blackRaster(100, 20);
    expect(drawArrows(hidden, centred(20), { ...layer, state, showDisabled: false }).disabled).toBe(2);
    expect(inked(hidden).every(([x]) => x < 20)).toBe(true);
  });

  it('colours arrows by a scalar with its own scale', () => {
    const layer = vectors([12, 12], [0, 0], 2, {
      colorBy: aField(Uint16Array.of(10, 20), 2, { slope: 10, offset: -50 }),
      colors: greyScale({ low: 50, high: 150 }),
    });
    const raster = blackRaster(40, 20);
    drawArrows(raster, centred(20), layer);
    expect(
      Math.max(
        ...inked(raster)
          .filter(([x]) => x < 20)
          .map(([x, y]) => raster.pixels[y * 40 + x]! & 255),
        0,
      ),
    ).toBe(0);
    expect(
      Math.max(
        ...inked(raster)
          .filter(([x]) => x >= 20)
          .map(([x, y]) => raster.pixels[y * 40 + x]! & 255),
      ),
    ).toBe(255);
  });

  it('draws far too long vectors as lines through the raster, leaves out those that are not finite, and never hangs', () => {
    const raster = blackRaster(60, 60);
    expect(drawArrows(raster, one, vectors([1e30], [0], 1)).shown).toBe(1);
    expect(inked(raster, 20).length).toBeGreaterThanOrEqual(60);
    const odd = blackRaster(60, 60);
    expect(drawArrows(odd, one, vectors([Number.NaN, Number.POSITIVE_INFINITY, 1], [0, 0, Number.NaN], 3)).shown).toBe(0);
    expect(inkOf(odd)).toBe(0);
    const wild = fc.oneof(fc.double(), fc.float(), fc.integer());
    const view = fc.record({ scaleX: wild, offsetX: wild, scaleY: wild, offsetY: wild });
    fc.assert(
      fc.property(
        fc.array(wild, { minLength: 8, maxLength: 8 }),
        view,
        wild,
        fc.integer({ min: 1, max: 9 }),
        (values, viewport, pixelsPerUnit, every) => {
          const started = processorMilliseconds();
          const drawn = blackRaster(30, 30);
          drawArrows(drawn, viewport, vectors(values.slice(0, 4), values.slice(4), 2, { pixelsPerUnit, everyX: every }));
          expect(processorMilliseconds() - started).toBeLessThan(500);
          expect(drawn.pixels.every((pixel) => pixel >>> 24 === 255)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
