import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import '../support/hdf5-plugins.ts';
import { openPath } from '../../main/host/open-path.ts';
import '../../main/host/node-inflate.ts';
import type { ParticleWriteJob } from '../../main/writers/particles/particle-writer.ts';
import { PARTICLE_WRITERS } from '../../main/writers/particles/registry.ts';
import type { WriteResult } from '../../main/writers/writer.ts';
import { isFrameDataset, type ParticleDataset } from '../../shared/model/dataset.ts';
import { madeParticles, type MadeTrack } from '../support/made-particles.ts';
import { expectSameParticles } from '../support/same-particles.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/davis-particles');
const SETS = ['helix_tr', 'pulses4', 'ipr2', 'old0', 'old1', 'split', 'unsorted', 'no_extras', 'plain_text'];
const folder = mkdtempSync(join(tmpdir(), 'streakline-particles-'));
afterAll(() => rmSync(folder, { recursive: true }));
let targets = 0;

async function open(path: string): Promise<ParticleDataset> {
  const { dataset } = await openPath(path);
  if (isFrameDataset(dataset)) throw new Error(`${path} holds frames`);
  return dataset;
}

async function write(dataset: ParticleDataset, id: string, extension: string, job: Partial<ParticleWriteJob> = {}): Promise<WriteResult> {
  const writer = PARTICLE_WRITERS.find((known) => known.id === id);
  if (!writer) throw new Error(`no writer ${id}`);
  expect(writer.accepts(dataset.info)).toBe(true);
  return writer.write({ dataset, target: join(folder, `out${++targets}.${extension}`), options: {}, force: false, ...job });
}

/** Outputs that always hold values in their units. */
const SCALED = ['vtp', 'tecplot'];

/** Outputs that open again, raw and scaled. */
const READ_BACK: readonly (readonly [id: string, extension: string, options: ParticleWriteJob['options']])[] = [
  ['davis-particles', 'set', {}],
  ['csv', 'csv', {}],
  ['csv', 'csv', { mode: 'scaled' }],
  ['npz', 'npz', {}],
  ['npz', 'npz', { mode: 'scaled' }],
  ['parquet', 'parquet', {}],
  ['parquet', 'parquet', { mode: 'scaled', compression: 'gzip' }],
  ['parquet', 'parquet', { compression: 'none' }],
  ['hdf5', 'h5', {}],
  ['hdf5', 'h5', { mode: 'scaled', level: 6 }],
  ['vtp', 'pvd', {}],
  ['tecplot', 'dat', {}],
];

describe.each(READ_BACK)('%s.%s %o', (id, extension, options) => {
  test.each(SETS)('%s is the same afterwards', async (set) => {
    await using source = await open(join(FIXTURES, `${set}.set`));
    const seen: number[] = [];
    const { target, buffers, losses } = await write(source, id, extension, { options, progress: (done, total) => seen.push(done / total) });
    expect({ buffers, last: seen.at(-1), losses }).toEqual({ buffers: source.info.steps, last: 1, losses: [] });
    await using back = await open(target);
    expect(back.info.warnings).toEqual([]);
    await expectSameParticles(source, back, id === 'davis-particles' ? {} : { exact: false });
    expect(back.info.attributes).toHaveProperty('_StreaklineVersion');
  });

  test('random tracks, pulses and particles without track', async () => {
    // Scaled values lose what is small beside their offset, and the sign of 0.
    const isScaled = options['mode'] === 'scaled' || SCALED.includes(id);
    const value = isScaled ? fc.integer({ min: 0, max: 1e6 }) : fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
    const particle = fc.tuple(value, value, value, value, isScaled ? value : fc.float());
    const set = fc.constantFrom(1, 2, 4).chain((pulses) =>
      fc.integer({ min: 1, max: 5 }).chain((steps) => {
        // Tracks have 2 points at least, with two pulses exactly as many.
        const lasts = pulses === 1 ? steps - 2 : steps - 1;
        const track = fc.integer({ min: 0, max: Math.max(0, lasts) }).chain((step) => {
          const room = pulses === 1 ? steps - step : pulses;
          return fc
            .array(particle, { minLength: 2, maxLength: Math.max(2, room) })
            .map((points): MadeTrack => ({ start: step * pulses, points }));
        });
        return fc.record({
          pulses: fc.constant(pulses),
          steps: fc.constant(steps),
          tracks: lasts < 0 ? fc.constant([]) : fc.array(track, { maxLength: 6 }),
          loose: fc.array(fc.array(particle, { maxLength: 3 }), { minLength: steps * pulses, maxLength: steps * pulses }),
        });
      }),
    );
    await fc.assert(
      fc.asyncProperty(set, async (made) => {
        const source = madeParticles({
          ...made,
          scalars: [
            { name: 'A/b, "c"', scale: { slope: isScaled ? 0.25 : -0.25, offset: isScaled ? 0.5 : 3, unit: 'µm', description: 'Größe' } },
          ],
        });
        // Not every output can be empty.
        fc.pre(PARTICLE_WRITERS.find((known) => known.id === id)?.accepts(source.info) === true);
        const { target } = await write(source, id, extension, { options });
        await using back = await open(target);
        await expectSameParticles(source, back, { exact: false });
      }),
      { numRuns: 25 },
    );
  });
});

