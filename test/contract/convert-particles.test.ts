import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../main/host/session.ts';
import type { ConvertRequest, JobState } from '../../shared/contract/conversions.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import { DIFFERENCE } from '../../shared/model/track-selection.ts';
import { CHANNELS, type Connected } from './channels.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/davis-particles');
const folder = mkdtempSync(join(tmpdir(), 'streakline-convert-particles-'));
afterAll(() => rmSync(folder, { recursive: true }));

let places = 0;

describe.each(Object.entries(CHANNELS))('conversions of particles over %s', (_name, connect) => {
  let session: Session;
  let connected: Connected;
  let transport: Transport;
  let root: string;

  beforeEach(async () => {
    root = join(folder, `root-${++places}`);
    mkdirSync(root);
    cpSync(join(FIXTURES, 'helix_tr'), join(root, 'helix_tr'), { recursive: true });
    cpSync(join(FIXTURES, 'helix_tr.set'), join(root, 'helix_tr.set'));
    session = createSession({ inThread: true, budget: 1_000_000, root });
    connected = await connect(session);
    transport = connected.transport;
  });
  afterEach(async () => {
    await connected.disconnect();
    await session.close();
  });

  const open = async (): Promise<string> => (await transport.call('open', { path: join(root, 'helix_tr.set') })).meta.id;

  async function run(request: ConvertRequest): Promise<JobState> {
    const { id, total } = (await transport.call('convert', request)).meta;
    for (;;) {
      const state = (await transport.call('jobs', {})).meta.jobs.find((job) => job.id === id);
      if (state && state.state !== 'running') return { ...state, total };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  test('writers are those for particles', async () => {
    const { writers } = (await transport.call('writers', { dataset: await open() })).meta;
    expect(writers.map(({ id }) => id)).toEqual(['davis-particles', 'csv', 'npz', 'parquet', 'hdf5', 'vtp', 'tecplot']);
    expect(writers.every(({ refused }) => refused === undefined)).toBe(true);
    expect(writers.flatMap(({ options }) => options.map(({ name }) => name))).not.toContain('coordinates');
  });

  test('a job writes steps and tracks that are wanted, with motion', async () => {
    const dataset = await open();
    const target = join(root, 'part.set');
    const particles = { selection: { filters: [{ column: 'length', low: 4 }], every: 2 }, add: ['speed'], differentiation: DIFFERENCE };
    expect(await run({ dataset, writer: 'davis-particles', target, range: '2:10', particles })).toMatchObject({
      state: 'done',
      total: 8,
      result: { buffers: 8, target },
    });
    const { info } = (await transport.call('open', { path: target })).meta;
    expect(info).toMatchObject({ kind: 'particles', steps: 8 });
    expect(info.kind === 'particles' && info.scalars.map(({ name }) => name)).toEqual(['Speed', 'Quality', 'speed']);
  });

  test('losses are told by a trial, which leaves nothing', async () => {
    const dataset = await open();
    const request = { dataset, writer: 'vtp', target: join(root, 'a.vtp'), options: { precision: 'single' } };
    expect((await transport.call('convertLosses', request)).meta.losses).toEqual(
      expect.arrayContaining([expect.stringContaining('single precision')]),
    );
    expect(readdirSync(root).sort()).toEqual(['helix_tr', 'helix_tr.set']);
  });

  test('what is wrong is told before a job begins', async () => {
    const dataset = await open();
    const fails = (request: Partial<ConvertRequest>) =>
      transport.call('convert', { dataset, writer: 'csv', target: join(root, 'x.csv'), ...request });
    await expect(fails({ writer: 'tiff' })).rejects.toMatchObject({ code: 'invalid-option' });
    await expect(fails({ range: '30:' })).rejects.toMatchObject({ code: 'out-of-range' });
    await expect(fails({ target: join(folder, 'outside.csv') })).rejects.toMatchObject({ code: 'access-denied' });
    await expect(fails({ writer: 'davis-particles', target: join(root, 'helix_tr') })).rejects.toMatchObject({ code: 'exists' });
    await expect(fails({ writer: 'davis-particles', target: join(root, 'new'), options: { coordinates: 'scaled' } })).rejects.toMatchObject(
      { code: 'invalid-option' },
    );
    await expect(fails({ options: { nonsense: 1 } })).rejects.toMatchObject({ code: 'invalid-option' });
    expect(await run({ dataset, writer: 'csv', target: join(root, 'x.csv'), particles: { add: ['nonsense'] } })).toMatchObject({
      state: 'failed',
      error: { code: 'invalid-option' },
    });
    expect(existsSync(join(root, 'x.csv'))).toBe(false);
    await run({ dataset, writer: 'csv', target: join(root, 'x.csv') });
    expect(readFileSync(join(root, 'x.csv'), 'utf8').split('\n')[0]).toBe('x,y,z,intensity,track,step,pulse,Speed,Quality');
  });
});
