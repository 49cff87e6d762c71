import { DataError } from '../model/data-error.ts';
import { allocateSamples, sampleElements, type DType, type NumberArray, type TypedArray } from '../model/dtype.ts';
import type { Plane, PlaneWindow } from '../model/frames.ts';

/** The window clipped to a plane of [height, width] samples; the whole plane where none is asked for. `out-of-range` when nothing is left. */
export function clipWindow(shape: readonly [height: number, width: number], window?: PlaneWindow): PlaneWindow {
  const [height, width] = shape;
  if (!window) return { x: 0, y: 0, width, height, step: 1 };
  const { x, y, step } = window;
  const whole = [x, y, window.width, window.height, step].every(Number.isSafeInteger);
  if (!whole || x < 0 || y < 0 || x >= width || y >= height || window.width < 1 || window.height < 1 || step < 1) {
    const asked = `x ${x}, y ${y}, ${window.width} x ${window.height}, step ${step}`;
    throw new DataError('out-of-range', `The window (${asked}) lies outside of the ${width} x ${height} samples of the plane.`, {
      field: 'window',
    });
  }
  return { x, y, width: Math.min(window.width, width - x), height: Math.min(window.height, height - y), step };
}

/** Samples per row and rows that a clipped window delivers. */
export function windowSize(window: PlaneWindow): { readonly width: number; readonly height: number } {
  return { width: Math.ceil(window.width / window.step), height: Math.ceil(window.height / window.step) };
}

/** The samples of a window of a whole plane; the plane itself where the window is all of it. */
export function takeWindow(dtype: DType, data: TypedArray, shape: readonly [height: number, width: number], asked?: PlaneWindow): Plane {
  const window = clipWindow(shape, asked);
  const { width, height } = windowSize(window);
  if (width === shape[1] && height === shape[0]) return { dtype, width, height, data };
  const elements = sampleElements(dtype);
  const out = allocateSamples(dtype, width * height);
  for (let row = 0; row < height; row++) {
    const from = ((window.y + row * window.step) * shape[1] + window.x) * elements;
    if (window.step === 1) setRow(out, data, from, row * width * elements, width * elements);
    else stepRow(out, data, from, row * width * elements, { samples: width, step: window.step, elements });
  }
  return { dtype, width, height, data: out };
}

/** Both arrays have the same element type: they come from one dtype. */
function setRow(out: TypedArray, data: TypedArray, from: number, to: number, length: number): void {
  (out as NumberArray).set((data as NumberArray).subarray(from, from + length), to);
}

function stepRow(
  out: TypedArray,
  data: TypedArray,
  from: number,
  to: number,
  take: { samples: number; step: number; elements: number },
): void {
  const source = data as NumberArray;
  const target = out as NumberArray;
  const stride = take.step * take.elements;
  for (let element = 0; element < take.elements; element++) {
    for (let i = 0, at = from + element, put = to + element; i < take.samples; i++, at += stride, put += take.elements)
      target[put] = source[at] as number;
  }
}