test.each(READ_BACK.filter(([id], i, all) => all.findIndex(([other]) => other === id) === i))(
  '%s.%s is recognised where it is larger than what probes may read',
  async (id, extension) => {
    const points = Array.from({ length: 40 }, (_, i) => [i, 2 * i, 3 * i, 4 * i]);
    const source = madeParticles({ steps: 40, tracks: Array.from({ length: 100 }, () => ({ start: 0, points })) });
    const { target } = await write(source, id, extension);
    await using back = await open(target);
    expect(back.info).toMatchObject({ particles: 4000, tracks: 100 });
  },
);

test('a table of ours knows what its values are', async () => {
  const { target } = await write(madeParticles({ steps: 1, loose: [[[1, 2, 3, 4]]] }), 'csv', 'csv');
  await expect(openPath(target, { options: { coordinates: 'scaled' } })).rejects.toMatchObject({
    code: 'invalid-option',
    field: 'coordinates',
  });
  await using set = (await openPath(target, { options: { coordinates: 'stored' } })).dataset;
  expect(set.info.format).toBe('particle-table');
});

describe('DaVis particle sets', () => {
  test('what nobody else knows goes along: second box, exact times, attributes of all kinds, gaps', async () => {
    const source = madeParticles({
      steps: 4,
      tracks: [
        { start: 0, points: [[1, 2, 3, 4, 0.5], undefined, [1, 2, 4, 4, Number.NaN]] },
        {
          start: 1,
          points: [
            [8, 9, 10, 1, 1],
            [8, 9, 11, 1, Number.POSITIVE_INFINITY],
            [8, -0, 12, 1, 2],
          ],
        },
      ],
      scales: {
        x: { slope: 1 / 3, offset: -31.86, unit: '<mm> & "so"', description: 'x\ny' },
        y: { slope: -1e-7, offset: 1e22, unit: 'µ', description: '' },
        z: { slope: 0.1 + 0.2, offset: -0, unit: '', description: '' },
        i: { slope: 1, offset: 0, unit: 'counts', description: 'i' },
      },
      scalars: [{ name: 'Größe "<&>"', scale: { slope: 2, offset: 0, unit: 'mm', description: '' } }],
      bounds: [0.5, -1, 2, 8.25, 9, 12],
      secondBox: [1, 2, 3, 4, 5, 6],
      // Beyond what a double holds: wall-clock time in picoseconds.
      instants: [
        [1_700_000_000n, 123_456_789_012n],
        [1_700_000_000n, 123_456_789_013n],
        [1_700_000_001n, 0n],
        [1_700_000_001n, 5n],
      ],
      attributes: {
        Comment: 'zwei\r\nZeilen',
        leer: '',
        '°C': 'ü',
        u2: { dtype: 'u2', shape: [1, 2], values: [0, 65535] },
        i4: { dtype: 'i4', shape: [1, 1], values: [-7] },
        f4: { dtype: 'f4', shape: [1, 1], values: [0.5] },
        f8: { dtype: 'f8', shape: [1, 3], values: [1 / 3, Number.NaN, -0] },
        none: { dtype: 'f8', shape: [1, 0], values: [] },
      },
      stepAttributes: [{}, { a: 'b' }, { n: { dtype: 'i4', shape: [1, 2], values: [1, 2] } }, {}],
    });
    const { target, losses } = await write(source, 'davis-particles', 'set');
    expect(losses).toEqual([expect.stringContaining('Tracks have gaps, 1 in all')]);
    await using back = await open(target);
    await expectSameParticles(source, back);
    for (const { id, extensions } of PARTICLE_WRITERS.slice(1)) {
      const told = (await write(back, id, extensions[0] ?? '')).losses;
      expect({ id, told }).toEqual({
        id,
        told: expect.arrayContaining([expect.stringContaining('second box'), expect.stringContaining('Times are rounded')]),
      });
    }
    const again = await write(back, 'davis-particles', 'set');
    const bytes = (path: string) =>
      readdirSync(path.replace(/\.set$/, '')).map((name) => [name, readFileSync(join(path.replace(/\.set$/, ''), name)).toString('hex')]);
    expect(bytes(again.target)).toEqual(bytes(target));
  });

  test('the worked example of the specification, byte by byte', async () => {
    const points = (x: number, y: number, z: number, i: number, scalar: number) => [x, y, z, i, scalar] as const;
    const source = madeParticles({
      steps: 3,
      tracks: [
        { start: 0, points: [points(1, 2, 3, 4, 0.5), points(2, 2, 3, 4, 0.75)] },
        { start: 1, points: [points(8, 9, 10, 1, 1), points(8, 9, 11, 1, 1)] },
      ],
      scalars: [{ name: 'Size', scale: { slope: 2, offset: 0, unit: 'mm', description: '' } }],
      bounds: [1, 2, 3, 8, 9, 11],
    });
    const { target } = await write(source, 'davis-particles', 'set');
    const hex = (name: string): string =>
      readFileSync(join(target.replace(/\.set$/, ''), name))
        .toString('hex')
        .toUpperCase();
    const joined = (...parts: readonly string[]): string => parts.join('').replaceAll(' ', '');
    expect(hex('info.bin')).toBe(
      joined(
        '02000000 01000000 03000000 01000000',
        '000000000000F03F 0000000000000040 0000000000000840',
        '0000000000002040 0000000000002240 0000000000002640',
        'FFFFFFFFFFFFEF7F'.repeat(3),
        'FFFFFFFFFFFFEFFF'.repeat(3),
      ),
    );
    expect(hex('snapshots.bin')).toBe(
      joined(
        '01000000 03000000 18000000 20000000',
        '01000000 00000000 0000000000000000 0000000000000000',
        '0000000000000000 0000803F 00000040 00004040 00008040 FFFFFFFF 00000000',
        '02000000 01000000 0000000000000000 00CA9A3B00000000',
        '0000000000000000 00000040 00000040 00004040 00008040 00000000 FFFFFFFF',
        '0100000000000000 00000041 00001041 00002041 0000803F FFFFFFFF 00000000',
        '01000000 02000000 0000000000000000 0094357700000000',
        '0100000000000000 00000041 00001041 00003041 0000803F 01000000 FFFFFFFF',
      ),
    );
    expect(hex('snapshotpositions.bin')).toBe(
      joined(
        '01 00000000 1000000000000000 0000000000000000 0000000000000000 01000000 0000000000000000 0000000000000000',
        '01 00000000 4800000000000000 0400000000000000 0200000000000000 02000000 0000000000000000 00CA9A3B00000000',
        '01 00000000 A000000000000000 0C00000000000000 0600000000000000 01000000 0000000000000000 0094357700000000',
      ),
    );
    expect(hex('tracks.bin')).toBe(
      joined('02000000 0200000000000000 0C000000', '00000000 00000000 02000000', '01000000 01000000 02000000'),
    );
    expect(hex('scalars_0.bin')).toBe(joined('0000003F 0000403F 0000803F 0000803F'));
    expect(hex('shapes.bin')).toBe('00'.repeat(8));
    expect(hex('attributesblocks.attr').slice(2048)).toBe(
      joined(
        'FFFFFFFF 00000000 00000000'.repeat(3),
        '00000000 00000000 00000000',
        '0004000000000000 0C04000000000000 1804000000000000 2404000000000000',
        '04000000',
      ),
    );
  });

  test('what a set cannot hold is told', async () => {
    const source = madeParticles({
      steps: 2,
      tracks: [{ start: 0, points: [[0, 0, 0, 0]] }],
      loose: [[[1, 1, 1, 1]], []],
      attributes: {
        flag: true,
        '': 'no name',
        plane: { dtype: 'f4', shape: [2, 2], values: [1, 2, 3, 4] },
        wide: { dtype: 'i8', shape: [1, 1], values: [2 ** 40] },
      },
    });
    const { losses } = await write(source, 'davis-particles', 'set');
    expect(losses).toEqual([
      expect.stringContaining('1 particles belong to no track'),
      expect.stringContaining('1 tracks have a single particle'),
      'An attribute without a name is left out: DaVis has none.',
      "Attribute 'plane': its shape 2 x 2 became 1 x 4.",
      "Attribute 'wide': numbers of type i8 are stored as f8.",
    ]);
  });
});

