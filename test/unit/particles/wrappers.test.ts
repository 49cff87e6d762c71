import { describe, expect, test } from 'vitest';
import { selectSteps } from '../../../main/host/chain/particles/select-steps.ts';
import { selectTracks } from '../../../main/host/chain/particles/select-tracks.ts';
import { withMotion } from '../../../main/host/chain/particles/with-motion.ts';
import type { ParticleDataset } from '../../../shared/model/dataset.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import { DIFFERENCE } from '../../../shared/model/track-selection.ts';
import { timedParticles } from '../../support/timed-particles.ts';

const SET = timedParticles(
  [0, 1, 2, 4, 5, 6],
  [
    {
      start: 0,
      points: [
        [0, 0, 0],
        [1, 0, 0],
      ],
    },
    {
      start: 1,
      points: [
        [0, 1, 0],
        [0, 2, 0],
        [0, 3, 0],
        [0, 4, 0],
      ],
    },
    { start: 2, points: [[1, 1, 1], [2, 2, 2], undefined, [4, 4, 4]] },
    {
      start: 4,
      points: [
        [9, 9, 9],
        [8, 8, 8],
      ],
    },
  ],
  {
    free: [
      [2, 5, 5, 5],
      [2, 6, 6, 6],
      [5, 7, 7, 7],
    ],
  },
);

/** Every particle of every pulse by track and first coordinate, and every track. */
async function contentOf(dataset: ParticleDataset): Promise<unknown> {
  const { steps, pulses, tracks } = dataset.info;
  const counts = await dataset.counts();
  const layers = [];
  for (let s = 0; s < steps * pulses; s++) {
    const set = await dataset.step(Math.floor(s / pulses), s % pulses);
    expect([set.count, set.track.length, set.xyz.length]).toEqual([counts[s], set.count, 3 * set.count]);
    layers.push([...set.track].map((id, i) => `${id === NO_TRACK ? '-' : id}:${set.xyz[3 * i + 1]}`).join(' '));
  }
  const all = await dataset.tracks(0, tracks);
  const rows = [];
  for (let id = 0; id < tracks; id++) {
    const one = await dataset.track(id);
    const [from, to] = [all.first[id] as number, all.first[id + 1] as number];
    expect([one.from, [...one.xyz], [...one.intensity]]).toEqual([
      id,
      [...all.xyz.slice(3 * from, 3 * to)],
      [...all.intensity.slice(from, to)],
    ]);
    rows.push(`${all.startStep[id]}.${all.startPulse[id]}: ${[...one.xyz].filter((_, i) => i % 3 === 1).join(' ')}`);
  }
  expect(dataset.info.particles).toBe(counts.reduce((sum, count) => sum + count, 0));
  return { layers, rows, times: [...(await dataset.times())] };
}

describe('a range of steps', () => {
  test('tracks are cut, numbered anew; single points become free and are told', async () => {
    const dataset = await selectSteps(SET, { from: 1, to: 5, step: 1 });
    expect(await contentOf(dataset)).toEqual({
      layers: ['0:1 -:0', '0:2 1:1 -:5 -:6', '0:3 1:2', '0:4 -:9'],
      rows: ['0.0: 1 2 3 4', '1.0: 1 2 NaN'],
      times: [0, 1, 3, 4],
    });
    expect(dataset.info).toMatchObject({
      steps: 4,
      tracks: 2,
      startTime: 1,
      summary: '<Time-resolved particle field with 4 time steps and 2 tracks>',
    });
    expect(dataset.notes()).toEqual(['Of 2 tracks only one particle lies in the range: they are written without track.']);
    expect([await dataset.stepAttributes(2), dataset.info.tables[0]?.rows]).toEqual([{ number: '3' }, 4]);
  });

  test('every second step', async () => {
    const dataset = await selectSteps(SET, { from: 1, to: 6, step: 2 });
    expect(await contentOf(dataset)).toEqual({
      layers: ['0:1 -:0', '0:3 1:2', '1:4 -:8 -:7'],
      rows: ['0.0: 1 3', '1.0: 2 4'],
      times: [0, 3, 5],
    });
    expect(dataset.notes()).toEqual(['Of 2 tracks only one particle lies in the range: they are written without track.']);
  });

  test('with pulses tracks stay whole', async () => {
    const pulsed = timedParticles(
      [10, 10.5, 20, 20.5, 30, 30.5],
      [0, 2, 4].map((start) => ({
        start,
        points: [
          [0, start, 0],
          [0, start + 1, 0],
        ],
      })),
      { pulses: 2 },
    );
    const dataset = await selectSteps(pulsed, { from: 0, to: 3, step: 2 });
    expect(await contentOf(dataset)).toEqual({
      layers: ['0:0', '0:1', '1:4', '1:5'],
      rows: ['0.0: 0 1', '1.0: 4 5'],
      times: [10, 10.5, 30, 30.5],
    });
    expect([dataset.info.startTime, dataset.notes()]).toEqual([10, []]);
  });

  test('ranges that are not there, steps that are not chosen', async () => {
    await expect(selectSteps(SET, { from: 0, to: 7, step: 1 })).rejects.toMatchObject({ code: 'out-of-range' });
    await expect(selectSteps(SET, { from: 2, to: 2, step: 1 })).rejects.toMatchObject({ code: 'out-of-range' });
    const dataset = await selectSteps(SET, { from: 1, to: 3, step: 1 });
    await expect(dataset.step(2, 0)).rejects.toMatchObject({
      code: 'out-of-range',
      message: 'There is no step 2: 2 steps of made are selected (0 to 1).',
    });
    await expect(dataset.track(5)).rejects.toMatchObject({ code: 'out-of-range' });
  });
});

