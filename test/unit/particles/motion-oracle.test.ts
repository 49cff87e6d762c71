import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { openPath } from '../../../main/host/open-path.ts';
import { SNAPSHOT } from '../../../main/formats/davis-particles/layout.ts';
import { emptyIndex } from '../../../main/formats/davis-particles/snapshot-index.ts';
import { pulseDelays } from '../../../main/formats/davis-particles/snapshot-times.ts';
import { withMotion } from '../../../main/host/chain/particles/with-motion.ts';
import { isFrameDataset, type FrameDataset, type ParticleDataset } from '../../../shared/model/dataset.ts';
import { fieldPlane } from '../../../shared/compute/derived-plane.ts';
import type { Differentiation } from '../../../shared/model/track-selection.ts';
import { npyNumbers } from '../../support/npy-numbers.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../fixtures/davis-particles');

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const dataset of opened.splice(0)) await dataset[Symbol.asyncDispose]();
});

async function openSet(name: string): Promise<ParticleDataset> {
  const { dataset } = await openPath(join(FOLDER, `${name}.set`));
  opened.push(dataset);
  if (isFrameDataset(dataset)) throw new Error('frames');
  return dataset;
}

async function openBinned(name: string, options: Readonly<Record<string, unknown>>): Promise<FrameDataset> {
  const { dataset } = await openPath(join(FOLDER, `${name}.set`), { options });
  opened.push(dataset);
  if (!isFrameDataset(dataset)) throw new Error('particles');
  return dataset;
}

/** Both missing, or the same within f4. */
function expectNear(found: number, expected: number, size: number): void {
  if (Number.isNaN(expected)) expect(found).toBeNaN();
  else expect(Math.abs(found - expected)).toBeLessThanOrEqual(2e-6 * size);
}

test.each<[string, Differentiation, readonly string[], number]>([
  ['differences are those of numpy.gradient', { method: 'difference' }, ['u', 'v', 'w'], 0],
  ['fits are those of numpy.polyfit', { method: 'fit', order: 2, length: 5 }, ['u', 'v', 'w', 'ax', 'ay', 'az'], 3],
])('%s', async (_, differentiation, names, first) => {
  const expected = npyNumbers(join(FOLDER, 'expected/helix_motion.npy'));
  const dataset = withMotion(await openSet('helix_tr'), names, differentiation);
  const tracks = await dataset.tracks(0, dataset.info.tracks);
  names.forEach((name, k) => {
    const column = tracks.scalars[2 + k] as Float32Array;
    expect(column).toHaveLength(168);
    column.forEach((value, point) => expectNear(value, expected[9 * point + first + k] as number, name.startsWith('a') ? 2e6 : 2e3));
  });
  // Layers tell the same of every particle.
  const { startStep } = await dataset.trackTable(0, dataset.info.tracks);
  for (let step = 0; step < dataset.info.steps; step++) {
    const layer = await dataset.step(step, 0);
    layer.track.forEach((id, i) => {
      const point = (tracks.first[id] as number) + step - (startStep[id] as number);
      names.forEach((__, k) => expect(layer.scalars[2 + k]?.[i]).toBe(tracks.scalars[2 + k]?.[point]));
    });
  }
  expect(dataset.info.attributes['_StreaklineDifferentiation']).toBe(
    first === 0
      ? 'u, v, w: central differences, one-sided at the ends of tracks'
      : 'u, v, w, ax, ay, az: least-squares polynomial of order 2 through 5 points, shifted inwards at the ends of tracks',
  );
  expect(dataset.info.scalars.slice(2).map(({ name, scale }) => [name, scale.unit])).toEqual(
    names.map((name) => [name, name.startsWith('a') ? 'mm/s²' : 'mm/s']),
  );
});

test('cells are those of scipy.stats.binned_statistic_dd', async () => {
  const expected = npyNumbers(join(FOLDER, 'expected/helix_binned.npy'));
  const dataset = await openBinned('helix_tr', { bin: '6,5,4' });
  expect([dataset.info.summary, dataset.info.nav.map(({ size }) => size)]).toEqual([
    "<Velocity of 'helix_tr' in 6 x 5 x 4 cells, 1 buffer>",
    [1],
  ]);
  const buffer = await dataset.buffer(0);
  const [frame] = buffer.info.frames;
  expect(frame).toMatchObject({ kind: 'vector', shape: [5, 6], planes: 4, dimensions: 3, choices: 1, scales: { i: { unit: 'mm/s' } } });
  const names = ['TS:Count', 'u', 'v', 'w', 'TS:RMS u', 'TS:RMS v', 'TS:RMS w', 'TS:Mean intensity', 'TS:Mean Speed', 'TS:Mean Quality'];
  for (const [k, name] of names.entries()) {
    for (let plane = 0; plane < 4; plane++) {
      const { data } = await fieldPlane(buffer, { frame: 0, plane }, name, 'scaled');
      for (let row = 0; row < 5; row++) {
        for (let column = 0; column < 6; column++) {
          const value = expected[((k * 4 + plane) * 5 + (4 - row)) * 6 + column] as number;
          expectNear(Number(data[6 * row + column]), value, k >= 1 && k <= 6 ? 1e3 : Math.abs(value));
        }
      }
    }
  }
});

