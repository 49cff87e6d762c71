import type { ColorScale, ImageLayer, Raster, SampledField, StateField } from '../../shared/draw/scene.ts';
import type { NumberArray } from '../../shared/model/dtype.ts';

export const UNTOUCHED = 0x01020304;

export function emptyRaster(width: number, height: number): Raster {
  return { width, height, pixels: new Uint32Array(width * height).fill(UNTOUCHED) };
}

export function greyScale(changes: Partial<ColorScale> = {}): ColorScale {
  return { map: 'gray', reversed: false, low: 0, high: 256, transfer: 'linear', gamma: 1, notANumber: 0xff0000aa, ...changes };
}

export function aField(data: NumberArray, width: number, changes: Partial<SampledField> = {}): SampledField {
  return { data, width, height: data.length / width, x: 0, y: 0, step: 1, slope: 1, offset: 0, ...changes };
}

export function statesOf(field: SampledField, data: readonly number[]): StateField {
  const { width, height, x, y, step } = field;
  return { width, height, x, y, step, data: Uint8Array.from(data) };
}

export function anImage(field: SampledField, changes: Partial<ImageLayer> = {}): ImageLayer {
  return { field, colors: greyScale(), blank: { fill: 0xff100000, line: 0xff200000, period: 10 }, smooth: false, ...changes };
}

/** Grey level of an opaque grey pixel. */
export function greyAt({ pixels, width }: Raster, x: number, y: number): number {
  return pixels[y * width + x]! & 255;
}
