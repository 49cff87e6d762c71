import { describe, expect, test } from 'vitest';
import { glyphBox, glyphStep, MOST_GLYPHS } from '../../renderer/draw-worker/glyph-cloud.ts';
import { drawColorImage } from '../../shared/draw/color-image.ts';
import { drawGlyphs } from '../../shared/draw/glyphs.ts';
import { spaceMatrix, type Box } from '../../shared/draw/space-camera.ts';
import type { ColorScale, Raster, SampledField } from '../../shared/draw/scene.ts';
import { drawUncertainty } from '../../shared/draw/uncertainty-mark.ts';
import { vectorFrame } from '../support/view-frames.ts';

const blank = (width: number, height: number): Raster => ({ width, height, pixels: new Uint32Array(width * height).fill(0xff000000) });
const box: Box = { low: [0, 0, 0], high: [4, 2, 2] };
const gray: ColorScale = { map: 'gray', reversed: false, low: 0, high: 255, transfer: 'linear', gamma: 1, notANumber: 0xff00ff00 };

describe('arrows in space', () => {
  const cloud = {
    count: 2,
    positions: Float32Array.of(2, 1, 0, 2, 1, 2),
    vectors: Float32Array.of(1, 0, 0, 1, 0, 0),
    values: Float32Array.of(255, 0),
  };
  const boxStyle = { line: 0xff000000, lineWidth: 1 };
  const layer = { cloud, every: 1, colors: gray, length: 2, lineWidth: 3, boxStyle, canvas: 0xff000000, farShare: 0.45 };
  const matrixOf = (turn: number, raster: Raster, perspective = false) =>
    spaceMatrix(box, { turn, tilt: 0, magnification: 1, panX: 0, panY: 0, perspective }, raster);
  const greyAt = (raster: Raster, x: number, y: number): number => raster.pixels[y * raster.width + x]! & 255;

  test('the nearer one covers the farther one, whatever their order', () => {
    for (const perspective of [false, true]) {
      const middle = (turn: number): number => {
        const raster = blank(101, 101);
        drawGlyphs(raster, matrixOf(turn, raster, perspective), box, layer);
        return greyAt(raster, 50, 50);
      };
      expect(middle(0)).toBe(0);
      expect(middle(Math.PI)).toBeGreaterThan(200);
    }
  });

  test('far ones are paler, but for views along an axis, and in perspective they are shorter', () => {
    const single = { ...cloud, count: 1, values: Float32Array.of(255) };
    const drawn = (farShare: number, perspective = false): Raster => {
      const raster = blank(101, 101);
      drawGlyphs(raster, matrixOf(0, raster, perspective), box, { ...layer, cloud: single, farShare });
      return raster;
    };
    expect(greyAt(drawn(1), 50, 50)).toBe(255);
    expect(greyAt(drawn(0.45), 50, 50)).toBeLessThan(130);
    const length = (raster: Raster): number => raster.pixels.subarray(50 * 101, 51 * 101).filter((pixel) => (pixel & 255) > 60).length;
    expect(length(drawn(1, true))).toBeLessThan(length(drawn(1)));
  });

  test('every n-th is drawn while the volume is turned', () => {
    const raster = blank(50, 50);
    expect(drawGlyphs(raster, matrixOf(0, raster), box, { ...layer, every: 2 })).toBe(1);
  });

  test('adaptive density keeps arrows apart on the screen, fewer in a small window, more where it is magnified', () => {
    const frame = vectorFrame(50, 40, [], { planes: 20, dimensions: 3 });
    const stepAt = (side: number, magnification: number) =>
      glyphStep(frame, { density: { mode: 'adaptive', spacing: 13 }, area: { width: side, height: side }, magnification });
    expect(stepAt(200, 1)).toBeGreaterThan(stepAt(600, 1));
    expect(stepAt(200, 4)).toBeLessThan(stepAt(200, 1));
  });

  test('large volumes are thinned on all axes alike, and boxes of other units are in indices', () => {
    const frame = vectorFrame(400, 300, [], { planes: 100, dimensions: 3 });
    const look = { density: { mode: 'every', x: 1, y: 1 }, area: { width: 800, height: 600 }, magnification: 1 } as const;
    const step = glyphStep(frame, look);
    expect(Math.ceil(400 / step) * Math.ceil(300 / step) * Math.ceil(100 / step)).toBeLessThanOrEqual(MOST_GLYPHS);
    const small = vectorFrame(20, 20, [], { planes: 5 });
    expect(glyphStep(small, look)).toBe(1);
    expect(glyphStep(small, { ...look, density: { mode: 'every', x: 3, y: 2 } })).toBe(3);
    expect(glyphStep(small, { ...look, density: { mode: 'every', x: 900, y: 2 } })).toBe(20);
    expect(glyphBox(vectorFrame(3, 3, [], { planes: 3, grid: [1, 1, 1] }))).toEqual({ low: [0, 4.8, 0], high: [0.2, 5, 2] });
    const odd = { ...frame, scales: { ...frame.scales, z: { ...frame.scales.z, unit: 's' } } };
    expect(glyphBox(odd)).toEqual({ low: [0, -299, 0], high: [399, 0, 99] });
  });
});

