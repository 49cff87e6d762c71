import { takeWindow } from '../../shared/compute/plane-window.ts';
import { abortedError, DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { FrameBuffer, FrameDataset, FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { allocateSamples, sampleElements, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import { orderStack, shapeProduct, type FrameOrder } from '../../shared/model/frame-order.ts';
import type { BufferInfo, FrameInfo, PlaneRef } from '../../shared/model/frames.ts';
import { unitScale } from '../../shared/model/scale.ts';

export interface MemoryInput {
  readonly title: string;
  readonly dtype: DType;
  /** C order, last axis fastest; samples beyond the last whole frame are left out. Not copied. */
  readonly data: TypedArray;
  readonly navShape: readonly number[];
  /** [n], [height, width] or [planes, height, width]. */
  readonly sigShape: readonly number[];
  readonly syncOffset?: number;
}

/** An opened buffer of a stack in memory is a view: it holds next to nothing of its own. */
const VIEW_BYTES = 1024;

/** A stack of frames in memory as a dataset: results, previews, dropped arrays, tests. */
export function memoryDataset(input: MemoryInput): FrameDataset {
  const { dtype, data, navShape, sigShape } = input;
  const signal = signalShape(sigShape);
  const samples = shapeProduct(sigShape, 'sig_shape');
  const imageCount = Math.floor(data.length / sampleElements(dtype) / samples);
  if (imageCount < 1) {
    throw new DataError('invalid-option', `A frame of ${sigShape.join(' x ')} has ${samples} samples, the data have ${data.length / sampleElements(dtype)}.`, { field: 'sig_shape' });
  }
  const { order, shape } = orderStack(imageCount, navShape, sigShape, input.syncOffset ?? 0);
  const frame = frameInfo(dtype, signal);
  const info: FrameDatasetInfo = {
    kind: 'frames', format: 'memory', title: input.title, path: input.title, summary: `<Stack '${input.title}' with ${order.count} frames>`,
    attributes: {}, warnings: [], tables: [], children: [],
    nav: navShape.map((size, axis) => ({ name: `nav${axis}`, size, scale: unitScale('') })),
    uniform: true, rawDtype: dtype, shape, guessed: [], diagnostics: [], firstNumber: 0, missing: [],
  };
  let open = true;
  return {
    info,
    buffer: async (index, options) => {
      throwIfAborted(options?.signal);
      if (!open) throw new DataError('closed', `${input.title} is closed.`, { path: input.title });
      return openBuffer(index, { order, frame, dtype, data, title: input.title });
    },
    [Symbol.asyncDispose]: async () => {
      open = false;
    },
  };
}

interface Stack {
  readonly order: FrameOrder;
  readonly frame: FrameInfo;
  readonly dtype: DType;
  readonly data: TypedArray;
  readonly title: string;
}

function openBuffer(index: number, stack: Stack): FrameBuffer {
  const { order, frame, title } = stack;
  if (!Number.isInteger(index) || index < 0 || index >= order.count) {
    throw new DataError('out-of-range', `There is no buffer ${index}: ${title} has ${order.count} (0 to ${order.count - 1}).`, { path: title, field: 'buffer' });
  }
  const recorded = order.at(index);
  const info: BufferInfo = { index, state: recorded === undefined ? 'blank' : 'present', name: `${title} ${index}`, frames: [frame], attributes: {} };
  return {
    info,
    warnings: [],
    bytes: VIEW_BYTES,
    plane: async (ref, options) => {
      throwIfAborted(options?.signal);
      checkRef(ref, frame);
      return takeWindow(stack.dtype, planeSamples(stack, recorded, ref.plane), frame.shape, ref.window);
    },
  };
}

/** The samples of one plane, a view; zeros for a blank frame. */
function planeSamples({ frame, dtype, data }: Stack, recorded: number | undefined, plane: number): TypedArray {
  const samples = frame.shape[0] * frame.shape[1];
  if (recorded === undefined) return allocateSamples(dtype, samples);
  const length = samples * sampleElements(dtype);
  const first = (recorded * frame.planes + plane) * length;
  return data.subarray(first, first + length);
}

function checkRef(ref: PlaneRef, frame: FrameInfo): void {
  if (ref.frame !== 0) throw new DataError('out-of-range', `There is no frame ${ref.frame}: the buffer has 1.`, { field: 'frame' });
  if (ref.component !== 'PIXEL') throw new DataError('out-of-range', `There is no component '${ref.component}'; the frame has PIXEL.`, { field: 'component' });
  if (!Number.isInteger(ref.plane) || ref.plane < 0 || ref.plane >= frame.planes) {
    throw new DataError('out-of-range', `There is no plane ${ref.plane}: the frame has ${frame.planes}.`, { field: 'plane' });
  }
}

/** A signal shape as planes, height, width. */
function signalShape(shape: readonly number[]): readonly [planes: number, height: number, width: number] {
  if (shape.length < 1 || shape.length > 3) throw new DataError('invalid-option', `sig_shape must have 1 to 3 axes, got ${shape.length}.`, { field: 'sig_shape' });
  const [width = 1, height = 1, planes = 1] = [...shape].reverse();
  return [planes, height, width];
}

function frameInfo(dtype: DType, [planes, height, width]: readonly [number, number, number]): FrameInfo {
  const pixels = unitScale('px');
  const counts = unitScale('');
  return {
    kind: 'image', shape: [height, width], planes, grid: [1, 1, 1], scales: { x: pixels, y: pixels, z: pixels, i: counts },
    choices: 0, dimensions: 0, attributes: {},
    components: [{ name: 'PIXEL', role: 'intensity', dtype, planes, scale: counts, stored: true }],
  };
}

/** The same dataset, every read of which takes at least so long; an abort ends the wait at once. */
export function delayed(dataset: FrameDataset, milliseconds: number): FrameDataset {
  return {
    info: dataset.info,
    ...(dataset.group === undefined ? {} : { group: dataset.group }),
    buffer: async (index, options) => {
      await wait(milliseconds, options?.signal);
      const buffer = await dataset.buffer(index, options);
      return {
        info: buffer.info,
        warnings: buffer.warnings,
        get bytes() {
          return buffer.bytes;
        },
        plane: async (ref, planeOptions) => {
          await wait(milliseconds, planeOptions?.signal);
          return buffer.plane(ref, planeOptions);
        },
      };
    },
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  throwIfAborted(signal);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    const abort = (): void => {
      clearTimeout(timer);
      reject(abortedError());
    };
    signal?.addEventListener('abort', abort, { once: true });
  });
}