describe('chosen tracks', () => {
  test('tracks are numbered anew, free particles pass for themselves', async () => {
    const dataset = await selectTracks(SET, { filters: [{ column: 'y', low: 1.5, high: 5.5 }] }, DIFFERENCE);
    expect(await contentOf(dataset)).toEqual({
      layers: ['', '0:1', '0:2 1:1 -:5', '0:3 1:2', '0:4', '1:4'],
      rows: ['1.0: 1 2 3 4', '2.0: 1 2 NaN 4'],
      times: [0, 1, 2, 4, 5, 6],
    });
    expect([[...dataset.original], dataset.info.tracks, dataset.info.particles]).toEqual([[1, 2], 2, 8]);
  });

  test('that none is left is told', async () => {
    const none = await selectTracks(SET, { filters: [{ column: 'length', low: 99 }] }, DIFFERENCE);
    expect([none.info.tracks, none.info.particles, none.notes()]).toEqual([0, 0, ['None of the 4 tracks meets the conditions.']]);
  });

  test('every second one', async () => {
    const dataset = await selectTracks(SET, { filters: [], every: 2 }, DIFFERENCE);
    expect(await contentOf(dataset)).toMatchObject({ layers: ['0:0', '0:0', '1:1 -:5', '1:2', '', '1:4 -:7'] });
  });

  test('where all particles have tracks nothing is read to count them', async () => {
    const whole = timedParticles(
      [0, 1, 2],
      [
        {
          start: 0,
          points: [
            [0, 0, 0],
            [1, 0, 0],
            [2, 0, 0],
          ],
        },
        {
          start: 1,
          points: [
            [0, 5, 0],
            [0, 6, 0],
          ],
        },
      ],
    );
    const unread = { ...whole, step: () => Promise.reject(new Error('read')) };
    const dataset = await selectTracks(unread, { filters: [{ column: 'length', high: 2 }] }, DIFFERENCE);
    expect([[...(await dataset.counts())], dataset.info.particles]).toEqual([[0, 1, 1], 2]);
  });

  test('columns that are not there', async () => {
    await expect(selectTracks(SET, { filters: [{ column: 'foo' }] }, DIFFERENCE)).rejects.toMatchObject({ code: 'invalid-option' });
    const free = timedParticles([0], [], {
      free: [
        [0, 1, 1, 1],
        [0, 2, 2, 2],
      ],
    });
    await expect(selectTracks(free, { filters: [{ column: 'length', low: 2 }] }, DIFFERENCE)).rejects.toMatchObject({
      code: 'invalid-option',
    });
    expect((await selectTracks(free, { filters: [{ column: 'x', low: 2 }] }, DIFFERENCE)).info.particles).toBe(1);
  });
});

describe('motion as scalars', () => {
  test('is the same by step and by track, and stays with a range', async () => {
    const dataset = withMotion(SET, ['v', 'speed'], DIFFERENCE);
    expect(await contentOf(dataset)).toEqual(await contentOf(SET));
    expect(dataset.info.scalars.map(({ name, scale }) => [name, scale.unit])).toEqual([
      ['v', 'mm/s'],
      ['speed', 'mm/s'],
    ]);
    // Times 1, 2, 4, 5: the slopes of the parabolas through three points.
    expect([...((await dataset.track(1)).scalars[0] as Float32Array)].map((value) => Number(value.toFixed(4)))).toEqual([
      1, 0.8333, 0.8333, 1,
    ]);
    expect([...((await dataset.track(2)).scalars[0] as Float32Array)]).toEqual([0.5, 0.5, Number.NaN, Number.NaN]);
    expect([...((await dataset.step(2, 0)).scalars[0] as Float32Array)].map((value) => Number(value.toFixed(4)))).toEqual([
      0.8333,
      0.5,
      Number.NaN,
      Number.NaN,
    ]);
    const range = await selectSteps(dataset, { from: 2, to: 4, step: 1 });
    expect([...((await range.step(0, 0)).scalars[0] as Float32Array)].map((value) => Number(value.toFixed(4)))).toEqual([
      0.8333,
      0.5,
      Number.NaN,
      Number.NaN,
    ]);
    expect([...((await range.tracks(0, 1)).scalars[0] as Float32Array)].map((value) => Number(value.toFixed(4)))).toEqual([0.8333, 0.8333]);
  });

  test('names that are none, or taken, and sets without tracks', () => {
    expect(() => withMotion(SET, ['x'], DIFFERENCE)).toThrow("'x' cannot be added to particles.");
    expect(() => withMotion(withMotion(SET, ['u'], DIFFERENCE), ['u'], DIFFERENCE)).toThrow("made has a scalar 'u' already.");
    expect(() => withMotion(timedParticles([0], [], { free: [[0, 1, 1, 1]] }), ['speed'], DIFFERENCE)).toThrow(
      'made has no tracks, so its particles have no speed.',
    );
  });
});
