import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { vtp } from '../../../main/formats/vtp/vtp.ts';
import { openPath } from '../../../main/host/open-path.ts';
import { openFolder } from '../../../main/sources/disk-folder.ts';
import { limitedFolder } from '../../../main/sources/limited-folder.ts';
import { memoryFolder } from '../../../main/sources/memory-folder.ts';
import { particleVtp } from '../../../main/writers/particles/vtp.ts';
import { isFrameDataset, type Dataset, type ParticleDataset } from '../../../shared/model/dataset.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import { unitScale } from '../../../shared/model/scale.ts';
import { madeParticles } from '../../support/made-particles.ts';

const root = mkdtempSync(join(tmpdir(), 'streakline-vtp-'));
afterAll(() => rmSync(root, { recursive: true }));

function particles(dataset: Dataset): ParticleDataset {
  if (isFrameDataset(dataset)) throw new Error('fields');
  return dataset;
}

async function openTexts(files: Readonly<Record<string, string>>, name: string): Promise<ParticleDataset> {
  const all = new Map(Object.entries(files).map(([one, text]) => [one, new TextEncoder().encode(text)]));
  const entry = { name, kind: 'file' as const, size: all.get(name)?.length ?? 0 };
  return particles((await vtp.open({ folder: memoryFolder('', all), entry, options: {} })).dataset);
}

/** A file with numbers in it: arrays of one number a point, by type and name. */
function polyData(points: readonly (readonly number[])[], arrays: Readonly<Record<string, readonly number[]>> = {}, lines = 0): string {
  const array = (name: string, type: string, values: readonly number[], step = 1): string =>
    `<DataArray type="${type}" Name="${name}" NumberOfComponents="${step}" format="ascii">${values.join(' ')}</DataArray>`;
  const data = Object.entries(arrays).map(([key, values]) => {
    const [type = '', name = ''] = key.split(' ');
    return array(name, type, values);
  });
  return `<VTKFile type="PolyData" byte_order="LittleEndian"><PolyData><Piece NumberOfPoints="${points.length}" NumberOfLines="${lines}"><PointData>${data.join('')}</PointData><Points>${array('Points', 'Float64', points.flat(), 3)}</Points></Piece></PolyData></VTKFile>`;
}

function collection(files: readonly string[]): string {
  return `<VTKFile type="Collection"><Collection>${files.map((file) => `<DataSet ${file}/>`).join('')}</Collection></VTKFile>`;
}

const POINTS = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('a collection of ours', () => {
  const made = madeParticles({
    steps: 20,
    tracks: Array.from({ length: 300 }, (_, k) => ({ start: k % 10, points: Array.from({ length: 8 }, (_p, i) => [i, k, i + k, 7]) })),
  });

  test('is opened by its list and its description; a step costs the file of the step, a track the files that it crosses', async () => {
    const target = join(root, 'series.pvd');
    await particleVtp.write({ dataset: made, target, options: {}, force: false });
    const budget = { left: Number.MAX_SAFE_INTEGER, used: 0 };
    const spent = async (work: () => Promise<unknown>): Promise<number> => {
      const before = budget.used;
      await work();
      return budget.used - before;
    };
    let set: ParticleDataset | undefined;
    const size = (name: string): number => statSync(join(root, 'series_vtp', name)).size;
    const folder = limitedFolder(await openFolder(root), budget);
    const entry = { name: 'series.pvd', kind: 'file' as const, size: statSync(target).size };
    expect(
      await spent(async () => {
        set = particles((await vtp.open({ folder, entry, options: {} })).dataset);
      }),
    ).toBe(statSync(target).size + size('particles.json'));
    // Of a small file the beginning is all, so that it is read twice.
    expect(await spent(async () => set?.step(12, 0))).toBeLessThanOrEqual(2 * size('00012.vtp'));
    const all = readdirSync(join(root, 'series_vtp')).filter((name) => name !== 'particles.json' && name !== 'tracks.vtp');
    const whole = all.reduce((sum, name) => sum + size(name), 0);
    expect(await spent(async () => set?.trackTable(0, 1))).toBeLessThanOrEqual(whole * 1.2);
    expect(await spent(async () => set?.track(0))).toBeLessThanOrEqual(2 * 8 * size('00005.vtp'));
    await set?.[Symbol.asyncDispose]();
    await expect(set?.step(0, 0)).rejects.toMatchObject({ code: 'closed' });
  });

  test('of which the list was cut is read like those of others', async () => {
    const target = join(root, 'cut.pvd');
    await particleVtp.write({ dataset: made, target, options: { precision: 'single', lines: false }, force: false });
    writeFileSync(target, readFileSync(target, 'utf8').replace(/.*00019\.vtp.*\n/, ''));
    await using set = particles((await openPath(target)).dataset);
    expect(set.info).toMatchObject({ steps: 19, tracks: 300, attributes: {} });
    expect(set.info.warnings.map(({ code }) => code)).toEqual(['description', 'bounds']);
  });

  test('a scale with the slope 0 is told: its values are kept instead of stored numbers', async () => {
    const dataset = madeParticles({
      steps: 1,
      loose: [[[1, 2, 3, 4]]],
      scales: { x: { slope: 0, offset: 5, unit: 'mm', description: '' }, y: unitScale('mm'), z: unitScale('mm'), i: unitScale('') },
    });
    const target = join(root, 'zero.pvd');
    const { losses } = await particleVtp.write({ dataset, target, options: {}, force: false });
    expect(losses).toEqual([expect.stringContaining('Stored numbers of x')]);
    await using set = particles((await openPath(target)).dataset);
    expect(set.info.scales.x).toEqual({ slope: 1, offset: 0, unit: 'mm', description: '' });
    expect(set.info.bounds).toEqual([5, 0, 0, 5, 10, 10]);
    expect([...(await set.step(0, 0)).xyz]).toEqual([5, 2, 3]);
  });
});