describe('colour pictures', () => {
  const field = (data: number[]): SampledField => ({
    data: Float32Array.from(data),
    width: 2,
    height: 1,
    x: 0,
    y: 0,
    step: 1,
    slope: 1,
    offset: 0,
  });
  const viewport = { scaleX: 1, offsetX: 0.5, scaleY: 1, offsetY: 0.5 };
  const hatch = { fill: 1, line: 2, period: 7 };

  test('mix the three fields between the limits; a sample that is no number in one is none', () => {
    const raster = blank(2, 1);
    drawColorImage(raster, viewport, {
      fields: [field([300, 10]), field([-5, 10]), field([128, Number.NaN])],
      colors: gray,
      smooth: false,
      blank: hatch,
    });
    expect([...raster.pixels]).toEqual([0xff8000ff, 0xff00ff00]);
  });

  test('hatch what is filtered', () => {
    const raster = blank(2, 1);
    const state = { ...field([0, 0]), data: Uint8Array.of(0, 5) };
    drawColorImage(raster, viewport, {
      fields: [field([9, 9]), field([9, 9]), field([9, 9])],
      colors: gray,
      smooth: false,
      blank: hatch,
      state,
      filtered: { fill: 0xff123456, line: 0xff123456, period: 7 },
    });
    expect(raster.pixels[1]).toBe(0xff123456);
    expect(raster.pixels[0]).toBe(0xff090909);
  });
});

describe('marks of uncertainty', () => {
  const extent = (shape: 'ellipse' | 'box'): readonly number[] => {
    const raster = blank(41, 41);
    expect(drawUncertainty(raster, 20.5, 20.5, 10, 5, shape, 1)).toBe(true);
    const on = [...raster.pixels].flatMap((pixel, at) => ((pixel & 255) > 100 ? [[at % 41, Math.floor(at / 41)] as const] : []));
    return [
      Math.min(...on.map(([x]) => x)),
      Math.max(...on.map(([x]) => x)),
      Math.min(...on.map(([, y]) => y)),
      Math.max(...on.map(([, y]) => y)),
      on.length,
    ];
  };

  test('are left out where they would hide under the head of the arrow', () => {
    const raster = blank(9, 9);
    expect(drawUncertainty(raster, 4.5, 4.5, 1, 1.4, 'ellipse', 1)).toBe(false);
    expect(raster.pixels.every((pixel) => pixel === blank(1, 1).pixels[0])).toBe(true);
  });

  test('reach as far as the uncertainty in each direction and leave the middle free', () => {
    expect(extent('box').slice(0, 4)).toEqual([10, 30, 15, 25]);
    const [left = 0, right = 0, top = 0, bottom = 0, amount = 0] = extent('ellipse');
    expect(Math.abs(left - 10) + Math.abs(right - 30) + Math.abs(top - 15) + Math.abs(bottom - 25)).toBeLessThanOrEqual(4);
    expect(amount).toBeLessThan(90);
  });
});
