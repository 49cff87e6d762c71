import { throwIfAborted } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { missingBuffers } from './missing-buffers.ts';
import type { WriteJob } from './writer.ts';

/**
 * Every buffer of a job that is there, one after the other: the next one is read while one is used, so that two are in memory; an abort ends
 * the work before the next one, progress follows each. Buffers that are missing in the source are passed over. Returns how many there are.
 */
export async function eachBuffer(
  job: WriteJob,
  use: (buffer: FrameBuffer, index: number) => Promise<void>,
  /** True where an earlier job has done it already. */
  isDone: (index: number) => Promise<boolean> = async () => false,
): Promise<number> {
  const total = bufferCount(job.dataset.info);
  const missing = missingBuffers(job.dataset.info);
  const load = async (from: number): Promise<Loaded | undefined> => {
    for (let index = from; index < total; index++) {
      throwIfAborted(job.signal);
      if (!missing.has(index) && !(await isDone(index))) return { index, buffer: await job.dataset.buffer(index, { signal: job.signal }) };
    }
    return undefined;
  };
  let done = 0;
  let next = load(0);
  for (;;) {
    const loaded = await next;
    for (; done < (loaded?.index ?? total); done++) job.progress?.(done + 1, total);
    throwIfAborted(job.signal);
    if (!loaded) return total - missing.size;
    next = load(loaded.index + 1);
    // Its failure is told in its turn; work that fails before waits until the reading has ended.
    const ended = next.then(undefined, () => undefined);
    await use(loaded.buffer, loaded.index).catch(async (error: unknown) => {
      await ended;
      throw error;
    });
    job.progress?.(++done, total);
  }
}

interface Loaded {
  readonly index: number;
  readonly buffer: FrameBuffer;
}
