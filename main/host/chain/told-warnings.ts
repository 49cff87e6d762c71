import { bufferCount, type FrameDataset } from '../../../shared/model/dataset.ts';
import type { NotedDataset } from './noted.ts';

/** Warnings about parts of a file that are left out. */
const UNREAD: readonly string[] = ['ignored-mask', 'unused-samples', 'trailing-bytes', 'reduced-pages', 'stream-lengths', 'virtual-data'];
/** Notes are read by people. */
const MOST_BUFFERS = 10;

/**
 * A dataset that notes what was damaged or left out of its source, as far as its buffers have been read; what several buffers say is told once.
 * Of several sources the title tells which one it is. Closing it closes the dataset.
 */
export function tellingWarnings(dataset: FrameDataset, isOneOfSeveral = false): NotedDataset {
  const buffersOf = new Map<string, Set<number>>();
  const source = isOneOfSeveral ? dataset.info.title : 'the source';
  return {
    ...dataset,
    buffer: async (index, options) => {
      const buffer = await dataset.buffer(index, options);
      for (const { message } of buffer.warnings) buffersOf.set(message, (buffersOf.get(message) ?? new Set()).add(index));
      return buffer;
    },
    notes: () => [
      ...dataset.info.warnings.filter(({ code }) => UNREAD.includes(code)).map(({ message }) => message),
      ...[...buffersOf].map(([message, indices]) => `${placesText([...indices], bufferCount(dataset.info), source)}: ${message}`),
    ],
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

function placesText(indices: readonly number[], total: number, source: string): string {
  if (indices.length === 1) return `Buffer ${indices[0]} of ${source}`;
  if (indices.length === total) return `All ${total} buffers of ${source}`;
  const named = [...indices].sort((a, b) => a - b).slice(0, MOST_BUFFERS);
  const more = indices.length > named.length ? ` and ${indices.length - named.length} more` : '';
  return `Buffers ${named.join(', ')}${more} of ${source}`;
}
