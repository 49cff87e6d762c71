import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { datasetService } from '../../main/host/dataset-service.ts';
import { memoryDataset } from '../../main/formats/memory.ts';
import { followWork, useWork } from '../../renderer/stores/work-store.ts';
import { useDatasets } from '../../renderer/stores/dataset-store.ts';
import { eventTargets, type EventMessage } from '../../shared/contract/events.ts';
import type { Events, Transport } from '../../shared/contract/methods.ts';
import { abortedError } from '../../shared/model/data-error.ts';
import type { FrameDataset, LongReadOptions } from '../../shared/model/dataset.ts';
import { frameSet } from '../support/shell-facts.ts';

let now = 0;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
});

type News = Omit<Events['bufferWork'], 'dataset'>;

/** A dataset whose buffers are under way until they are aborted or `ready`. */
function slowly(): { readonly dataset: FrameDataset; readonly begun: LongReadOptions[]; ready(): void } {
  const stack = memoryDataset({ title: 'slow', dtype: 'u1', data: new Uint8Array(8), navShape: [2], sigShape: [2, 2] });
  const begun: LongReadOptions[] = [];
  let ready = (): void => undefined;
  const dataset: FrameDataset = {
    ...stack,
    buffer: async (index, options = {}) => {
      begun.push(options);
      await new Promise<void>((resolve, reject) => {
        ready = resolve;
        options.signal?.addEventListener('abort', () => reject(abortedError()));
      });
      return stack.buffer(index, options);
    },
  };
  return { dataset, begun, ready: () => ready() };
}

function serve(dataset: FrameDataset, told: News[]) {
  const quiet = { onUsage: () => undefined, onChanged: () => undefined, onTableProgress: () => undefined };
  return datasetService(dataset, { budget: 1000, ...quiet, onBufferWork: (work) => told.push(work) });
}

const live = new AbortController().signal;

test('long work is told at times, with its end; short work is not', async () => {
  const { dataset, begun, ready } = slowly();
  const told: News[] = [];
  const service = serve(dataset, told);
  const first = service.call('buffer', { dataset: '', buffer: 0 }, live);
  await expect.poll(() => begun.length).toBe(1);
  for (const [done, at] of [
    [1, 100],
    [2, 400],
    [3, 450],
    [4, 600],
  ] as const) {
    now = at;
    begun[0]?.progress?.(done, 9);
  }
  ready();
  await first;
  expect(told).toEqual([
    { buffer: 0, done: 2, total: 9, ended: false },
    { buffer: 0, done: 4, total: 9, ended: false },
    { buffer: 0, done: 4, total: 9, ended: true },
  ]);
  const second = service.call('buffer', { dataset: '', buffer: 1 }, live);
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.progress?.(1, 9);
  ready();
  await second;
  expect(told).toHaveLength(3);
});

test('cancelled work ends for all who wait, and may be wanted again', async () => {
  const { dataset, begun, ready } = slowly();
  const told: News[] = [];
  const service = serve(dataset, told);
  const waiting = [
    service.call('buffer', { dataset: '', buffer: 1 }, live),
    service.call('planes', { dataset: '', buffer: 1, frame: 0, plane: 0, fields: [{ component: 'PIXEL', mode: 'raw' }] }, live),
    service.call('buffer', { dataset: '', buffer: 1, glance: true }, live),
  ].map((call) => call.catch((error: unknown) => error));
  await expect.poll(() => begun.length).toBe(2);
  now += 1000;
  begun[0]?.progress?.(1, 9);
  await service.call('cancelBuffer', { dataset: '', buffer: 0 }, live);
  expect(begun.map(({ signal }) => signal?.aborted)).toEqual([false, false]);
  await service.call('cancelBuffer', { dataset: '', buffer: 1 }, live);
  for (const end of await Promise.all(waiting)) expect(end).toMatchObject({ code: 'aborted' });
  expect(told.at(-1)).toEqual({ buffer: 1, done: 1, total: 9, ended: true });
  const again = service.call('buffer', { dataset: '', buffer: 1 }, live);
  await expect.poll(() => begun.length).toBe(3);
  ready();
  expect((await again).meta).toMatchObject({ info: { index: 1 } });
});

test('the window lists what is at work until it ends, its dataset is closed or its worker ended', () => {
  const targets = eventTargets();
  const transport = { on: targets.on } as Pick<Transport, 'on'> as Transport;
  useDatasets.setState({
    opened: { d1: { id: 'd1', info: frameSet({ nav: 3, path: '/a' }) }, d2: { id: 'd2', info: frameSet({ nav: 3, path: '/b' }) } },
  });
  followWork(transport);
  const tell = (dataset: string, buffer: number, done: number, ended = false): void =>
    targets.fire({ event: 'bufferWork', value: { dataset, buffer, done, total: 10, ended } } satisfies EventMessage);
  const listed = (): readonly string[] => useWork.getState().work.map(({ dataset, buffer, done }) => `${dataset} ${buffer}: ${done}`);
  now = 5000;
  tell('d1', 0, 1);
  now = 6000;
  tell('d2', 1, 2);
  tell('d1', 0, 5);
  expect(listed()).toEqual(['d1 0: 5', 'd2 1: 2']);
  expect(useWork.getState().work[0]).toMatchObject({ since: 5000, title: frameSet({ nav: 3, path: '/a' }).title });
  tell('d1', 0, 5, true);
  expect(listed()).toEqual(['d2 1: 2']);
  tell('d1', 2, 1);
  targets.fire({ event: 'restarted', value: { dataset: 'd1', error: { code: 'internal', message: '' } } });
  expect(listed()).toEqual(['d2 1: 2']);
  useDatasets.getState().remove('d2');
  expect(listed()).toEqual([]);
  tell('d1', 2, 1);
  followWork(transport);
  expect(listed()).toEqual([]);
});
