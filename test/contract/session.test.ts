import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../main/host/session.ts';
import { delayed, memoryDataset } from '../../main/formats/memory.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import type { CacheUsage, DatasetId } from '../../shared/contract/opened.ts';
import type { DataError } from '../../shared/model/data-error.ts';
import { npyBytes } from '../support/npy-bytes.ts';
import { watched } from '../support/watched-dataset.ts';
import { CHANNELS, type Connected } from './channels.ts';

/** Six frames of 4 x 6 samples; sample value = 100 * frame + position. */
const SAMPLES = Uint16Array.from({ length: 6 * 24 }, (_, i) => 100 * Math.floor(i / 24) + (i % 24));
const SHAPE = { navShape: [2, 3], sigShape: [4, 6] };
const stack = (title = 'stack') => memoryDataset({ title, dtype: 'u2', data: SAMPLES, ...SHAPE });

const folder = mkdtempSync(join(tmpdir(), 'streakline-contract-'));
const file = join(folder, 'stack.npy');
const bytes = npyBytes('u2', [2, 3, 4, 6], SAMPLES);
writeFileSync(file, bytes);
const cutFile = join(folder, 'cut.npy');
writeFileSync(cutFile, bytes.subarray(0, bytes.length - 50));
afterAll(() => rmSync(folder, { recursive: true }));

async function failure(promise: Promise<unknown>): Promise<DataError> {
  return promise.then(
    () => {
      throw new Error('the call should have failed');
    },
    (error: DataError) => error,
  );
}

/** How a dataset of these samples comes into a session: all sources must behave alike. */
const SOURCES: Readonly<Record<string, (session: Session, transport: Transport) => Promise<DatasetId>>> = {
  memory: async (session) => session.add(stack()).id,
  file: async (_session, transport) => (await transport.call('open', { path: file })).meta.id,
  bytes: async (_session, transport) =>
    (
      await transport.call(
        'openBytes',
        { names: ['notes.txt', 'stack.npy'] },
        {
          arrays: [
            { dtype: 'u1', data: new TextEncoder().encode('no data') },
            { dtype: 'u1', data: bytes.slice() },
          ],
        },
      )
    ).meta.id,
};

