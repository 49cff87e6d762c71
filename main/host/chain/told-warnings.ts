import type { FrameDataset } from '../../../shared/model/dataset.ts';
import type { NotedDataset } from './noted.ts';

/** Warnings about parts of a file that are left out. */
const UNREAD: readonly string[] = ['ignored-mask', 'unused-samples', 'trailing-bytes', 'reduced-pages', 'stream-lengths', 'virtual-data'];
/** Notes are read by people. */
const MOST_BUFFERS = 20;

/** A dataset that notes what was damaged or left out of its source, as far as its buffers have been read. Closing it closes the dataset. */
export function tellingWarnings(dataset: FrameDataset): NotedDataset {
  const ofBuffers = new Map<number, string>();
  return {
    ...dataset,
    buffer: async (index, options) => {
      const buffer = await dataset.buffer(index, options);
      if (buffer.warnings.length > 0) ofBuffers.set(index, buffer.warnings.map(({ message }) => message).join(' '));
      return buffer;
    },
    notes: () => [
      ...dataset.info.warnings.filter(({ code }) => UNREAD.includes(code)).map(({ message }) => message),
      ...[...ofBuffers].slice(0, MOST_BUFFERS).map(([index, messages]) => `Buffer ${index} of the source: ${messages}`),
      ...(ofBuffers.size > MOST_BUFFERS ? [`${ofBuffers.size - MOST_BUFFERS} more buffers of the source have warnings.`] : []),
    ],
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}
