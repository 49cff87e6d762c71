import { abortedError, DataError, throwIfAborted } from '../../shared/model/data-error.ts';
import type { FrameDataset, FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { sampleElements, type DType, type TypedArray } from '../../shared/model/dtype.ts';
import { orderStack, shapeProduct } from '../../shared/model/frame-order.ts';
import { indexAxes, stackDataset, stackFrame } from './stack-dataset.ts';

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

/** A stack of frames in memory as a dataset: results, previews, dropped arrays, tests. */
export function memoryDataset(input: MemoryInput): FrameDataset {
  const { title, dtype, data, navShape, sigShape } = input;
  const frameElements = shapeProduct(sigShape, 'sig_shape') * sampleElements(dtype);
  const imageCount = Math.floor(data.length / frameElements);
  if (imageCount < 1) {
    throw new DataError(
      'invalid-option',
      `A frame of ${sigShape.join(' x ')} needs ${frameElements} numbers, the data have ${data.length}.`,
      { field: 'sig_shape' },
    );
  }
  const { order, shape } = orderStack(imageCount, navShape, sigShape, input.syncOffset ?? 0);
  const info: FrameDatasetInfo = {
    kind: 'frames',
    format: 'memory',
    title,
    path: title,
    summary: `<Stack '${title}' with ${order.count} frames>`,
    attributes: {},
    warnings: [],
    tables: [],
    children: [],
    nav: indexAxes(navShape),
    uniform: true,
    rawDtype: dtype,
    shape,
    guessed: [],
    diagnostics: [],
    firstNumber: 0,
    missing: [],
  };
  return stackDataset({
    info,
    order,
    frame: stackFrame(dtype, sigShape),
    readFrame: async (frame) => new Map([['PIXEL', data.subarray(frame * frameElements, (frame + 1) * frameElements)]]),
    close: async () => undefined,
  });
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