describe.each(Object.entries(CHANNELS))('over %s', (_name, connect) => {
  let session: Session;
  let connected: Connected;
  let transport: Transport;

  beforeEach(async () => {
    session = createSession({ inThread: true, budget: 1_000_000 });
    connected = await connect(session);
    transport = connected.transport;
  });
  afterEach(async () => {
    await connected.disconnect();
    await session.close();
  });

  describe.each(Object.entries(SOURCES))('a dataset from %s', (_source, open) => {
    test('answers a buffer with its frames', async () => {
      const dataset = await open(session, transport);
      const { meta } = await transport.call('buffer', { dataset, buffer: 4 });
      expect(meta.info.index).toBe(4);
      expect(meta.info.frames[0]).toMatchObject({ kind: 'image', shape: [4, 6], planes: 1 });
    });

    test('answers planes in full, in windows, reduced and as f4', async () => {
      const dataset = await open(session, transport);
      const place = { dataset, buffer: 4, frame: 0, plane: 0 };
      const whole = await transport.call('planes', {
        ...place,
        fields: [
          { component: 'PIXEL', mode: 'raw' },
          { component: 'PIXEL', mode: 'scaled' },
        ],
      });
      expect(whole.meta).toEqual({ window: { x: 0, y: 0, width: 6, height: 4, step: 1 }, width: 6, height: 4 });
      expect(whole.arrays.map(({ dtype }) => dtype)).toEqual(['u2', 'f8']);
      expect(whole.arrays[0]?.data).toEqual(SAMPLES.slice(96, 120));
      expect(whole.arrays[1]?.data).toEqual(Float64Array.from(SAMPLES.slice(96, 120)));

      const part = await transport.call('planes', {
        ...place,
        window: { x: 1, y: 1, width: 100, height: 2, step: 2 },
        fields: [
          { component: 'PIXEL', mode: 'raw' },
          { component: 'PIXEL', mode: 'masked', reduce: 'mean' },
          { component: 'PIXEL', mode: 'raw', as: 'f4' },
        ],
      });
      expect(part.meta).toEqual({ window: { x: 1, y: 1, width: 5, height: 2, step: 2 }, width: 3, height: 1 });
      expect(part.arrays[0]?.data).toEqual(Uint16Array.of(407, 409, 411));
      expect(part.arrays[1]).toEqual({
        dtype: 'f4',
        data: Float32Array.of((407 + 408 + 413 + 414) / 4, (409 + 410 + 415 + 416) / 4, (411 + 417) / 2),
      });
      expect(part.arrays[2]).toEqual({ dtype: 'f4', data: Float32Array.of(407, 409, 411) });
    });

    test('answers the same planes again after the caller has spoilt the first answer', async () => {
      const dataset = await open(session, transport);
      const request = { dataset, buffer: 0, frame: 0, plane: 0, fields: [{ component: 'PIXEL', mode: 'raw' as const }] };
      const first = await transport.call('planes', request);
      first.arrays[0]?.data.fill(7 as never);
      const again = await transport.call('planes', request);
      expect(again.arrays[0]?.data).toEqual(SAMPLES.slice(0, 24));
    });

    test('answers statistics with a histogram over all samples', async () => {
      const dataset = await open(session, transport);
      const { meta, arrays } = await transport.call('statistics', {
        dataset,
        buffer: 1,
        frame: 0,
        plane: 0,
        component: 'PIXEL',
        mode: 'scaled',
      });
      expect(meta).toMatchObject({ min: 100, max: 123, mean: 111.5, count: 24, masked: 0, notFinite: 0 });
      expect(meta.percentiles.find(([percent]) => percent === 50)).toEqual([50, 111.5]);
      expect(Array.from(arrays[0]?.data ?? [], Number).reduce((sum, count) => sum + count, 0)).toBe(24);
    });

    test('answers a sample with its state and values', async () => {
      const dataset = await open(session, transport);
      const { meta } = await transport.call('sample', { dataset, buffer: 5, frame: 0, plane: 0, x: 2, y: 3 });
      expect(meta).toMatchObject({ x: 2, y: 3, state: 'valid' });
      expect(meta.values).toEqual([{ component: 'PIXEL', raw: '520', scaled: 520, unit: meta.values[0]?.unit }]);
    });

    test.each([
      ['a buffer', { buffer: 6, frame: 0, plane: 0 }],
      ['a negative buffer', { buffer: -1, frame: 0, plane: 0 }],
      ['a frame', { buffer: 0, frame: 1, plane: 0 }],
      ['a plane', { buffer: 0, frame: 0, plane: 1 }],
    ])('says out-of-range for %s that is not there', async (_what, place) => {
      const dataset = await open(session, transport);
      const error = await failure(transport.call('planes', { dataset, ...place, fields: [{ component: 'PIXEL', mode: 'raw' }] }));
      expect(error).toMatchObject({ name: 'DataError', code: 'out-of-range' });
    });

    test('gives closed after it was closed', async () => {
      const dataset = await open(session, transport);
      await transport.call('close', { dataset });
      expect(await failure(transport.call('buffer', { dataset, buffer: 0 }))).toMatchObject({ code: 'closed' });
      expect(await failure(transport.call('close', { dataset }))).toMatchObject({ code: 'closed' });
      expect((await transport.call('usage', {})).meta.datasets).toEqual([]);
    });

    test('tells what the cache holds, in events and when asked', async () => {
      const dataset = await open(session, transport);
      const heard = new Promise<CacheUsage>((resolve) => {
        transport.on('cache', (usage) => {
          if (usage.ranges[0]?.[1] === 3) resolve(usage);
        });
      });
      await transport.call('buffer', { dataset, buffer: 1 });
      await transport.call('buffer', { dataset, buffer: 2 });
      // Over HTTP the stream may come to be after the first events: what is told later says the same.
      const nudge = setInterval(() => void transport.call('buffer', { dataset, buffer: 2 }), 50);
      const usage = await heard;
      clearInterval(nudge);
      expect(usage).toMatchObject({ dataset, ranges: [[1, 3]], budget: 1_000_000 });
      expect((await transport.call('usage', {})).meta).toEqual({ datasets: [usage], budget: 1_000_000 });
    });
  });

  test('blank frames are NaN when scaled, also where numbers travel as JSON', async () => {
    const { id } = session.add(memoryDataset({ title: 'blank', dtype: 'u2', data: SAMPLES, ...SHAPE, syncOffset: -1 }));
    const place = { dataset: id, buffer: 0, frame: 0, plane: 0 };
    const { meta } = await transport.call('sample', { ...place, x: 0, y: 0 });
    expect(meta.state).toBe('blank');
    expect(meta.values[0]).toMatchObject({ raw: '0', scaled: Number.NaN });
    const planes = await transport.call('planes', {
      ...place,
      fields: [
        { component: 'PIXEL', mode: 'masked' },
        { component: 'PIXEL', mode: 'raw' },
      ],
    });
    expect(planes.arrays[0]?.data).toEqual(new Float64Array(24).fill(Number.NaN));
    expect(planes.arrays[1]?.data).toEqual(new Uint16Array(24));
  });

  test('lists the formats and opens with options', async () => {
    const { meta } = await transport.call('formats', {});
    expect(meta.formats.find(({ id }) => id === 'npy')).toMatchObject({ extensions: ['npy'] });
    const opened = await transport.call('open', { path: file, format: 'npy', options: { nav_shape: '3,2', sync_offset: 1 } });
    expect(opened.meta.info).toMatchObject({ format: 'npy', nav: [{ size: 3 }, { size: 2 }] });
    expect((await transport.call('probe', { path: file })).meta.candidates[0]).toMatchObject({ format: 'npy', score: 1 });
  });

  test('errors arrive with all their details', async () => {
    expect(await failure(transport.call('open', { path: cutFile }))).toMatchObject({
      name: 'DataError',
      code: 'truncated',
      path: cutFile,
      offset: expect.any(Number),
      field: 'shape',
    });
    expect(await failure(transport.call('open', { path: join(folder, 'none.npy') }))).toMatchObject({
      code: 'not-found',
      path: join(folder, 'none.npy'),
    });
    expect(await failure(transport.call('open', { path: file, options: { shape: '1' } }))).toMatchObject({
      code: 'invalid-option',
      field: 'shape',
      hint: expect.stringContaining('nav_shape'),
    });
    const foreign = join(folder, 'notes.txt');
    writeFileSync(foreign, 'plain text');
    expect(await failure(transport.call('open', { path: foreign }))).toMatchObject({
      code: 'unknown-format',
      path: foreign,
      hint: expect.stringContaining('readers recognises it'),
    });
  });

  test('parameters of a wrong shape are refused by name', async () => {
    expect(await failure(transport.call('buffer', { dataset: 'd1', buffer: 1.5 }))).toMatchObject({
      code: 'invalid-option',
      field: 'buffer',
    });
    expect(await failure(transport.call('open', { path: 7 as never }))).toMatchObject({ code: 'invalid-option', field: 'path' });
    expect(await failure(transport.call('toString' as never, {} as never))).toMatchObject({ code: 'invalid-option', field: 'method' });
  });

  test('a cancelled call fails at once and stops the work', async () => {
    const { dataset, watch } = watched(delayed(stack(), 60_000));
    const { id } = session.add(dataset);
    const controller = new AbortController();
    const call = failure(transport.call('buffer', { dataset: id, buffer: 0 }, { signal: controller.signal }));
    await expect.poll(() => watch.reads).toEqual([0]);
    controller.abort();
    expect(await call).toMatchObject({ code: 'aborted' });
    await expect.poll(() => watch.aborted).toBe(1);
  });

  test('a call that was cancelled before it began never reaches the dataset', async () => {
    const { dataset, watch } = watched(stack());
    const { id } = session.add(dataset);
    expect(await failure(transport.call('buffer', { dataset: id, buffer: 0 }, { signal: AbortSignal.abort() }))).toMatchObject({
      code: 'aborted',
    });
    expect(watch.reads).toEqual([]);
  });

  test('equal calls at the same time read once, and one may go without harm to the other', async () => {
    const { dataset, watch } = watched(delayed(stack(), 400));
    const { id } = session.add(dataset);
    const gone = new AbortController();
    const calls = [gone.signal, undefined, undefined].map((signal) => transport.call('buffer', { dataset: id, buffer: 2 }, { signal }));
    const settled = Promise.allSettled(calls);
    await expect.poll(() => watch.reads).toEqual([2]);
    gone.abort();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(watch).toMatchObject({ reads: [2], aborted: 0 });
  });

  test('closing ends calls under way, and lets go of the dataset', async () => {
    const { dataset, watch } = watched(delayed(stack(), 60_000));
    const { id } = session.add(dataset);
    const call = failure(transport.call('buffer', { dataset: id, buffer: 0 }));
    await expect.poll(() => watch.reads).toEqual([0]);
    await transport.call('close', { dataset: id });
    expect(await call).toMatchObject({ code: 'closed' });
    expect(watch).toMatchObject({ aborted: 1, closed: true });
  });

  test('what was prefetched is not read again', async () => {
    const { dataset, watch } = watched(stack());
    const { id } = session.add(dataset);
    await transport.call('planes', { dataset: id, buffer: 0, frame: 0, plane: 0, fields: [{ component: 'PIXEL', mode: 'raw' }] });
    await transport.call('prefetch', { dataset: id, buffers: [1, 2] });
    await expect.poll(async () => (await transport.call('usage', {})).meta.datasets[0]?.ranges).toEqual([[0, 3]]);
    const { arrays } = await transport.call('planes', {
      dataset: id,
      buffer: 2,
      frame: 0,
      plane: 0,
      fields: [{ component: 'PIXEL', mode: 'raw' }],
    });
    expect(arrays[0]?.data).toEqual(SAMPLES.slice(48, 72));
    expect(watch.reads).toEqual([0, 1, 2]);
  });

  test('a new plan aborts what it no longer wants', async () => {
    const { dataset, watch } = watched(delayed(stack(), 60_000));
    const { id } = session.add(dataset);
    await transport.call('prefetch', { dataset: id, buffers: [3, 4] });
    await expect.poll(() => watch.reads).toEqual([3]);
    await transport.call('prefetch', { dataset: id, buffers: [] });
    await expect.poll(() => watch.aborted).toBe(1);
    expect(watch.reads).toEqual([3]);
  });
});

