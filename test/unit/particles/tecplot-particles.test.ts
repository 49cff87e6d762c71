import { describe, expect, test } from 'vitest';
import { tecplot } from '../../../main/formats/tecplot.ts';
import { memoryFolder } from '../../../main/sources/memory-folder.ts';
import { isFrameDataset, type Dataset, type ParticleDataset } from '../../../shared/model/dataset.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';

async function open(text: string, options: Record<string, unknown> = {}): Promise<Dataset> {
  const bytes = new TextEncoder().encode(text);
  const folder = memoryFolder('', new Map([['a.dat', bytes]]));
  return (await tecplot.open({ folder, entry: { name: 'a.dat', kind: 'file', size: bytes.length }, options: options as never })).dataset;
}

async function openParticles(text: string): Promise<ParticleDataset> {
  const dataset = await open(text);
  if (isFrameDataset(dataset)) throw new Error('fields');
  return dataset;
}

const SCATTERED = ['0 0 0', '1.1 0.3 0.7', '2.7 1.9 0.2', '3.05 2.2 5'];
const VARIABLES = 'VARIABLES = "X [mm]" "Y [mm]" "Z [mm]"';

describe('Tecplot zones of points of other programs', () => {
  test('tracks, times, units; zones in any order of time', async () => {
    await using set = await openParticles(
      [
        'TITLE = "PTV"',
        `${VARIABLES} "Track_ID" "speed (m/s)" "Intensity" "step"`,
        'DATASETAUXDATA Kind = "VARIABLES=3"',
        'ZONE T="late" I=2 SOLUTIONTIME=0.5 STRANDID=1',
        '1 2 3 70 5 100 0',
        '4 5 6 30 6 101 0',
        'ZONE T="early", I=3, J=1, K=1, DATAPACKING=POINT, SOLUTIONTIME=0.25',
        '1 2 2.5 70 4 102 1 9 9',
        '9 -1 7 103 2',
        '4 5 5.5 30 8 104 3',
      ].join('\n'),
    );
    expect(set.info).toMatchObject({
      title: 'PTV',
      steps: 2,
      pulses: 1,
      tracks: 2,
      particles: 5,
      startTime: 0.25,
      bounds: [1, 2, 2.5, 9, 9, 9],
    });
    expect(set.info.scales.x).toEqual({ slope: 1, offset: 0, unit: 'mm', description: '' });
    expect(set.info.scalars.map(({ name, scale }) => [name, scale.unit])).toEqual([
      ['speed', 'm/s'],
      ['step 2', ''],
    ]);
    expect(set.info.warnings.map(({ code }) => code)).toEqual(['renumbered']);
    expect([...(await set.times())]).toEqual([0, 0.25]);
    const first = await set.step(0, 0);
    expect([...first.track]).toEqual([0, 1, NO_TRACK]);
    expect([...first.intensity]).toEqual([104, 102, 103]);
    expect([...first.xyz.subarray(0, 3)]).toEqual([4, 5, 5.5]);
    expect([...(first.scalars[0] ?? [])]).toEqual([8, 4, 7]);
    expect([...(await set.track(1)).xyz]).toEqual([1, 2, 2.5, 1, 2, 3]);
  });

  test('points that lie on no grid are particles without tracks, a zone a step; 1 stands for their intensity', async () => {
    const zone = (points: readonly string[]): readonly string[] => [`ZONE I=${points.length}`, ...points];
    await using set = await openParticles([VARIABLES, ...zone(SCATTERED), ...zone(SCATTERED.slice(1))].join('\n'));
    expect(set.info).toMatchObject({ steps: 2, tracks: 0, particles: 7 });
    expect(set.info.warnings.map(({ code }) => code)).toEqual(['no-intensity']);
    expect([...(await set.step(1, 0)).intensity]).toEqual([1, 1, 1]);
  });

  test('points on a grid, zones along two axes, and points in a plane are fields', async () => {
    const grid = Array.from({ length: 8 }, (_, i) => `${i % 2} ${(i >> 1) % 2} ${i >> 2} ${i}`);
    for (const text of [
      `${VARIABLES} "p"\nZONE I=8\n${grid.join('\n')}`,
      `${VARIABLES} "p"\nZONE I=2, J=2, K=2\n${grid.join('\n')}`,
      `VARIABLES = "x" "y" "p"\nZONE I=4\n${SCATTERED.join('\n')}`,
    ]) {
      await using dataset = await open(text);
      expect(isFrameDataset(dataset)).toBe(true);
      await expect(open(text, { bin: [2, 2, 2] })).rejects.toMatchObject({ code: 'invalid-option', field: 'bin' });
    }
  });

  test.each([
    ['ZONE I=3\n1 2 3 4\n1 2 3 4', 'truncated', 'promises 3 points of 4 variables and holds 8 numbers'],
    ['ZONE\n1 2 3 4\n1 2 3', 'malformed', '7 numbers, which are no rows of 4 variables'],
    ['ZONE I=2\n1 2 3 4\n1 2 x 4', 'malformed', "'x', which is no number"],
    ['ZONE I=2\n1 2 3 4\n1 2 3 0.5', 'malformed', 'is of track 0.5'],
    ['ZONE I=2, DATAPACKING=BLOCK\n1 2\n3 4\n5 6\n7 8', 'unsupported', 'in BLOCK packing'],
    ['ZONE I=2\n1 2 3 4\n1 2 nan 4', 'malformed', 'z = NaN'],
  ])('%j is refused', async (zone, code, message) => {
    await expect(open(`VARIABLES = "x" "y" "z" "track"\n${zone}`)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});
