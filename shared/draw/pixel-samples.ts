import type { Raster, SampledField, Viewport } from './scene.ts';

/** One axis of a sampled field on an axis of the raster. Sample k covers the indices [start + k * step - 0.5, start + (k + 1) * step - 0.5). */
export interface PixelAxis {
  readonly pixels: number;
  readonly scale: number;
  readonly offset: number;
  readonly start: number;
  readonly step: number;
  readonly samples: number;
}

/** The two axes of a field on a raster. */
export function axesOfField(
  raster: Raster,
  viewport: Viewport,
  field: SampledField,
): { readonly axisX: PixelAxis; readonly axisY: PixelAxis } {
  const { x, y, step, width, height } = field;
  return {
    axisX: { pixels: raster.width, scale: viewport.scaleX, offset: viewport.offsetX, start: x, step, samples: width },
    axisY: { pixels: raster.height, scale: viewport.scaleY, offset: viewport.offsetY, start: y, step, samples: height },
  };
}

/** Where a pixel coordinate (0 at the edge of the raster) lies, in samples from the edge of the first one. */
function samplePlace({ scale, offset, start, step }: PixelAxis, coordinate: number): number {
  return ((coordinate - offset) / scale + 0.5 - start) / step;
}

/** For each pixel the sample under its centre, or -1 outside of the field. */
export function samplesUnderPixels(axis: PixelAxis): Int32Array {
  const under = new Int32Array(axis.pixels);
  for (let pixel = 0; pixel < axis.pixels; pixel++) {
    const sample = Math.floor(samplePlace(axis, pixel + 0.5));
    under[pixel] = sample >= 0 && sample < axis.samples ? sample : -1;
  }
  return under;
}

/** Pixels [from, to) that lie on the field; from = to where none do. */
export function pixelRange(under: Int32Array): { readonly from: number; readonly to: number } {
  const from = under.findIndex((sample) => sample >= 0);
  if (from < 0) return { from: 0, to: 0 };
  let to = under.length;
  while (under[to - 1]! < 0) to--;
  return { from, to };
}

/**
 * Weighted samples of the pixels [from, to) of an axis: pixel from + i is the sum over t < count of weights[t * (to - from) + i] times
 * sample first[i] + t. Weights of a pixel sum up to 1; samples beyond the last one have no weight. `count` is 1, 2, 4 or more.
 */
export interface Taps {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

/** True where several samples fall on one pixel. */
export function isReduced({ scale, step }: PixelAxis): boolean {
  return Math.abs(scale) * step < 0.999;
}

/** Up to so many samples a pixel the two around its centre take in all of them, and cost less than shares of three. */
const TWO_ARE_ENOUGH = 1.3;

/**
 * How pixels are made from samples: where samples are smaller than pixels, by the share that they cover, or from the two around where they
 * are hardly smaller; where they are larger, from the two around (`smooth`) or the one under the pixel's centre.
 */
export function tapsOf(axis: PixelAxis, under: Int32Array, smooth: boolean): Taps {
  const { from, to } = pixelRange(under);
  const pixels = to - from;
  const perPixel = 1 / (Math.abs(axis.scale) * axis.step);
  const covered = perPixel > TWO_ARE_ENOUGH;
  const between = smooth || isReduced(axis);
  const count = covered ? Math.max(4, Math.min(axis.samples, Math.ceil(perPixel) + 1)) : between ? 2 : 1;
  const first = new Int32Array(pixels);
  const weights = new Float64Array(pixels * count);
  for (let i = 0; i < pixels; i++) {
    if (covered) first[i] = weighCovered(axis, from + i, weights, i, pixels);
    else if (between) first[i] = weighNeighbours(samplePlace(axis, from + i + 0.5) - 0.5, axis.samples, weights, i, pixels);
    else {
      first[i] = under[from + i]!;
      weights[i] = 1;
    }
  }
  return { from, to, count, first, weights };
}

function weighCovered(axis: PixelAxis, pixel: number, weights: Float64Array, at: number, pixels: number): number {
  const ends = [samplePlace(axis, pixel), samplePlace(axis, pixel + 1)];
  const low = Math.max(0, Math.min(...ends));
  const high = Math.min(axis.samples, Math.max(...ends));
  const first = Math.floor(low);
  for (let sample = first; sample < high; sample++) {
    weights[(sample - first) * pixels + at] = (Math.min(sample + 1, high) - Math.max(sample, low)) / (high - low);
  }
  return first;
}

/** `place` counts from the centre of the first sample; beyond the outer centres the outer samples go on. */
function weighNeighbours(place: number, samples: number, weights: Float64Array, at: number, pixels: number): number {
  const clamped = Math.min(samples - 1, Math.max(0, place));
  const first = Math.floor(clamped);
  weights[at] = 1 - (clamped - first);
  weights[pixels + at] = clamped - first;
  return first;
}