test.each(['port', 'http'] as const)('over %s calls after the end of the connection say so', async (name) => {
  const session = createSession({ inThread: true });
  const { id } = session.add(delayed(stack(), 60_000));
  const connected = await CHANNELS[name](session);
  const waiting = failure(connected.transport.call('buffer', { dataset: id, buffer: 0 }));
  await connected.disconnect();
  expect(await waiting).toMatchObject({ code: 'closed' });
  expect(await failure(connected.transport.call('formats', {}))).toMatchObject({ code: 'closed' });
  await session.close();
});

test('a session with a root lists it, and neither tells nor opens anything else', async () => {
  const root = join(folder, 'root');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'inside.npy'), bytes);
  const session = createSession({ inThread: true, root });
  const connected = await CHANNELS.port(session);
  const { transport } = connected;
  const { meta } = await transport.call('list', {});
  expect(meta).toMatchObject({ path: root, entries: [{ name: 'inside.npy', kind: 'dataset' }] });
  expect(meta.parent).toBeUndefined();
  expect((await transport.call('open', { path: join(root, 'inside.npy') })).meta.info.format).toBe('npy');
  for (const path of [file, join(root, '..', 'stack.npy'), '/etc/passwd']) {
    expect(await failure(transport.call('open', { path }))).toMatchObject({ code: 'access-denied' });
    expect(await failure(transport.call('probe', { path }))).toMatchObject({ code: 'access-denied' });
  }
  expect(await failure(transport.call('list', { path: folder }))).toMatchObject({ code: 'access-denied' });
  await connected.disconnect();
  await session.close();
});
