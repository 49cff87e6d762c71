import { throwIfAborted } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import type { WriteJob } from './writer.ts';

/** Every buffer of a job, one after the other: only one is in memory, an abort ends the work before the next one, progress follows each. */
export async function eachBuffer(
  job: WriteJob,
  use: (buffer: FrameBuffer, index: number) => Promise<void>,
  /** True where an earlier job has done it already. */
  isDone: (index: number) => Promise<boolean> = async () => false,
): Promise<number> {
  const total = bufferCount(job.dataset.info);
  for (let index = 0; index < total; index++) {
    throwIfAborted(job.signal);
    if (!(await isDone(index))) await use(await job.dataset.buffer(index, { signal: job.signal }), index);
    job.progress?.(index + 1, total);
  }
  throwIfAborted(job.signal);
  return total;
}
