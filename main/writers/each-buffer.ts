import { throwIfAborted } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { missingBuffers } from './missing-buffers.ts';
import type { WriteJob } from './writer.ts';

/**
 * Every buffer of a job that is there, one after the other: only one is in memory, an abort ends the work before the next one, progress
 * follows each. Buffers that are missing in the source are passed over. Returns how many there are.
 */
export async function eachBuffer(
  job: WriteJob,
  use: (buffer: FrameBuffer, index: number) => Promise<void>,
  /** True where an earlier job has done it already. */
  isDone: (index: number) => Promise<boolean> = async () => false,
): Promise<number> {
  const total = bufferCount(job.dataset.info);
  const missing = missingBuffers(job.dataset.info);
  for (let index = 0; index < total; index++) {
    throwIfAborted(job.signal);
    if (!missing.has(index) && !(await isDone(index))) await use(await job.dataset.buffer(index, { signal: job.signal }), index);
    job.progress?.(index + 1, total);
  }
  throwIfAborted(job.signal);
  return total - missing.size;
}
