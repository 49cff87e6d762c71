import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openFrames } from '../../main/host/open-path.ts';
import { createSession, type Session } from '../../main/host/session.ts';
import { startWorkerAt, type StartWorker } from '../../main/host/worker-thread.ts';
import type { EventMessage } from '../../shared/contract/events.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import { npyBytes } from '../support/npy-bytes.ts';
import { CHANNELS, type Connected } from './channels.ts';

// A spare worker starts a while after each start, and would be counted by chance; it has tests of its own.
vi.mock('../../main/host/spare-worker.ts', () => ({
  spareWorkers: (start: StartWorker) => ({ start, close: async () => undefined }),
}));

const SAMPLES = Float32Array.from({ length: 5 * 12 }, (_, i) => i / 2);
const folder = mkdtempSync(join(tmpdir(), 'streakline-worker-'));
const file = join(folder, 'stack.npy');
const workers: Worker[] = [];
const rememberWorker = (worker: Worker): void => {
  workers.push(worker);
};

/** Worker threads load no TypeScript here, so the entry is built as for the product. */
beforeAll(async () => {
  writeFileSync(file, npyBytes('f4', [5, 3, 4], SAMPLES));
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node16',
      minify: false,
      outDir: join(folder, 'out'),
      rolldownOptions: {
        input: { 'dataset-worker': 'main/host/dataset-worker.ts' },
        external: builtinModules.flatMap((name) => [name, `node:${name}`]),
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  });
  process.on('worker', rememberWorker);
}, 60_000);
afterAll(() => {
  process.off('worker', rememberWorker);
  rmSync(folder, { recursive: true });
});

let session: Session;
let connected: Connected;
let transport: Transport;
let heard: EventMessage[];

beforeEach(async () => {
  session = createSession({ startWorker: startWorkerAt(join(folder, 'out', 'dataset-worker.mjs')), budget: 1_000_000 });
  heard = [];
  session.subscribe((message) => heard.push(message));
  connected = await CHANNELS.port(session);
  transport = connected.transport;
  workers.length = 0;
});
afterEach(async () => {
  await connected.disconnect();
  await session.close();
});

async function plane(dataset: string, buffer: number): Promise<unknown> {
  const { arrays } = await transport.call('planes', { dataset, buffer, frame: 0, plane: 0, fields: [{ component: 'PIXEL', mode: 'raw' }] });
  return arrays[0]?.data;
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: { code: string }) => error.code,
  );

test('each dataset has a worker of its own, which ends with it', async () => {
  const first = (await transport.call('open', { path: file })).meta.id;
  const second = (
    await transport.call('openBytes', { names: ['other.npy'] }, { arrays: [{ dtype: 'u1', data: npyBytes('f4', [5, 3, 4], SAMPLES) }] })
  ).meta.id;
  expect(workers).toHaveLength(2);
  // Twice each: what was handed out must not be missing in the cache.
  for (const dataset of [first, second, first, second]) expect(await plane(dataset, 3)).toEqual(SAMPLES.slice(36, 48));
  const { meta } = await transport.call('statistics', { dataset: first, buffer: 3, frame: 0, plane: 0, component: 'PIXEL', mode: 'raw' });
  expect(meta).toMatchObject({ min: 18, max: 23.5 });
  await transport.call('close', { dataset: first });
  expect(workers.map((worker) => worker.threadId)).toEqual([-1, expect.any(Number)]);
  expect(workers[1]?.threadId).toBeGreaterThan(0);
  expect(await codeOf(plane(first, 0))).toBe('closed');
  expect(await plane(second, 0)).toEqual(SAMPLES.slice(0, 12));
});

test('a compressed buffer of a set reads as it does without a worker', async () => {
  const path = join('fixtures', 'davis', 'images', 'B00002.im7');
  const { meta } = await transport.call('open', { path });
  expect(meta).toMatchObject({ at: 1, single: resolve(path), info: { format: 'davis-set', isMultiset: false } });
  const { dataset } = await openFrames(path);
  const expected = await (await dataset.buffer(1)).plane({ frame: 0, component: 'PIXEL', plane: 0 });
  expect(await plane(meta.id, 1)).toEqual(expected.data.slice());
});

test('a WebP is decoded by the WebAssembly that lies in the bundle', async () => {
  const { meta } = await transport.call('open', { path: join('fixtures', 'pictures', 'lossless.webp') });
  const { dataset } = await openFrames(join('fixtures', 'pictures', 'lossless.webp'));
  const expected = await (await dataset.buffer(0)).plane({ frame: 0, component: 'PIXEL', plane: 0 });
  expect(await plane(meta.id, 0)).toEqual(expected.data.slice());
});

test('open datasets share the budget, and the workers hear of it', async () => {
  await transport.call('open', { path: file });
  const { id } = (await transport.call('open', { path: file })).meta;
  await plane(id, 0);
  await expect
    .poll(() => heard.find((message) => message.event === 'cache' && message.value.dataset === id)?.value)
    .toMatchObject({ budget: 490_000, ranges: [[0, 1]] });
});

