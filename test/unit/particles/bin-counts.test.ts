import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { binnedParticles } from '../../../main/formats/binned-particles.ts';
import { openPath } from '../../../main/host/open-path.ts';
import { fieldPlane } from '../../../shared/compute/derived-plane.ts';
import { isFrameDataset, type FrameDataset, type ParticleDataset } from '../../../shared/model/dataset.ts';
import { DIFFERENCE } from '../../../shared/model/track-selection.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../fixtures/davis-particles');

async function openSet(name: string): Promise<ParticleDataset> {
  const { dataset } = await openPath(join(FOLDER, `${name}.set`));
  if (isFrameDataset(dataset)) throw new Error('frames');
  return dataset;
}

async function openBinned(name: string, options: Readonly<Record<string, unknown>>): Promise<FrameDataset> {
  const { dataset } = await openPath(join(FOLDER, `${name}.set`), { options });
  if (!isFrameDataset(dataset)) throw new Error('particles');
  return dataset;
}

/** Number and mean of the intensities and scalars in cells [z, y, x], by another way than the reader's. */
async function countedByHand(dataset: ParticleDataset, cells: readonly [number, number, number]): Promise<Map<string, number[][]>> {
  const { bounds, steps, pulses, scalars } = dataset.info;
  const found = new Map<string, number[][]>();
  for (let step = 0; step < steps; step++) {
    for (let pulse = 0; pulse < pulses; pulse++) {
      const set = await dataset.step(step, pulse);
      for (let i = 0; i < set.count; i++) {
        const key = [0, 1, 2].map((axis) => {
          const [low = 0, high = 0] = [bounds[axis], bounds[axis + 3]];
          return Math.min(
            (cells[axis] as number) - 1,
            Math.floor((((set.xyz[3 * i + axis] as number) - low) / (high - low)) * (cells[axis] as number)),
          );
        });
        const rows = found.get(key.join()) ?? [];
        rows.push([set.intensity[i] as number, ...scalars.map((_, k) => set.scalars[k]?.[i] as number)]);
        found.set(key.join(), rows);
      }
    }
  }
  return found;
}

test('particles without tracks are counted in cells, with the means of what they have', async () => {
  await using particles = await openSet('ipr2');
  await using dataset = await openBinned('ipr2', { bin: '3,2,2', min_count: 2 });
  const { scales, scalars } = particles.info;
  expect(scales.x.slope).toBeGreaterThan(0);
  expect(dataset.info.summary).toBe("<Particles of 'ipr2' in 3 x 2 x 2 cells, 1 buffer>");
  const buffer = await dataset.buffer(0);
  const [frame] = buffer.info.frames;
  expect(frame).toMatchObject({ kind: 'image', shape: [2, 3], planes: 2, dimensions: 0, choices: 0, attributes: {} });
  expect(frame?.components.map(({ name, role }) => [name, role])).toEqual([
    ['MASK', 'mask'],
    ['TS:Count', 'intensity'],
    ['TS:Mean intensity', 'scalar'],
    ...scalars.map(({ name }) => [`TS:Mean ${name}`, 'scalar']),
  ]);
  const expected = await countedByHand(particles, [3, 2, 2]);
  // Larger y is a smaller row.
  const row = (y: number): number => (scales.y.slope > 0 ? 1 - y : y);
  let counted = 0;
  for (let z = 0; z < 2; z++) {
    const plane = scales.z.slope > 0 ? z : 1 - z;
    const count = (await buffer.plane({ frame: 0, component: 'TS:Count', plane })).data;
    const mask = (await buffer.plane({ frame: 0, component: 'MASK', plane })).data;
    const mean = (await buffer.plane({ frame: 0, component: 'TS:Mean intensity', plane })).data;
    for (let y = 0; y < 2; y++) {
      for (let x = 0; x < 3; x++) {
        const rows = expected.get([x, y, z].join()) ?? [];
        const at = 3 * row(y) + x;
        expect([count[at], mask[at]]).toEqual([rows.length, rows.length >= 2 ? 1 : 0]);
        const intensity = rows.reduce((sum, [value = 0]) => sum + value * scales.i.slope + scales.i.offset, 0) / rows.length;
        if (rows.length === 0) expect(mean[at]).toBeNaN();
        else expect(mean[at]).toBeCloseTo(intensity, 3);
        counted += rows.length;
      }
    }
  }
  expect(counted).toBe(particles.info.particles);
  expect(buffer.warnings).toEqual([]);
  const shown = await fieldPlane(buffer, { frame: 0, plane: 0 }, 'TS:Count', 'scaled');
  expect([shown.width, shown.height]).toEqual([3, 2]);
});

test('what is about tracks is refused where there are none', async () => {
  for (const [field, option] of [
    ['where', { where: 'length>=3' }],
    ['fit', { fit: '2,5' }],
  ] as const)
    await expect(openBinned('ipr2', { bin: '3,2,2', ...option })).rejects.toMatchObject({
      code: 'unsupported',
      field,
      message: expect.stringContaining('no tracks'),
    });
});

test('a buffer tells how far it is, with the pass over all tracks where one comes first', async () => {
  for (const [filters, snapshots] of [
    [[], 16],
    [[{ column: 'speed', low: 0 }], 32],
  ] as const) {
    await using dataset = binnedParticles(await openSet('helix_tr'), {
      bin: [2, 2, 2],
      differentiation: DIFFERENCE,
      selection: { filters },
    });
    const told: (readonly [number, number])[] = [];
    await dataset.buffer(0, { progress: (done, total) => told.push([done, total]) });
    expect(told).toEqual(Array.from({ length: snapshots }, (_, i) => [i + 1, snapshots]));
  }
});

test('a damaged step is left out of the cells and told; nothing but damaged steps is an error', async () => {
  await using dataset = await openBinned('cut', { bin: '2,2,2' });
  const buffer = await dataset.buffer(0);
  expect(buffer.warnings).toMatchObject([
    { code: 'left-out', message: expect.stringContaining('Cells are without 1 of 16 snapshots: Snapshot 15') },
  ]);
  await using single = await openBinned('cut', { bin: '2,2,2', bin_steps: 1 });
  expect((await single.buffer(14)).warnings).toEqual([]);
  await expect(single.buffer(15)).rejects.toMatchObject({ code: 'truncated' });
});
