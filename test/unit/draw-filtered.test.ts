import { describe, expect, it } from 'vitest';
import { drawImage } from '../../shared/draw/image.ts';
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
