import { describe, expect, test } from 'vitest';
import { eachBuffer } from '../../../main/writers/each-buffer.ts';
import type { WriteJob } from '../../../main/writers/writer.ts';
import type { FrameDataset } from '../../../shared/model/dataset.ts';
import { madeDataset } from '../../support/made-dataset.ts';

const FRAME = { shape: [1, 1], components: { PIXEL: { dtype: 'u2', planes: [Uint16Array.of(1)] } } } as const;

/** Four buffers; what happens is written down. */
function start(fails?: number) {
  const log: string[] = [];
  const made = madeDataset([{ frames: [FRAME] }, { frames: [FRAME] }, { frames: [FRAME] }, { frames: [FRAME] }]);
  const dataset: FrameDataset = {
    ...made,
    buffer: async (index) => {
      log.push(`read ${index}`);
      await pause();
      if (index === fails) throw new Error(`no ${index}`);
      log.push(`have ${index}`);
      return made.buffer(index);
    },
  };
  const progress = (done: number, total: number): void => void log.push(`${done} of ${total}`);
  const job: WriteJob = { dataset, target: 't', options: {}, force: false, resume: false, progress };
  return { log, job };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}

describe('buffers of a job', () => {
  test('the next one is read while one is used, and used after it', async () => {
    const { log, job } = start();
    const count = await eachBuffer(job, async (_, index) => {
      log.push(`use ${index}`);
      await pause();
      await pause();
      log.push(`used ${index}`);
    });
    expect(count).toBe(4);
    expect(log.filter((line) => line.startsWith('use'))).toEqual([0, 1, 2, 3].flatMap((index) => [`use ${index}`, `used ${index}`]));
    for (const index of [0, 1, 2]) expect(log.indexOf(`have ${index + 1}`)).toBeLessThan(log.indexOf(`used ${index}`));
    expect(log).not.toContain('read 4');
    expect(log.filter((line) => line.includes(' of '))).toEqual(['1 of 4', '2 of 4', '3 of 4', '4 of 4']);
  });

  test('those that are done are not read, but count', async () => {
    const { log, job } = start();
    expect(
      await eachBuffer(
        job,
        async () => undefined,
        async (index) => index !== 2,
      ),
    ).toBe(4);
    expect(log.filter((line) => line.startsWith('read'))).toEqual(['read 2']);
    expect(log.filter((line) => line.includes(' of '))).toEqual(['1 of 4', '2 of 4', '3 of 4', '4 of 4']);
  });

  test('a failed reading is told after the buffer before it was used', async () => {
    const { log, job } = start(1);
    const working = eachBuffer(job, async (_, index) => {
      await pause();
      await pause();
      log.push(`used ${index}`);
    });
    await expect(working).rejects.toThrow('no 1');
    expect(log).toContain('used 0');
  });

  test('failed work is told when the reading under way has ended', async () => {
    const { log, job } = start();
    const working = eachBuffer(job, async () => {
      throw new Error('full');
    });
    await expect(working).rejects.toThrow('full');
    expect(log.filter((line) => line.startsWith('read') || line.startsWith('have'))).toEqual(['read 0', 'have 0', 'read 1', 'have 1']);
  });
});
