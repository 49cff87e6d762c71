import { DataError, isDataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer, type FrameDataset, type ReadOptions } from '../../../shared/model/dataset.ts';
import type { NotedDataset } from './noted.ts';

/** True for the failure of one buffer; a wrong question (an index, an option) fails for all. */
export function isDamage(error: unknown): boolean {
  return isDataError(error, 'malformed', 'truncated', 'missing-companion', 'not-found', 'access-denied', 'unsupported', 'too-large', 'io');
}

/**
 * A dataset whose wanted buffers that cannot be read are missing, which is noted. All of their samples are read once for it: outputs promise
 * what they hold before they read it. Closing it closes the dataset.
 */
export async function withoutDamaged(
  dataset: FrameDataset,
  isWanted: (index: number) => boolean,
  options: ReadOptions,
): Promise<NotedDataset> {
  const wanted = Array.from({ length: bufferCount(dataset.info) }, (_, index) => index).filter(isWanted);
  const missing = [...dataset.info.missing];
  const isMissing = (index: number): boolean => missing.some(([from, to]) => index >= from && index < to);
  const notes: string[] = [];
  for (const index of wanted) {
    if (isMissing(index)) continue;
    try {
      await readWhole(await dataset.buffer(index, options), options);
    } catch (error) {
      if (!isDamage(error) || !(error instanceof DataError)) throw error;
      missing.push([index, index + 1]);
      notes.push(`Buffer ${index} cannot be read and is missing: ${error.message}`);
      if (notes.length === wanted.length) throw error;
    }
  }
  missing.sort(([a], [b]) => a - b);
  return {
    ...dataset,
    info: { ...dataset.info, missing },
    notes: () => notes,
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

async function readWhole(buffer: FrameBuffer, options: ReadOptions): Promise<void> {
  for (const [frame, { components, planes }] of buffer.info.frames.entries())
    for (const { name, stored } of components)
      for (let plane = 0; stored && plane < planes; plane++) {
        throwIfAborted(options.signal);
        await buffer.plane({ frame, component: name, plane }, options);
      }
}