describe('all outputs', () => {
  const made = madeParticles({
    steps: 3,
    tracks: [
      {
        start: 0,
        points: [
          [1, 2, 3, 4],
          [2, 3, 4, 5],
          [3, 4, 5, 6],
        ],
      },
    ],
  });
  const all = PARTICLE_WRITERS.flatMap(({ id, extensions }) => extensions.map((extension) => [id, extension] as const));

  test.each(all)('%s.%s: nothing stands there where writing fails, is cancelled, or something else stands there', async (id, extension) => {
    const before = readdirSync(folder).sort();
    const broken: ParticleDataset = {
      ...made,
      step: async (step, pulse) => {
        if (step === 2) throw new Error('broken');
        return made.step(step, pulse);
      },
      tracks: async () => {
        throw new Error('broken');
      },
    };
    await expect(write(broken, id, extension)).rejects.toThrow('broken');
    const controller = new AbortController();
    const stopping: ParticleDataset = {
      ...made,
      step: async (step, pulse) => {
        if (step === 1) controller.abort();
        return made.step(step, pulse);
      },
      tracks: async (from, to) => {
        controller.abort();
        return made.tracks(from, to);
      },
    };
    if (extension !== 'vtp')
      await expect(write(stopping, id, extension, { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(readdirSync(folder).sort()).toEqual(before);
    const { target } = await write(made, id, extension);
    const size = statSync(target).size;
    await expect(write(made, id, extension, { target })).rejects.toMatchObject({ code: 'exists' });
    expect(statSync(target).size).toBe(size);
    await write(made, id, extension, { target, force: true });
    expect(existsSync(target)).toBe(true);
  });
});