describe('files of other programs', () => {
  test('a collection: track numbers of any kind, values that some files do not have, steps without a time', async () => {
    const files = {
      'a.pvd': collection(['file="0.vtp"', 'file="1.vtp"', 'file="2.vtp"']),
      '0.vtp': polyData(POINTS, { 'Int32 ParticleId': [90, -5], 'Float32 size': [1, 2] }),
      '1.vtp': polyData([], {}),
      '2.vtp': polyData([...POINTS, [7, 8, 9]], { 'Int32 ParticleId': [90, 12, 12] }),
    };
    await using set = await openTexts(files, 'a.pvd');
    expect(set.info).toMatchObject({ steps: 3, tracks: 2, particles: 5, bounds: [1, 2, 3, 7, 8, 9] });
    expect(set.info.warnings.map(({ code }) => code)).toEqual(['no-intensity', 'renumbered']);
    expect([...(await set.times())]).toEqual([0, 1, 2]);
    expect(await set.trackTable(0, 2)).toMatchObject({ startStep: Uint32Array.of(2, 0), length: Uint32Array.of(1, 3) });
    expect([...(await set.step(0, 0)).track]).toEqual([1, NO_TRACK]);
    expect([...(await set.track(1)).xyz]).toEqual([1, 2, 3, Number.NaN, Number.NaN, Number.NaN, 1, 2, 3]);
    const last = await set.step(2, 0);
    expect([...(last.scalars[0] ?? [])]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(last.warnings.map(({ code, message }) => [code, message])).toEqual([
      ['missing-scalar', "2.vtp has no values of 'size'; they are not known."],
      ['double-particle', expect.stringContaining('Track 0 has two particles in step 2')],
    ]);
  });

  test('a file of which the points have steps and tracks holds them all', async () => {
    const text = polyData(
      [...POINTS, [7, 8, 9]],
      { 'Int32 step': [700, 500, 700], 'Int64 track': [3, 3, -1], 'Float64 intensity': [1, 2, 3] },
      1,
    );
    await using set = await openTexts({ 'a.vtp': text }, 'a.vtp');
    expect(set.info).toMatchObject({ steps: 2, tracks: 1, particles: 3, startTime: 500 });
    expect([...(await set.times())]).toEqual([0, 200]);
    expect([...(await set.track(0)).xyz]).toEqual([4, 5, 6, 1, 2, 3]);
  });

  test('with lines whose points say nothing of it, without points, and that is not there any more', async () => {
    const files = { 'a.vtp': polyData(POINTS, {}, 1), 'b.vtp': polyData([]) };
    await using lines = await openTexts(files, 'a.vtp');
    expect(lines.info.warnings.map(({ code }) => code)).toEqual(['no-intensity', 'lines']);
    await using empty = await openTexts(files, 'b.vtp');
    expect(empty.info).toMatchObject({ particles: 0, bounds: [0, 0, 0, 1, 1, 1] });
    expect((await empty.step(0, 0)).count).toBe(0);
  });

  test.each([
    ['a.pvd', collection(['file="/etc/passwd.vtp"']), 'access-denied', 'outside of the folder'],
    ['a.pvd', collection([]), 'malformed', 'names no files'],
    ['a.vtp', polyData(POINTS).replace('"2"', '"1e9"'), 'too-large', 'at 1000000000 points'],
    ['a.vtp', polyData(POINTS).replace('NumberOfComponents="3"', 'NumberOfComponents="2"'), 'malformed', 'without x, y and z'],
    ['a.vtp', polyData(POINTS, { 'Float32 size': [1] }), 'malformed', 'size has 1 numbers, 2 are needed'],
  ])('%s %# is refused', async (name, text, code, message) => {
    const reading = openTexts({ [name]: text }, name).then((set) => set.step(0, 0));
    await expect(reading).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