test('errors while opening come through and leave no worker behind', async () => {
  expect(await codeOf(transport.call('open', { path: join(folder, 'none.npy') }))).toBe('not-found');
  expect(workers.map((worker) => worker.threadId)).toEqual([-1]);
  expect((await transport.call('usage', {})).meta.datasets).toEqual([]);
});

test('an opening that is cancelled leaves no worker behind', async () => {
  const controller = new AbortController();
  const opening = codeOf(transport.call('open', { path: file }, { signal: controller.signal }));
  await expect.poll(() => workers.length).toBe(1);
  controller.abort();
  expect(await opening).toBe('aborted');
  await expect.poll(() => workers[0]?.threadId).toBe(-1);
  expect((await transport.call('usage', {})).meta.datasets).toEqual([]);
});

test.each(['path', 'bytes'])('a crashed worker is told and replaced, the dataset from %s opened again', async (kind) => {
  const opened =
    kind === 'path'
      ? await transport.call('open', { path: file })
      : await transport.call(
          'openBytes',
          { names: ['dropped.npy'] },
          { arrays: [{ dtype: 'u1', data: npyBytes('f4', [5, 3, 4], SAMPLES) }] },
        );
  const { id } = opened.meta;
  await plane(id, 1);
  void workers[0]?.terminate();
  await expect
    .poll(() => heard.find((message) => message.event === 'restarted')?.value)
    .toMatchObject({ dataset: id, error: { code: 'internal', message: expect.stringContaining('ended unexpectedly') } });
  expect(await plane(id, 4)).toEqual(SAMPLES.slice(48, 60));
  expect(workers).toHaveLength(2);
});

test('calls under way when a worker crashes fail by the crash', async () => {
  const { id } = (await transport.call('open', { path: file })).meta;
  void workers[0]?.terminate();
  const call = session.handlers.buffer({ dataset: id, buffer: 0 }, { signal: new AbortController().signal, arrays: [] });
  expect(await codeOf(call)).toBe('internal');
});

test('a dataset that is gone after a crash says so, and comes back when it does', async () => {
  const { id } = (await transport.call('open', { path: file })).meta;
  renameSync(file, `${file}.away`);
  await workers[0]?.terminate();
  await expect.poll(() => codeOf(plane(id, 0))).toBe('not-found');
  renameSync(`${file}.away`, file);
  expect(await plane(id, 2)).toEqual(SAMPLES.slice(24, 36));
});

test('a conversion has a thread of its own, which ends with it, and goes on when the dataset is closed', async () => {
  const { id } = (await transport.call('open', { path: file })).meta;
  const target = join(folder, 'written.set');
  const { id: job } = (await transport.call('convert', { dataset: id, writer: 'davis-set', target })).meta;
  await transport.call('close', { dataset: id });
  const state = async () => (await transport.call('jobs', {})).meta.jobs.find((one) => one.id === job);
  await expect.poll(async () => (await state())?.state, { timeout: 10_000 }).not.toBe('running');
  expect(await state()).toMatchObject({ state: 'done', done: 5, total: 5, result: { target, buffers: 5 } });
  expect(workers).toHaveLength(2);
  await expect.poll(() => workers.every((worker) => worker.threadId === -1)).toBe(true);
});

test('losses of a conversion of dropped files are found in a thread of its own', async () => {
  const { id } = (
    await transport.call('openBytes', { names: ['stack.npy'] }, { arrays: [{ dtype: 'u1', data: npyBytes('f4', [5, 3, 4], SAMPLES) }] })
  ).meta;
  const { losses } = (
    await transport.call('convertLosses', { dataset: id, writer: 'davis-buffer', target: join(folder, 'x.im7'), range: '0:1' })
  ).meta;
  expect(Array.isArray(losses)).toBe(true);
  // The dataset's thread and the conversion's.
  expect(workers).toHaveLength(2);
});

test('what a worker tells of a set that grows, and its tables, come through', async () => {
  const set = join(folder, 'Grow');
  for (const name of ['images', 'images.set'])
    cpSync(join('fixtures', 'davis', name), name === 'images' ? set : `${set}.set`, { recursive: true });
  const { id } = (await transport.call('open', { path: `${set}.set` })).meta;
  cpSync(join(set, 'B00001.im7'), join(set, 'B00004.im7'));
  await expect
    .poll(() => heard.find((message) => message.event === 'changed')?.value, { timeout: 5000 })
    .toMatchObject({ dataset: id, info: { nav: [{ size: 4 }] }, rewritten: [] });
  const { meta, arrays } = await transport.call('table', { dataset: id, name: 'times' });
  expect([meta.rows, arrays[1]?.data]).toEqual([4, Float64Array.of(1.530749, 1.531749, 1.532749, 1.530749)]);
  expect(heard).toContainEqual({ event: 'tableProgress', value: { dataset: id, name: 'times', done: 4, total: 4 } });
});
