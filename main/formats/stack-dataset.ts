import { takeWindow } from '../../shared/compute/plane-window.ts';
import { DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import {
  bufferCount,
  type Axis,
  type FrameBuffer,
  type FrameDataset,
  type FrameDatasetInfo,
  type ReadOptions,
} from '../../shared/model/dataset.ts';
import { allocateSamples, sampleElements, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import type { FrameOrder } from '../../shared/model/frame-order.ts';
import type { BufferInfo, FrameInfo, Plane, PlaneRef } from '../../shared/model/frames.ts';
import { unitScale } from '../../shared/model/scale.ts';

/** An image stack: one recorded frame after the other, all of one shape and type, shown in the order of a FrameOrder. */
export interface StackInput {
  readonly info: FrameDatasetInfo;
  readonly order: FrameOrder;
  /** The one frame of every buffer. */
  readonly frame: FrameInfo;
  /** All samples of every component of a recorded frame, all planes, C order, in the machine's byte order. */
  readFrame(frame: number, options: ReadOptions): Promise<ReadonlyMap<string, TypedArray>>;
  close(): Promise<void>;
}

/** Planes, rows and columns of a signal shape: one-dimensional signals are a single row, axes before the last two are planes. */
export function signalPlanes(sig: readonly number[]): {
  readonly planes: number;
  readonly shape: readonly [height: number, width: number];
} {
  const width = sig[sig.length - 1] ?? 1;
  const height = sig[sig.length - 2] ?? 1;
  return { planes: sig.slice(0, -2).reduce((product, size) => product * size, 1), shape: [height, width] };
}

/** Navigation axes without positions of their own, named y x, z y x, or by number. */
export function indexAxes(nav: readonly number[]): readonly Axis[] {
  const names = nav.length === 1 ? ['frame'] : ['z', 'y', 'x'].slice(-nav.length);
  return nav.map((size, i) => ({ name: nav.length > 3 ? `axis ${i}` : (names[i] ?? `axis ${i}`), size, scale: unitScale('') }));
}

/** The one frame of every buffer of a stack: a component PIXEL in counts of nothing known. */
export function stackFrame(dtype: DType, sig: readonly number[]): FrameInfo {
  const { planes, shape } = signalPlanes(sig);
  const pixel = unitScale('pixel');
  const intensity = unitScale('');
  return {
    kind: 'image',
    shape,
    planes,
    grid: [1, 1, 1],
    scales: { x: pixel, y: pixel, z: pixel, i: intensity },
    choices: 0,
    dimensions: 0,
    components: [{ name: 'PIXEL', role: 'intensity', dtype, planes, scale: intensity, stored: true }],
    attributes: {},
  };
}

/** The dataset of a stack: a buffer is read whole when it is opened, blank ones cost nothing. */
export function stackDataset(input: StackInput): FrameDataset {
  const { info, order } = input;
  const frames = [input.frame];
  let closed = false;
  const buffer = async (index: number, options: ReadOptions = {}): Promise<FrameBuffer> => {
    if (closed) throw new DataError('closed', 'The dataset is closed.', { path: info.path });
    throwIfAborted(options.signal);
    const count = bufferCount(info);
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new DataError('out-of-range', `There is no buffer ${index}: the stack has ${count} (0 to ${count - 1}).`, {
        path: info.path,
        field: 'buffer',
      });
    }
    const frame = order.at(index);
    const data = frame === undefined ? undefined : await input.readFrame(frame, options);
    const facts: BufferInfo = { index, state: data ? 'present' : 'blank', name: data ? `frame ${frame}` : 'blank', frames, attributes: {} };
    return { info: facts, warnings: [], bytes: bytesOfAll(data), plane: async (ref) => stackPlane(facts, data, ref) };
  };
  return {
    info,
    buffer,
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      await input.close();
    },
  };
}

function bytesOfAll(data: ReadonlyMap<string, TypedArray> | undefined): number {
  let bytes = 0;
  for (const samples of data?.values() ?? []) bytes += samples.byteLength;
  return bytes;
}

function stackPlane(facts: BufferInfo, data: ReadonlyMap<string, TypedArray> | undefined, ref: PlaneRef): Plane {
  const frame = facts.frames[ref.frame];
  if (!frame) throw new DataError('out-of-range', `There is no frame ${ref.frame}: every buffer has one (0).`, { field: 'frame' });
  const component = frame.components.find(({ name }) => name === ref.component);
  if (!component) {
    const names = frame.components.map(({ name }) => name).join(', ');
    throw new DataError('out-of-range', `There is no component '${ref.component}': stored is ${names}.`, { field: 'component' });
  }
  if (!Number.isInteger(ref.plane) || ref.plane < 0 || ref.plane >= frame.planes) {
    throw new DataError('out-of-range', `There is no plane ${ref.plane}: the frame has ${frame.planes} (0 to ${frame.planes - 1}).`, {
      field: 'plane',
    });
  }
  const { dtype } = component;
  const samples = frame.shape[0] * frame.shape[1];
  const elements = samples * sampleElements(dtype);
  const plane = data?.get(component.name)?.subarray(ref.plane * elements, (ref.plane + 1) * elements) ?? allocateSamples(dtype, samples);
  return takeWindow(dtype, plane, frame.shape, ref.window);
}