test('positions of cells are their middles, and the upper row is the one with the largest y', async () => {
  const dataset = await openBinned('helix_tr', { bin: [2, 4, 1] });
  const particles = await openSet('helix_tr');
  const [x0 = 0, y0 = 0, , x1 = 0, y1 = 0] = particles.info.bounds;
  const { x, y } = particles.info.scales;
  const [low, high] = [x0 * x.slope + x.offset, x1 * x.slope + x.offset];
  const [top, bottom] = [y0 * y.slope + y.offset, y1 * y.slope + y.offset];
  const buffer = await dataset.buffer(0);
  const xs = (await fieldPlane(buffer, { frame: 0, plane: 0 }, 'x', 'scaled')).data as Float64Array;
  const ys = (await fieldPlane(buffer, { frame: 0, plane: 0 }, 'y', 'scaled')).data as Float64Array;
  expect(xs[1]).toBeCloseTo(low + 0.75 * (high - low), 9);
  expect(ys[0]).toBeCloseTo(top + (bottom - top) / 8, 9);
  expect(ys[6]).toBeCloseTo(bottom - (bottom - top) / 8, 9);
});

test('steps in buffers, cells with few particles, options that do not fit', async () => {
  const dataset = await openBinned('helix_tr', { bin: '3,3,1', bin_steps: '5', min_count: '4', fit: '2,5' });
  expect(dataset.info.nav[0]?.size).toBe(4);
  let particles = 0;
  for (let index = 0; index < 4; index++) {
    const buffer = await dataset.buffer(index);
    expect([buffer.info.name, buffer.info.time?.seconds]).toEqual([
      index === 3 ? 'step 15' : `steps ${5 * index} to ${5 * index + 4}`,
      0.01 * index,
    ]);
    const count = (await buffer.plane({ frame: 0, component: 'TS:Count', plane: 0 })).data as Int32Array;
    const mask = (await buffer.plane({ frame: 0, component: 'MASK', plane: 0 })).data as Uint8Array;
    const u = (await fieldPlane(buffer, { frame: 0, plane: 0 }, 'u', 'masked')).data as Float64Array;
    count.forEach((value, i) => expect([mask[i], Number.isNaN(u[i])]).toEqual(value >= 4 ? [1, false] : [0, true]));
    particles += count.reduce((sum, value) => sum + value, 0);
  }
  expect(particles).toBe(168);
  await expect(dataset.buffer(4)).rejects.toMatchObject({ code: 'out-of-range' });
  await expect(openSet('ipr2').then(async () => openBinned('ipr2', { bin: '3,3,1', fit: '2,5' }))).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('no tracks'),
  });
  for (const options of [
    { bin: '3,3' },
    { bin: '0,3,3' },
    { bin: '3,3,3', fit: '4,5' },
    { bin: '3,3,3', fit: '2,4' },
    { bin: '3,3,3', min_count: 0 },
    { bin: '3,3,3', bin_steps: 0 },
    { min_count: 2 },
  ]) {
    await expect(openBinned('helix_tr', options)).rejects.toMatchObject({ code: 'invalid-option' });
  }
  await expect(openBinned('helix_tr', { bin: '5000,5000,5000' })).rejects.toMatchObject({ code: 'too-large' });
});

test('delays of pulses keep all digits of whole picoseconds', () => {
  const index = emptyIndex(4, SNAPSHOT);
  index.seconds.fill(1_700_000_000n);
  index.picoseconds.set([999_999_000_001n, 999_999_000_002n, 0n, 12_345n]);
  expect([...pulseDelays(index, 2)]).toEqual([0, 1e-12, 0, 1.2345e-8]);
});

test('pulses of a step are told apart exactly, whatever their stored times', async () => {
  const dataset = await openSet('pulses4');
  const delays = await dataset.delays?.();
  const times = await dataset.times();
  expect(delays).toHaveLength(times.length);
  for (let s = 0; s < times.length; s++) expect(delays?.[s]).toBeCloseTo((times[s] as number) - (times[s - (s % 4)] as number), 9);
  const moving = withMotion(dataset, ['speed'], { method: 'difference' });
  const set = await moving.step(0, 1);
  expect([...(set.scalars.at(-1) as Float32Array)].every((value) => value > 0)).toBe(true);
});
