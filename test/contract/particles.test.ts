import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../main/host/session.ts';
import { decideOpen } from '../../renderer/stores/open-decision.ts';
import { tableOf } from '../../shared/contract/table-payload.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import { NO_TRACK } from '../../shared/model/particles.ts';
import { DIFFERENCE } from '../../shared/model/track-selection.ts';
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
    expect(entries.filter(({ name }) => name.startsWith('helix_tr'))).toMatchObject([
      { name: 'helix_tr.set', kind: 'dataset', format: 'davis-particles', detail: 'Particles, 16 steps', content: 'particles' },
    ]);
  });

  test('a step', async () => {
    const { meta, arrays } = await transport.call('step', { dataset, step: 3, pulse: 0 });
    expect(meta).toEqual({ count: 12, warnings: [], attributes: { LoadSetIndex: '4' } });
    expect(arrays.map(({ dtype, data }) => [dtype, data.length])).toEqual([
      ['f4', 36],
      ['f4', 12],
      ['u4', 12],
      ['f4', 12],
      ['f4', 12],
    ]);
    expect([...(arrays[1]?.data ?? [])]).toEqual(Array.from({ length: 12 }, () => 130));
  });

  test('tracks, one by one and together', async () => {
    const all = await transport.call('tracks', { dataset, from: 0, to: 24 });
    const one = await transport.call('tracks', { dataset, from: 1, to: 2 });
    const first = all.arrays[0]?.data as Uint32Array;
    expect([first.length, first[24], one.meta.from]).toEqual([25, 168, 1]);
    expect(one.arrays.slice(0, 3).map(({ data }) => [...data])).toEqual([[0, 7], [3], [0]]);
    for (const [at, width] of [
      [3, 3],
      [4, 1],
      [5, 1],
      [6, 1],
    ] as const) {
      expect(one.arrays[at]?.data).toEqual(all.arrays[at]?.data.slice(width * (first[1] as number), width * (first[2] as number)));
    }
    const table = await transport.call('trackTable', { dataset, from: 1, to: 3 });
    expect(table.arrays.map(({ data }) => [...data])).toEqual([
      [3, 1],
      [0, 0],
      [7, 12],
    ]);
    expect(tableOf(await transport.call('table', { dataset, name: 'tracks' })).rows).toBe(24);
  });

  test('a layer: places, track numbers, who comes next, columns', async () => {
    const ask = (step: number, every?: number): ReturnType<typeof transport.call<'layer'>> =>
      transport.call('layer', {
        dataset,
        step,
        pulse: 0,
        columns: ['speed', 'Speed', 'length', 'id'],
        differentiation: DIFFERENCE,
        ...(every === undefined ? {} : { every }),
      });
    const stored = await transport.call('step', { dataset, step: 3, pulse: 0 });
    for (const every of [undefined, 2]) {
      const [here, next] = [await ask(3, every), await ask(4, every)];
      expect([here.meta.total, here.arrays.map(({ dtype }) => dtype).join()]).toEqual([12, 'f4,u4,u4,f4,f4,f4,f4']);
      const ids = [...(here.arrays[1]?.data as Uint32Array)];
      const all = [...(stored.arrays[2]?.data as Uint32Array)];
      expect(ids).toEqual(all.filter((id) => id % (every ?? 1) === 0));
      expect(here.meta.count).toBe(ids.length);
      const following = next.arrays[1]?.data as Uint32Array;
      expect([...(here.arrays[2]?.data as Uint32Array)]).toEqual(
        ids.map((id) => (following.includes(id) ? following.indexOf(id) : NO_TRACK)),
      );
      expect([...(here.arrays[0]?.data as Float32Array)]).toEqual(
        ids.flatMap((id) => [...(stored.arrays[0]?.data as Float32Array).subarray(3 * all.indexOf(id), 3 * all.indexOf(id) + 3)]),
      );
      const table = await transport.call('trackTable', { dataset, from: 0, to: 24 });
      expect([...(here.arrays[5]?.data as Float32Array)]).toEqual(ids.map((id) => table.arrays[2]?.data[id]));
      expect([...(here.arrays[6]?.data as Float32Array)]).toEqual(ids);
      for (const [i, id] of ids.entries()) {
        const { arrays } = await transport.call('trackPoints', {
          dataset,
          track: id,
          columns: ['speed', 'Speed'],
          differentiation: DIFFERENCE,
        });
        const at = (arrays[0]?.data as Uint32Array).indexOf(3);
        expect([here.arrays[3]?.data[i], here.arrays[4]?.data[i]]).toEqual([
          Math.fround(arrays[3]?.data[at] as number),
          Math.fround(arrays[4]?.data[at] as number),
        ]);
      }
    }
    const last = await ask(15);
    expect((last.arrays[2]?.data as Uint32Array).every((index) => index === NO_TRACK)).toBe(true);
  });

  test('the points of a track', async () => {
    const { meta, arrays } = await transport.call('trackPoints', {
      dataset,
      track: 1,
      columns: ['x', 'speed', 'id', 'length'],
      differentiation: { method: 'fit', order: 2, length: 5 },
    });
    expect([meta.points, arrays.map(({ dtype }) => dtype).join()]).toEqual([7, 'u4,u1,f8,f8,f8,f8,f8']);
    expect([...(arrays[0]?.data ?? [])]).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect([...(arrays[2]?.data ?? [])]).toEqual([3, 4, 5, 6, 7, 8, 9].map((step) => (2 * step) / 1000));
    expect([...(arrays[5]?.data ?? []), ...(arrays[6]?.data ?? [])]).toEqual([
      ...Array.from({ length: 7 }, () => 1),
      ...Array.from({ length: 7 }, () => 7),
    ]);
  });

  test('facts of all tracks, told while they are read', async () => {
    const told: (readonly [name: string, done: number])[] = [];
    transport.on('tableProgress', ({ name, done }) => told.push([name, done]));
    const { meta, arrays } = await transport.call('trackFacts', {
      dataset,
      columns: ['speed', 'intensity'],
      box: true,
      differentiation: DIFFERENCE,
    });
    expect([meta.tracks, arrays.map(({ dtype, data }) => `${dtype} ${data.length}`).join()]).toEqual([
      24,
      'u4 24,u1 24,u4 24,f4 144,f4 24,f4 24',
    ]);
    await expect.poll(() => told.at(-1)).toEqual(['trackFacts', 16]);
    const { arrays: points } = await transport.call('trackPoints', {
      dataset,
      track: 7,
      columns: ['x', 'speed', 'intensity'],
      differentiation: DIFFERENCE,
    });
    const [x, speed, intensity] = points.slice(3).map(({ data }) => [...(data as Float64Array)]) as [number[], number[], number[]];
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(arrays[4]?.data[7]).toBeCloseTo(mean(speed), 2);
    expect(arrays[5]?.data[7]).toBeCloseTo(mean(intensity), 4);
    expect([arrays[3]?.data[42], arrays[3]?.data[45]]).toEqual([Math.fround(Math.min(...x)), Math.fround(Math.max(...x))]);
    // Again from memory, in arrays of its own.
    const again = await transport.call('trackFacts', { dataset, columns: ['speed', 'intensity'], box: true, differentiation: DIFFERENCE });
    expect(again.arrays[3]?.data).toEqual(arrays[3]?.data);
    expect(again.arrays[3]?.data).not.toBe(arrays[3]?.data);
  });

  test('steps in memory are told, planned ones are read ahead, the budget is kept', async () => {
    const usage = async (): Promise<{ readonly ranges: unknown; readonly bytes: number }> =>
      (await transport.call('usage', {})).meta.datasets[0] as never;
    expect((await usage()).ranges).toEqual([]);
    await transport.call('layer', { dataset, step: 4, pulse: 0, columns: ['speed'], differentiation: DIFFERENCE });
    expect((await usage()).ranges).toEqual([[3, 6]]);
    await transport.call('prefetch', { dataset, buffers: [9, 10, 12] });
    await expect
      .poll(async () => (await usage()).ranges)
      .toEqual([
        [3, 6],
        [9, 11],
        [12, 13],
      ]);
    session.setBudget(1);
    expect((await usage()).ranges).toEqual([[4, 5]]);
    session.setBudget(1 << 20);
    await transport.call('prefetch', { dataset, buffers: [] });
  });

  test('columns, fits and places that there are not', async () => {
    const layer = { dataset, step: 0, pulse: 0, columns: ['speed'], differentiation: DIFFERENCE };
    const wrong = [
      { ...layer, step: 16 },
      { ...layer, step: -1 },
      { ...layer, pulse: 1 },
      { ...layer, columns: ['foo'] },
      { ...layer, every: 0 },
      { ...layer, differentiation: { method: 'fit', order: 3, length: 3 } as const },
      { ...layer, differentiation: { method: 'fit', order: 1, length: 1001 } as const },
    ];
    for (const request of wrong)
      await expect(transport.call('layer', request)).rejects.toMatchObject({ code: expect.stringMatching(/out-of-range|invalid-option/) });
    await expect(
      transport.call('trackFacts', { dataset, columns: ['foo'], box: false, differentiation: DIFFERENCE }),
    ).rejects.toMatchObject({ code: 'invalid-option' });
    await expect(transport.call('trackPoints', { dataset, track: 24, columns: [], differentiation: DIFFERENCE })).rejects.toMatchObject({
      code: 'out-of-range',
    });
    const loose = (await transport.call('open', { path: join(SETS, 'ipr2.set') })).meta.id;
    await expect(transport.call('layer', { ...layer, dataset: loose })).rejects.toMatchObject({
      code: 'invalid-option',
      message: 'ipr2 has no tracks, so its particles have no speed.',
    });
    const { arrays } = await transport.call('layer', { ...layer, dataset: loose, columns: ['intensity'] });
    expect((arrays[2]?.data as Uint32Array).every((index) => index === NO_TRACK)).toBe(true);
  });

  test('a damaged step does not spoil its neighbours, nor the facts of tracks', async () => {
    const cut = (await transport.call('open', { path: join(SETS, 'cut.set') })).meta.id;
    const layer = (id: DatasetId, step: number): ReturnType<typeof transport.call<'layer'>> =>
      transport.call('layer', { dataset: id, step, pulse: 0, columns: ['u', 'id'], differentiation: DIFFERENCE });
    await expect(layer(cut, 15)).rejects.toMatchObject({
      code: 'truncated',
      path: expect.stringContaining('snapshots.bin'),
      offset: expect.any(Number),
    });
    const { arrays } = await layer(cut, 14);
    expect((arrays[2]?.data as Uint32Array).every((index) => index === NO_TRACK)).toBe(true);
    // One-sided, as at the end of a track.
    const whole = await layer(dataset, 14);
    const before = await transport.call('layer', { dataset, step: 13, pulse: 0, columns: ['x', 'id'], differentiation: DIFFERENCE });
    const here = await transport.call('layer', { dataset, step: 14, pulse: 0, columns: ['x'], differentiation: DIFFERENCE });
    expect(arrays[4]?.data).toEqual(whole.arrays[4]?.data);
    for (const [i, id] of [...(arrays[4]?.data as Float32Array)].entries()) {
      const at = (before.arrays[4]?.data as Float32Array).indexOf(id);
      if (at >= 0)
        expect(arrays[3]?.data[i]).toBeCloseTo((Number(here.arrays[3]?.data[i]) - Number(before.arrays[3]?.data[at])) / 0.002, 0);
    }
    const { meta } = await transport.call('trackFacts', { dataset: cut, columns: ['speed'], box: true, differentiation: DIFFERENCE });
    expect(meta).toMatchObject({
      tracks: 24,
      warnings: [{ code: 'left-out', message: expect.stringContaining('without 1 of 16 snapshots: Snapshot 15 has') }],
    });
  });

  test('links stay inside of a step with several pulses', async () => {
    const pulsed = (await transport.call('open', { path: join(SETS, 'pulses4.set') })).meta.id;
    const links = async (step: number, pulse: number): Promise<Uint32Array> =>
      (await transport.call('layer', { dataset: pulsed, step, pulse, columns: [], differentiation: DIFFERENCE })).arrays[2]
        ?.data as Uint32Array;
    expect((await links(0, 0)).some((index) => index !== NO_TRACK)).toBe(true);
    expect((await links(0, 3)).every((index) => index === NO_TRACK)).toBe(true);
  });

  test('a set opens as vectors in cells', async () => {
    const cells = (await transport.call('open', { path: join(SETS, 'helix_tr.set'), options: { bin: '6,5,4' } })).meta;
    expect(cells.info).toMatchObject({ kind: 'frames', format: 'davis-particles' });
    const { arrays } = await transport.call('planes', {
      dataset: cells.id,
      buffer: 0,
      frame: 0,
      plane: 1,
      fields: [{ component: 'speed', mode: 'masked' }],
    });
    expect(arrays[0]?.data.length).toBe(30);
  });

  test('what is not there and what is not of this kind', async () => {
    await expect(transport.call('step', { dataset, step: 16, pulse: 0 })).rejects.toMatchObject({
      code: 'out-of-range',
      message: 'There is no step 16: helix_tr has 16 (0 to 15).',
    });
    await expect(transport.call('tracks', { dataset, from: 0, to: 25 })).rejects.toMatchObject({ code: 'out-of-range' });
    await expect(transport.call('buffer', { dataset, buffer: 0 })).rejects.toMatchObject({
      code: 'unsupported',
      message: 'helix_tr holds particles, not frames.',
    });
    const frames = (await transport.call('open', { path: join(SETS, '../davis/images.set') })).meta.id;
    await expect(transport.call('step', { dataset: frames, step: 0, pulse: 0 })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('holds frames'),
    });
    await expect(
      transport.call('layer', { dataset: frames, step: 0, pulse: 0, columns: [], differentiation: DIFFERENCE }),
    ).rejects.toMatchObject({ code: 'unsupported' });
    await transport.call('close', { dataset });
    await expect(transport.call('step', { dataset, step: 0, pulse: 0 })).rejects.toMatchObject({ code: 'closed' });
  });
});
