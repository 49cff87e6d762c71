import { DataError, isDataError } from '../../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer, type FrameDataset } from '../../../shared/model/dataset.ts';

/** A dataset whose buffers say, where they cannot be read, which ranges leave them out: one that is being written ends with half a file. */
export function withRangeHint(dataset: FrameDataset): FrameDataset {
  const total = bufferCount(dataset.info);
  const telling = async <T>(index: number, read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (!isDataError(error) || isDataError(error, 'aborted', 'closed', 'out-of-range', 'invalid-option') || total < 2) throw error;
      throw hinted(error, index, total);
    }
  };
  const { facts } = dataset;
  return {
    ...dataset,
    buffer: async (index, options) => {
      const buffer = await telling(index, () => dataset.buffer(index, options));
      return tellingPlanes(buffer, (read) => telling(index, read));
    },
    ...(facts ? { facts: (index, options) => telling(index, () => facts(index, options)) } : {}),
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

function tellingPlanes(buffer: FrameBuffer, telling: <T>(read: () => Promise<T>) => Promise<T>): FrameBuffer {
  return {
    info: buffer.info,
    warnings: buffer.warnings,
    get bytes() {
      return buffer.bytes;
    },
    plane: (ref, options) => telling(() => buffer.plane(ref, options)),
  };
}

function hinted(error: DataError, index: number, total: number): DataError {
  const ranges = [...(index > 0 ? [`0:${index}`] : []), ...(index < total - 1 ? [`${index + 1}:${total}`] : [])];
  const hint = `Buffer ${index} of 0 to ${total - 1} cannot be read; the range ${ranges.join(' or ')} leaves it out.`;
  const { code, message, path, offset, field, cause } = error;
  return new DataError(code, message, { path, offset, field, cause, hint: error.hint === undefined ? hint : `${error.hint} ${hint}` });
}
