import { expect, test } from 'vitest';
import { datasetService, type DatasetService } from '../../../main/host/dataset-service.ts';
import { delayed, memoryDataset } from '../../../main/formats/memory.ts';
import type { FrameDataset } from '../../../shared/model/dataset.ts';
import { watched } from '../../support/watched-dataset.ts';

/** Frames of 100 bytes each. */
const FRAME_BYTES = 100;
const stack = (count: number): FrameDataset =>
  memoryDataset({
    title: 'stack',
    dtype: 'u1',
    data: Uint8Array.from({ length: count * FRAME_BYTES }, (_, i) => i),
    navShape: [count],
    sigShape: [10, 10],
  });
const live = new AbortController().signal;
const show = (service: DatasetService, buffer: number): Promise<unknown> =>
  service.call('planes', { dataset: '', buffer, frame: 0, plane: 0, fields: [{ component: 'PIXEL', mode: 'raw' }] }, live);
const serve = (dataset: FrameDataset, budget: number): DatasetService =>
  datasetService(dataset, {
    budget,
    onUsage: () => undefined,
    onChanged: () => undefined,
    onBufferWork: () => undefined,
    onTableProgress: () => undefined,
  });

test('scrubbing over a thousand buffers stays within the budget', async () => {
  const service = serve(stack(1000), 10 * FRAME_BYTES);
  let most = 0;
  for (let buffer = 0; buffer < 1000; buffer++) {
    await show(service, buffer);
    most = Math.max(most, service.usage().bytes);
  }
  expect(most).toBe(10 * FRAME_BYTES);
  expect(service.usage().ranges).toEqual([[990, 1000]]);
});

test('a plan larger than the budget loads what fits, keeps the visible buffer, and comes to rest', async () => {
  const { dataset, watch } = watched(stack(50));
  const service = serve(dataset, 5 * FRAME_BYTES);
  await service.call('buffer', { dataset: '', buffer: 20 }, live);
  await service.call('prefetch', { dataset: '', buffers: [21, 22, 23, 24, 25, 26, 27, 28] }, live);
  await expect.poll(() => service.usage().ranges).toEqual([[20, 25]]);
  expect(watch.reads).toEqual([20, 21, 22, 23, 24]);
});

test('prefetching prepares what the last buffer was asked for, and counts it', async () => {
  const service = serve(stack(5), 10_000);
  await show(service, 0);
  await service.call('prefetch', { dataset: '', buffers: [1] }, live);
  await expect.poll(() => service.usage().bytes).toBe(3 * FRAME_BYTES);
  await show(service, 1);
  expect(service.usage().bytes).toBe(2 * FRAME_BYTES);
});

test('a smaller budget evicts at once', async () => {
  const service = serve(stack(8), 8 * FRAME_BYTES);
  for (let buffer = 0; buffer < 8; buffer++) await show(service, buffer);
  service.setBudget(3 * FRAME_BYTES);
  expect(service.usage()).toEqual({ bytes: 3 * FRAME_BYTES, budget: 3 * FRAME_BYTES, ranges: [[5, 8]] });
});

test('a damaged buffer in the plan does not stop the others, and says what is wrong when it is shown', async () => {
  const good = stack(5);
  const service = serve(
    { ...good, buffer: (index, options) => (index === 2 ? Promise.reject(new Error('broken')) : good.buffer(index, options)) },
    10_000,
  );
  await service.call('prefetch', { dataset: '', buffers: [1, 2, 3] }, live);
  await expect
    .poll(() => service.usage().ranges)
    .toEqual([
      [1, 2],
      [3, 4],
    ]);
  await expect(show(service, 2)).rejects.toThrow('broken');
});

test('a look in passing stays out of memory and out of what is prepared', async () => {
  const { dataset, watch } = watched(stack(5));
  const service = serve(dataset, 10_000);
  await show(service, 0);
  const glance = { dataset: '', frame: 0, plane: 0, glance: true, fields: [{ component: 'PIXEL', mode: 'scaled' }] } as const;
  const { arrays } = await service.call('planes', { ...glance, buffer: 3 }, live);
  expect(Array.from(arrays[0]?.data ?? [], Number).slice(0, 3)).toEqual([44, 45, 46]);
  await service.call('buffer', { dataset: '', buffer: 3, glance: true }, live);
  await service.call('planes', { ...glance, buffer: 0 }, live);
  expect(watch.reads).toEqual([0, 3]);
  expect(service.usage()).toMatchObject({ ranges: [[0, 1]], bytes: FRAME_BYTES });
  await service.call('prefetch', { dataset: '', buffers: [1] }, live);
  await expect.poll(() => service.usage().bytes).toBe(3 * FRAME_BYTES);
});

test('a visible read joins the prefetch of the same buffer, also when the plan is given up meanwhile', async () => {
  const { dataset, watch } = watched(delayed(stack(5), 100));
  const service = serve(dataset, 10_000);
  await service.call('prefetch', { dataset: '', buffers: [1] }, live);
  const shown = show(service, 1);
  await service.call('prefetch', { dataset: '', buffers: [] }, live);
  await shown;
  expect(watch).toMatchObject({ reads: [1], aborted: 0 });
});

test('equal statistics at the same time and later are computed once', async () => {
  const good = stack(2);
  let planes = 0;
  const service = serve(
    {
      ...good,
      buffer: async (index, options) => {
        const buffer = await good.buffer(index, options);
        return {
          ...buffer,
          plane: (ref, more) => {
            planes += 1;
            return buffer.plane(ref, more);
          },
        };
      },
    },
    10_000,
  );
  const ask = { dataset: '', buffer: 1, frame: 0, plane: 0, component: 'PIXEL', mode: 'raw' as const };
  const [first, second] = await Promise.all([service.call('statistics', ask, live), service.call('statistics', ask, live)]);
  const third = await service.call('statistics', ask, live);
  expect(planes).toBe(1);
  expect(first.meta).toEqual(second.meta);
  expect(first.arrays[0]?.data).not.toBe(third.arrays[0]?.data);
  expect(first.arrays[0]?.data).toEqual(third.arrays[0]?.data);
});
