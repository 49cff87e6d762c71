import type { ValueMode } from '../contract/planes.ts';
import { cutFrame, type Cut } from '../model/cut.ts';
import { DataError } from '../model/data-error.ts';
import type { FrameBuffer, ReadOptions } from '../model/dataset.ts';
import { allocateSamples, sampleElements, type NumberArray } from '../model/dtype.ts';
import type { Plane, PlaneWindow } from '../model/frames.ts';
import { fieldPlane } from './derived-plane.ts';
import { clipWindow, windowSize } from './plane-window.ts';

/** Where a field is read: a plane of the frame, or of the frame as a cut shows it. */
export interface CutPlace {
  readonly frame: number;
  readonly plane: number;
  readonly window?: PlaneWindow;
  readonly cut?: Cut;
}

/**
 * `fieldPlane` for volumes cut across as well. A cut is put together from one row or column of each plane, so no more memory is needed
 * than for the cut itself. Derived components mean what they mean in the volume: u is along x in every cut.
 */
export async function fieldOfCut(
  buffer: FrameBuffer,
  where: CutPlace,
  component: string,
  mode: ValueMode,
  options: ReadOptions = {},
): Promise<Plane> {
  const { cut, ...flat } = where;
  const frame = buffer.info.frames[where.frame];
  if (!cut || !frame) return fieldPlane(buffer, flat, component, mode, options);
  const across = cutFrame(frame, cut);
  if (!(where.plane >= 0 && where.plane < across.planes)) {
    throw new DataError(
      'out-of-range',
      `There is no plane ${where.plane} across: the volume has ${across.planes} (0 to ${across.planes - 1}).`,
      { field: 'plane' },
    );
  }
  const window = clipWindow(across.shape, where.window);
  return assemble(
    cut,
    window,
    (plane, line) => fieldPlane(buffer, { frame: where.frame, plane, window: line }, component, mode, options),
    where.plane,
  );
}

async function assemble(
  cut: Cut,
  window: PlaneWindow,
  read: (plane: number, line: PlaneWindow) => Promise<Plane>,
  at: number,
): Promise<Plane> {
  const { width, height } = windowSize(window);
  const { x, y, step } = window;
  const inRows = cut === 'xz';
  const line = inRows ? { x, y: at, width: window.width, height: 1, step } : { x: at, y, width: 1, height: window.height, step };
  const lines = inRows ? height : width;
  const first = await read(inRows ? y : x, line);
  const elements = sampleElements(first.dtype);
  const data = allocateSamples(first.dtype, width * height);
  for (let index = 0; index < lines; index++) {
    const plane = index === 0 ? first : await read((inRows ? y : x) + index * step, line);
    if (inRows) (data as NumberArray).set(plane.data as NumberArray, index * width * elements);
    else putColumn(data as NumberArray, plane.data as NumberArray, index * elements, width * elements, elements);
  }
  return { dtype: first.dtype, width, height, data };
}

function putColumn(out: NumberArray, column: NumberArray, from: number, stride: number, elements: number): void {
  const samples = column.length / elements;
  for (let sample = 0; sample < samples; sample++) {
    for (let element = 0; element < elements; element++)
      out[from + sample * stride + element] = column[sample * elements + element] as number;
  }
}
