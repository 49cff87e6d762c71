import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../main/host/session.ts';
import { decideOpen } from '../../renderer/stores/open-decision.ts';
import { tableOf } from '../../shared/contract/table-payload.ts';
import type { DatasetId, Transport } from '../../shared/contract/methods.ts';
import { CHANNELS, type Connected } from './channels.ts';

const SETS = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/davis-particles');

describe.each(Object.entries(CHANNELS))('over %s', (_name, connect) => {
  let session: Session;
  let connected: Connected;
  let transport: Transport;
  let dataset: DatasetId;

  beforeEach(async () => {
    session = createSession({ inThread: true });
    connected = await connect(session);
    transport = connected.transport;
    dataset = (await transport.call('open', { path: join(SETS, 'helix_tr.set') })).meta.id;
  });
  afterEach(async () => {
    await connected.disconnect();
    await session.close();
  });

  test('every way into the set is opened without a question', async () => {
    for (const path of ['helix_tr.set', 'helix_tr', 'helix_tr/snapshots.bin']) {
      const { candidates } = (await transport.call('probe', { path: join(SETS, path) })).meta;
      expect([decideOpen(candidates), candidates[0]?.format]).toEqual(['open', 'davis-particles']);
    }
    const { entries } = (await transport.call('list', { path: SETS })).meta;
    expect(entries.filter(({ name }) => name.startsWith('helix_tr'))).toMatchObject([{ name: 'helix_tr.set', kind: 'dataset', format: 'davis-particles', detail: 'Particles' }]);
  });

  test('a step', async () => {
    const { meta, arrays } = await transport.call('step', { dataset, step: 3, pulse: 0 });
    expect(meta).toEqual({ count: 12, warnings: [], attributes: { LoadSetIndex: '4' } });
    expect(arrays.map(({ dtype, data }) => [dtype, data.length])).toEqual([['f4', 36], ['f4', 12], ['u4', 12], ['f4', 12], ['f4', 12]]);
    expect([...(arrays[1]?.data ?? [])]).toEqual(Array.from({ length: 12 }, () => 130));
  });

  test('tracks, one by one and together', async () => {
    const all = await transport.call('tracks', { dataset, from: 0, to: 24 });
    const one = await transport.call('tracks', { dataset, from: 1, to: 2 });
    const first = all.arrays[0]?.data as Uint32Array;
    expect([first.length, first[24], one.meta.from]).toEqual([25, 168, 1]);
    expect(one.arrays.slice(0, 3).map(({ data }) => [...data])).toEqual([[0, 7], [3], [0]]);
    for (const [at, width] of [[3, 3], [4, 1], [5, 1], [6, 1]] as const) {
      expect(one.arrays[at]?.data).toEqual(all.arrays[at]?.data.slice(width * (first[1] as number), width * (first[2] as number)));
    }
    const table = await transport.call('trackTable', { dataset, from: 1, to: 3 });
    expect(table.arrays.map(({ data }) => [...data])).toEqual([[3, 1], [0, 0], [7, 12]]);
    expect(tableOf(await transport.call('table', { dataset, name: 'tracks' })).rows).toBe(24);
  });

  test('what is not there and what is not of this kind', async () => {
    await expect(transport.call('step', { dataset, step: 16, pulse: 0 })).rejects.toMatchObject({ code: 'out-of-range', message: 'There is no step 16: helix_tr has 16 (0 to 15).' });
    await expect(transport.call('tracks', { dataset, from: 0, to: 25 })).rejects.toMatchObject({ code: 'out-of-range' });
    await expect(transport.call('buffer', { dataset, buffer: 0 })).rejects.toMatchObject({ code: 'unsupported', message: 'helix_tr holds particles, not frames.' });
    const frames = (await transport.call('open', { path: join(SETS, '../davis/images.set') })).meta.id;
    await expect(transport.call('step', { dataset: frames, step: 0, pulse: 0 })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('holds frames') });
    await transport.call('close', { dataset });
    await expect(transport.call('step', { dataset, step: 0, pulse: 0 })).rejects.toMatchObject({ code: 'closed' });
  });
});
