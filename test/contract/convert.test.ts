import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { delayed, memoryDataset } from '../../main/formats/memory.ts';
import { openFrames } from '../../main/host/open-path.ts';
import { createSession, type Session } from '../../main/host/session.ts';
import type { ConvertRequest, JobState } from '../../shared/contract/conversions.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import type { DataError } from '../../shared/model/data-error.ts';
import { bufferCount } from '../../shared/model/dataset.ts';
import { CHANNELS, type Connected } from './channels.ts';

const SAMPLES = Uint16Array.from({ length: 6 * 24 }, (_, i) => 100 * Math.floor(i / 24) + (i % 24));
const stack = () => memoryDataset({ title: 'stack', dtype: 'u2', data: SAMPLES, navShape: [6], sigShape: [4, 6] });

const folder = mkdtempSync(join(tmpdir(), 'streakline-convert-'));
afterAll(() => rmSync(folder, { recursive: true }));

const failure = (promise: Promise<unknown>): Promise<DataError> =>
  promise.then(
    () => {
      throw new Error('the call should have failed');
    },
    (error: DataError) => error,
  );

let places = 0;

describe.each(Object.entries(CHANNELS))('conversions over %s', (_name, connect) => {
  let session: Session;
  let connected: Connected;
  let transport: Transport;
  let root: string;

  beforeEach(async () => {
    root = join(folder, `root-${++places}`);
    mkdirSync(root);
    session = createSession({ inThread: true, budget: 1_000_000, root });
    connected = await connect(session);
    transport = connected.transport;
  });
  afterEach(async () => {
    await connected.disconnect();
    await session.close();
  });

  /** Starts a conversion and waits for its end. */
  async function run(request: ConvertRequest): Promise<JobState> {
    return endOf((await transport.call('convert', request)).meta.id);
  }

  /** The last state of a job, asked for until it has ended. */
  async function endOf(id: string): Promise<JobState> {
    for (;;) {
      const state = (await transport.call('jobs', {})).meta.jobs.find((job) => job.id === id);
      if (state && state.state !== 'running') return state;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  test('writes a range and tells how it went', async () => {
    const dataset = session.add(stack()).id;
    const target = join(root, 'part.set');
    const ended = await run({ dataset, writer: 'davis-set', target, range: '1:5:2', options: { pack: 'raw' } });
    expect(ended).toMatchObject({ state: 'done', title: 'stack', done: 2, total: 2, result: { target, buffers: 2 } });
    const { dataset: written } = await openFrames(target);
    expect(bufferCount(written.info)).toBe(2);
    const plane = await (await written.buffer(1)).plane({ frame: 0, component: 'PIXEL', plane: 0 });
    expect(Array.from(plane.data, Number)).toEqual(Array.from(SAMPLES.subarray(3 * 24, 4 * 24)));
    await written[Symbol.asyncDispose]();
  });

  test('tells progress and end in events', async () => {
    const dataset = session.add(delayed(stack(), 20)).id;
    const heard: JobState[] = [];
    transport.on('job', (state) => heard.push(state));
    // Over HTTP the stream of events may come to be after the first of them: then the next job tells the same.
    for (let attempt = 0; !heard.some(({ state }) => state === 'done') && attempt < 20; attempt++) {
      await run({ dataset, writer: 'davis-set', target: join(root, `told-${attempt}.set`) });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const last = heard.at(-1);
    expect(last).toMatchObject({ state: 'done', done: 6, total: 6 });
    const { jobs } = (await transport.call('jobs', {})).meta;
    expect(jobs.at(-1)).toEqual(last);
    expect(heard.every(({ done, total }) => done <= total)).toBe(true);
  });

  test('lists the writers, with reasons of those that do not take the dataset', async () => {
    const dataset = session.add(stack()).id;
    const { writers } = (await transport.call('writers', {})).meta;
    expect(writers.find(({ id }) => id === 'davis-set')).toMatchObject({ extensions: ['set'] });
    expect(writers.find(({ id }) => id === 'davis-set')?.options.map(({ name }) => name)).toContain('pack');
    expect(writers.every(({ refused }) => refused === undefined)).toBe(true);
    const refused = async (range?: string): Promise<string | undefined> =>
      (await transport.call('writers', { dataset, ...(range === undefined ? {} : { range }) })).meta.writers.find(
        ({ id }) => id === 'davis-buffer',
      )?.refused;
    expect(await refused()).toContain('6');
    expect(await refused('2:3')).toBeUndefined();
  });

  test('overwrites only where that is asked for, and never the source', async () => {
    const dataset = session.add(stack()).id;
    const target = join(root, 'one.im7');
    const request = { dataset, writer: 'davis-buffer', target, range: '0:1' };
    writeFileSync(target, 'mine');
    expect(await failure(transport.call('convert', request))).toMatchObject({ code: 'exists', path: target });
    expect(await run({ ...request, force: true })).toMatchObject({ state: 'done' });
    const opened = (await transport.call('open', { path: target })).meta;
    expect(await failure(transport.call('convert', { ...request, dataset: opened.id, force: true }))).toMatchObject({ code: 'exists' });
  });

  test('tells what is wrong before it begins', async () => {
    const dataset = session.add(stack()).id;
    const good = { dataset, writer: 'davis-set', target: join(root, 'x.set') };
    const codeOf = async (change: Partial<ConvertRequest>): Promise<string> =>
      (await failure(transport.call('convert', { ...good, ...change }))).code;
    expect(await codeOf({ writer: 'no-writer' })).toBe('invalid-option');
    expect(await codeOf({ options: { colour: 'blue' } })).toBe('invalid-option');
    expect(await codeOf({ range: '9:12' })).toBe('out-of-range');
    expect(await codeOf({ target: 'relative.set' })).toBe('invalid-option');
    expect(await codeOf({ target: join(root, 'nowhere', 'x.set') })).toBe('not-found');
    expect(await codeOf({ target: join(folder, 'outside.set') })).toBe('access-denied');
    expect(await codeOf({ dataset: 'd99' })).toBe('closed');
    expect(await codeOf({ writer: 'davis-buffer', target: join(root, 'x.im7') })).toBe('unsupported');
    expect((await transport.call('jobs', {})).meta.jobs).toEqual([]);
    expect(readdirSync(root)).toEqual([]);
  });

  test('cancels within a buffer and leaves nothing behind', async () => {
    const dataset = session.add(delayed(stack(), 200)).id;
    const target = join(root, 'cancelled.set');
    const { id } = (await transport.call('convert', { dataset, writer: 'davis-set', target })).meta;
    await new Promise((resolve) => setTimeout(resolve, 100));
    await transport.call('cancelJob', { job: id });
    expect(await endOf(id)).toMatchObject({ state: 'cancelled' });
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(root)).toEqual([]);
    expect(await failure(transport.call('cancelJob', { job: 'j99' }))).toMatchObject({ code: 'not-found' });
  });

  test('finds out what would be lost without writing anything to the target', async () => {
    const dataset = session.add(
      memoryDataset({ title: 'bits', dtype: 'u1', data: Uint8Array.from({ length: 24 }, (_, i) => i), navShape: [1, 1], sigShape: [4, 6] }),
    ).id;
    const { losses } = (await transport.call('convertLosses', { dataset, writer: 'davis-set', target: join(root, 'try.set') })).meta;
    expect(losses.some((loss) => loss.includes('navigation axes'))).toBe(true);
    expect(readdirSync(root)).toEqual([]);
  });
});
