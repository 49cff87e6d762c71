import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colorOf, prepareScale } from '../../shared/draw/color-scale.ts';
import { drawImage } from '../../shared/draw/image.ts';
import type { Viewport } from '../../shared/draw/scene.ts';
import { aField, anImage, emptyRaster, greyAt, greyScale, statesOf, UNTOUCHED } from '../support/pictures.ts';

const magnified = fc
  .record({ size: fc.double({ min: 1, max: 9, noNaN: true }), mirror: fc.boolean(), offset: fc.double({ min: -30, max: 40, noNaN: true }) })
  .map(({ size, mirror, offset }) => ({ scale: mirror ? -size : size, offset }));
const views = fc
  .tuple(magnified, magnified)
  .map(([x, y]): Viewport => ({ scaleX: x.scale, offsetX: x.offset, scaleY: y.scale, offsetY: y.offset }));

/** The sample index (with fraction) at the centre of a pixel, straight from the definition of a viewport. */
const indexAt = (pixel: number, scale: number, offset: number): number => (pixel + 0.5 - offset) / scale;

describe('drawImage', () => {
  it.each(['u1', 'f4'] as const)(
    'shows under every pixel the sample that its centre lies in, in any magnified or mirrored view (%s)',
    (dtype) => {
      fc.assert(
        fc.property(views, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 3 }), (view, start, step) => {
          const data = Uint8Array.from({ length: 7 * 5 }, (_, i) => (i * 37) % 256);
          const field = aField(dtype === 'u1' ? data : Float32Array.from(data), 7, { x: start, y: start + 1, step });
          const raster = emptyRaster(41, 33);
          drawImage(raster, view, anImage(field));
          const expected = raster.pixels.map((_, at) => {
            const x = at % 41;
            const y = Math.floor(at / 41);
            const column = (indexAt(x, view.scaleX, view.offsetX) + 0.5 - field.x) / step;
            const row = (indexAt(y, view.scaleY, view.offsetY) + 0.5 - field.y) / step;
            const inside = column >= 0 && column < 7 && row >= 0 && row < 5;
            return inside ? 0xff000000 | (data[Math.floor(row) * 7 + Math.floor(column)]! * 0x010101) : UNTOUCHED;
          });
          expect(raster.pixels).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('shows means of the samples that share a pixel', () => {
    const data = Uint16Array.of(10, 20, 100, 200, 30, 40, 100, 200);
    const raster = emptyRaster(2, 1);
    drawImage(raster, { scaleX: 0.5, offsetX: 0.25, scaleY: 0.5, offsetY: 0.25 }, anImage(aField(data, 4)));
    expect([greyAt(raster, 0, 0), greyAt(raster, 1, 0)]).toEqual([25, 150]);
  });

  it('keeps the mean of the whole when samples and pixels do not match', () => {
    const data = Float32Array.from({ length: 31 * 31 }, (_, i) => 50 + ((i * 7919) % 150));
    const raster = emptyRaster(20, 20);
    const scale = 20 / 31;
    drawImage(raster, { scaleX: scale, offsetX: scale / 2, scaleY: -scale, offsetY: 20 - scale / 2 }, anImage(aField(data, 31)));
    const drawn = raster.pixels.reduce((sum, pixel) => sum + (pixel & 255) + 0.5, 0) / 400;
    expect(drawn).toBeCloseTo(data.reduce((sum, value) => sum + value, 0) / 961, 0);
  });

  it('interpolates between the centres of samples, and exactly at them', () => {
    const raster = emptyRaster(12, 4);
    drawImage(raster, { scaleX: 4, offsetX: 2, scaleY: 4, offsetY: 2 }, anImage(aField(Float32Array.of(0, 100, 200), 3), { smooth: true }));
    const row = Array.from({ length: 12 }, (_, x) => greyAt(raster, x, 2));
    expect(row).toEqual([0, 0, 12, 37, 62, 87, 112, 137, 162, 187, 200, 200]);
  });

  it('lets NaN, masked and blank samples take no part in means and interpolation, and shows NaN where it is', () => {
    const field = aField(Float32Array.of(40, Number.NaN, 80, 250, 60, 250), 6);
    const masked = { fill: 0xff300000, line: 0xff300000, period: 7 };
    const raster = emptyRaster(48, 8);
    drawImage(
      raster,
      { scaleX: 8, offsetX: 4, scaleY: 8, offsetY: 4 },
      anImage(field, { state: statesOf(field, [0, 0, 0, 1, 0, 4]), masked, smooth: true }),
    );
    for (const x of [0, 5, 7]) expect(greyAt(raster, x, 3)).toBe(40);
    for (const x of [8, 12, 15]) expect(raster.pixels[x]).toBe(0xff0000aa);
    for (const x of [16, 20, 23]) expect(greyAt(raster, x, 3)).toBe(80);
    for (const x of [24, 28, 31]) expect(raster.pixels[x]).toBe(0xff300000);
    for (const x of [32, 36, 39]) expect(greyAt(raster, x, 3)).toBe(60);
    for (const x of [40, 47]) expect([0xff100000, 0xff200000]).toContain(raster.pixels[x]);
  });

  it('hatches on the screen: lines rise by 45 degrees, one of seven pixels, and do not move with the picture', () => {
    const field = aField(new Uint8Array(400).fill(9), 20);
    const state = statesOf(
      field,
      Array.from({ length: 400 }, () => 1),
    );
    const masked = { fill: 0xff010101, line: 0xff0a0a0a, period: 7 };
    const draw = (offset: number) => {
      const raster = emptyRaster(28, 28);
      drawImage(raster, { scaleX: 4, offsetX: offset, scaleY: 4, offsetY: offset }, anImage(field, { state, masked }));
      return raster;
    };
    const raster = draw(-11.3);
    for (let y = 0; y < 28; y++) for (let x = 0; x < 28; x++) expect(greyAt(raster, x, y)).toBe((x + y) % 7 === 0 ? 10 : 1);
    expect(draw(-20).pixels).toEqual(raster.pixels);
  });

  it('draws masked samples as valid when the mask is not shown, and lets a clear fill show the picture', () => {
    const field = aField(Uint8Array.of(100, 200), 2);
    const state = statesOf(field, [1, 0]);
    const view = { scaleX: 1, offsetX: 0.5, scaleY: 1, offsetY: 0.5 };
    const raster = emptyRaster(2, 1);
    drawImage(raster, view, anImage(field, { state }));
    expect([greyAt(raster, 0, 0), greyAt(raster, 1, 0)]).toEqual([100, 200]);
    drawImage(raster, view, anImage(field, { state, masked: { fill: 0x80000000, line: 0, period: 7 } }));
    expect(greyAt(raster, 0, 0)).toBeGreaterThan(45);
    expect(greyAt(raster, 0, 0)).toBeLessThan(55);
  });

  it('colours floats as it colours integers', () => {
    const colors = greyScale({ low: 10.5, high: 90, transfer: 'log', under: 7, over: 8 });
    const data = Int16Array.from({ length: 256 }, (_, i) => i * 3 - 300);
    const [a, b] = [data, Float64Array.from(data)].map((samples) => {
      const raster = emptyRaster(256, 1);
      drawImage(
        raster,
        { scaleX: 1, offsetX: 0.5, scaleY: 1, offsetY: 0.5 },
        anImage(aField(samples, 256, { slope: 0.25, offset: 1 }), { colors }),
      );
      return raster.pixels;
    });
    expect(a).toEqual(b);
    expect([...a!]).toEqual([...data].map((sample) => colorOf(prepareScale(colors), 0.25 * sample + 1)));
  });

  it('leaves the raster alone where the field is out of view, and survives absurd views', () => {
    for (const scale of [1e-300, 1e300, -1e-9, Number.NaN]) {
      for (const smooth of [false, true]) {
        const raster = emptyRaster(20, 20);
        drawImage(
          raster,
          { scaleX: scale, offsetX: 5, scaleY: scale, offsetY: 1e12 },
          anImage(aField(new Float32Array(12), 4), { smooth }),
        );
        if (scale !== 1e300) expect(raster.pixels.every((pixel) => pixel === UNTOUCHED)).toBe(true);
      }
    }
  });
});
