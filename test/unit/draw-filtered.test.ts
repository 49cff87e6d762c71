import { describe, expect, it } from 'vitest';
import { createFilter } from '../../shared/draw/filtered-rows.ts';
import { drawImage } from '../../shared/draw/image.ts';
import { samplesUnderPixels } from '../../shared/draw/pixel-samples.ts';
import type { PixelAxis } from '../../shared/draw/pixel-samples.ts';
import type { ImageLayer } from '../../shared/draw/scene.ts';
import { aField, anImage, emptyRaster, greyAt, greyScale, statesOf } from '../support/pictures.ts';

/** 3 samples on 2 pixels. */
const VIEW = { scaleX: 2 / 3, offsetX: 1 / 3, scaleY: 1, offsetY: 0.5 };

describe('pictures of averaged samples', () => {
  it('follow colours, samples, states and view when drawn into the same memory again', () => {
    const raster = emptyRaster(2, 1);
    const field = aField(Float32Array.of(10, 40, 100), 3);
    const draw = (changes = {}, view = VIEW, of = field): readonly number[] => {
      drawImage(raster, view, anImage(of, changes));
      return [greyAt(raster, 0, 0), greyAt(raster, 1, 0)];
    };
    expect(draw()).toEqual([20, 80]);
    expect(draw({ colors: greyScale({ high: 512 }) })).toEqual([10, 40]);
    expect(draw({}, VIEW, { ...field, slope: 2, offset: 1 })).toEqual([41, 161]);
    expect(draw({}, VIEW, aField(Uint16Array.of(30, 30, 90), 3))).toEqual([30, 70]);
    expect(draw({}, { ...VIEW, scaleX: -VIEW.scaleX, offsetX: 2 - 1 / 3 })).toEqual([80, 20]);
    const masked = { fill: 0xff010101, line: 0xff010101, period: 7 };
    expect(draw({ state: statesOf(field, [0, 1, 0]), masked })).toEqual([10, 100]);
    expect(draw({ state: statesOf(field, [0, 1, 0]) })).toEqual([20, 80]);
  });

  it('take in every sample where samples are hardly smaller than pixels', () => {
    const field = aField(new Float32Array(11).fill(50), 11);
    for (let sample = 0; sample < 11; sample++) {
      const raster = emptyRaster(10, 1);
      const data = field.data.slice();
      data[sample] = 250;
      drawImage(raster, { scaleX: 10 / 11, offsetX: 5 / 11, scaleY: 1, offsetY: 0.5 }, anImage({ ...field, data }));
      expect(raster.pixels.some((pixel) => (pixel & 255) > 100)).toBe(true);
    }
  });
});

const WIDTH = 23;
const HEIGHT = 19;
const TYPES = [Uint8Array, Int8Array, Uint16Array, Int16Array, Int32Array, Uint32Array, Float32Array, Float64Array] as const;
const MASKED = { fill: 0, line: 0, period: 7 };

/** All samples of an axis on `pixels` pixels, the last one first where the axis is mirrored. */
function anAxis(samples: number, pixels: number, mirrored = false): PixelAxis {
  const scale = pixels / samples;
  return { pixels, scale: mirrored ? -scale : scale, offset: mirrored ? pixels - scale / 2 : scale / 2, start: 0, step: 1, samples };
}

/** How much of each sample a pixel covers, straight from the definition. */
function shares({ samples, pixels, scale }: PixelAxis, pixel: number): readonly number[] {
  const perPixel = samples / pixels;
  const from = (scale < 0 ? pixels - 1 - pixel : pixel) * perPixel;
  return Array.from({ length: samples }, (_, k) => Math.max(0, Math.min(k + 1, from + perPixel) - Math.max(k, from)));
}

function meanOf(layer: ImageLayer, across: readonly number[], down: readonly number[]): number {
  let sum = 0;
  let weights = 0;
  for (const [y, shareY] of down.entries())
    for (const [x, shareX] of across.entries()) {
      const value = layer.field.data[y * WIDTH + x]!;
      if (!Number.isFinite(value) || (layer.masked && layer.state?.data[y * WIDTH + x] === 1)) continue;
      sum += shareX * shareY * value;
      weights += shareX * shareY;
    }
  return sum / weights;
}

describe('rows of averaged samples', () => {
  const layers = TYPES.map((Type) => {
    const lowest = Type.name.startsWith('Uint') ? 0 : -60;
    const samples = new Type(WIDTH * HEIGHT).map((_: number, i: number) => lowest + ((i * 7919) % 120));
    return [Type.name, anImage(aField(samples, WIDTH))] as const;
  });
  const [, floats] = layers[6]!;
  const holed = floats.field.data.map((value, i) => (i % 31 === 0 ? Number.NaN : i % 47 === 0 ? Number.POSITIVE_INFINITY : value));
  const state = statesOf(
    floats.field,
    Array.from(floats.field.data, (_, i) => (i % 5 === 0 ? 1 : 0)),
  );
  const some = [
    ['samples that are not finite', { ...floats, field: { ...floats.field, data: holed } }],
    ['a mask', { ...floats, state, masked: MASKED }],
    ['integers with a mask', { ...layers[3]![1], state, masked: MASKED }],
  ] as const;

  it.each([...layers, ...some])('are means by the shares that pixels cover, from 1.4 to 19 samples a pixel (%s)', (_, layer) => {
    for (const [columns, rows] of [
      [16, 13],
      [11, 9],
      [7, 6],
      [5, 4],
      [3, 1],
    ] as const) {
      const [axisX, axisY] = [anAxis(WIDTH, columns, true), anAxis(HEIGHT, rows)];
      const [under, over] = [samplesUnderPixels(axisX), samplesUnderPixels(axisY)];
      const filter = createFilter(layer, axisX, axisY, under, over);
      for (let y = 0; y < rows; y++) {
        const values = filter(y);
        for (let x = 0; x < columns; x++) {
          const own = layer.field.data[over[y]! * WIDTH + under[x]!]!;
          if (Number.isFinite(own)) expect(values[x]).toBeCloseTo(meanOf(layer, shares(axisX, x), shares(axisY, y)), 9);
          else expect(values[x]).toBe(own);
        }
      }
    }
  });
});
