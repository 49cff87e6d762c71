import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ZipMember } from '../../main/codecs/zip/layout.ts';
import { openZip } from '../../main/codecs/zip/read-zip.ts';
import { memorySource } from '../../main/sources/memory-source.ts';
import { cli, FIXTURES, temporaryFolder } from '../support/cli.ts';

const SETS = join(FIXTURES, 'davis-particles');
const HELIX = join(SETS, 'helix_tr.set');
const PULSES = join(SETS, 'pulses4.set');
const IPR = join(SETS, 'ipr2.set');

async function csv(args: readonly string[]): Promise<readonly Record<string, string>[]> {
  const out = join(temporaryFolder(), 'rows.csv');
  const { code, stderr } = await cli(['tracks', ...args, '--out', out]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [head = '', ...lines] = readFileSync(out, 'utf8').trimEnd().split('\n');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [head.split(',')[i], cell])));
}

describe('tracks', () => {
  test('--step has the particles of the step with all scalars', async () => {
    const rows = await csv([HELIX, '--step', '1']);
    expect(rows).toHaveLength(8);
    expect(Object.keys(rows[0] ?? {})).toEqual(['x', 'y', 'z', 'intensity', 'track', 'step', 'pulse', 'Speed', 'Quality']);
    expect(new Set(rows.map(({ step, pulse, intensity }) => [step, pulse, intensity].join()))).toEqual(new Set(['1,0,110']));
    const scaled = await csv([HELIX, '--step', '1', '--mode', 'scaled']);
    expect(scaled.map(({ y, Speed }) => [Number(y), Number(Speed)])).toEqual(
      rows.map(({ y, Speed }) => [Math.fround(Number(y)) * -0.1 + 40, Math.fround(Number(Speed)) * 0.05]),
    );
  });

  test('--track is one track, with --step its particle there', async () => {
    const rows = await csv([HELIX, '--track', '1']);
    expect(rows.map(({ step }) => step)).toEqual(['3', '4', '5', '6', '7', '8', '9']);
    expect(await csv([HELIX, '--track', '1', '--step', '5'])).toEqual([rows[2]]);
    expect(await cli(['tracks', HELIX, '--track', '1', '--step', '2', '--out', join(temporaryFolder(), 'x.csv')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it goes from step 3 to step 9'),
    });
  });

  test('pulses', async () => {
    const all = await csv([PULSES]);
    expect(all).toHaveLength(39);
    expect(await csv([PULSES, '--step', '1', '--pulse', '3'])).toEqual(all.filter(({ step, pulse }) => step === '1' && pulse === '3'));
    const rows = await csv([IPR, '--all']);
    expect([...new Set(rows.map(({ step, pulse }) => `${step},${pulse}`))]).toEqual(['0,0', '0,1', '1,1', '2,0']);
    expect(new Set(rows.map(({ track }) => track))).toEqual(new Set(['-1']));
  });

  test('.npz has the same columns', async () => {
    const out = join(temporaryFolder(), 'all.npz');
    const { code, stdout } = await cli(['tracks', HELIX, '--all', '--mode', 'scaled', '--out', out, '--json']);
    expect({ code, result: JSON.parse(stdout) }).toMatchObject({
      code: 0,
      result: { path: out, rows: 168, columns: [{ name: 'x', dtype: 'f8' }, {}, {}, {}, { name: 'track', dtype: 'i8' }, {}, {}, {}, {}] },
    });
    const archive = await openZip(memorySource(out, readFileSync(out)));
    expect([...archive.members.keys()]).toEqual(
      ['x', 'y', 'z', 'intensity', 'track', 'step', 'pulse', 'Speed', 'Quality'].map((name) => `${name}.npy`),
    );
    const column = async (name: string): Promise<Buffer> =>
      Buffer.from(await archive.readWhole(archive.members.get(`${name}.npy`) as ZipMember, 1 << 20));
    const [x, track, rows] = [await column('x'), await column('track'), await csv([HELIX, '--mode', 'scaled'])];
    for (const [row, cells] of rows.entries()) {
      expect([x.readDoubleLE(x.length - 8 * (rows.length - row)), track.readBigInt64LE(track.length - 8 * (rows.length - row))]).toEqual([
        Number(cells['x']),
        BigInt(cells['track'] ?? ''),
      ]);
    }
  });

  test('conditions choose tracks, which keep their numbers', async () => {
    const all = await csv([HELIX, '--mode', 'scaled']);
    const lengths = new Map<string, number>();
    for (const { track = '' } of all) lengths.set(track, (lengths.get(track) ?? 0) + 1);
    expect(await csv([HELIX, '--mode', 'scaled', '--where', 'length>=8', '--where', 'id=3..20'])).toEqual(
      all.filter(({ track = '' }) => (lengths.get(track) ?? 0) >= 8 && Number(track) >= 3 && Number(track) <= 20),
    );
    expect(await csv([HELIX, '--mode', 'scaled', '--every', '5', '--step', '4'])).toEqual(
      all.filter(({ step, track }) => step === '4' && Number(track) % 5 === 0),
    );
    expect(await csv([PULSES, '--every', '2', '--where', 'length>2'])).toEqual(
      (await csv([PULSES])).filter(({ track }) => ['0', '2', '10', '12'].includes(track ?? '')),
    );
    const free = await csv([IPR, '--mode', 'scaled']);
    const some = free.filter(({ x }) => Number(x) >= 5);
    expect([some.length > 0, some.length < free.length]).toEqual([true, true]);
    expect(await csv([IPR, '--mode', 'scaled', '--where', 'x=5..'])).toEqual(some);
  });

  test('motion as columns, of a step, a track and all', async () => {
    const all = await csv([HELIX, '--mode', 'scaled', '--add', 'u,speed', '--fit', '2,5']);
    expect(Object.keys(all[0] ?? {}).slice(-4)).toEqual(['Speed', 'Quality', 'u', 'speed_2']);
    expect(await csv([HELIX, '--mode', 'scaled', '--add', 'u,speed', '--fit', '2,5', '--step', '6'])).toEqual(
      all.filter(({ step }) => step === '6'),
    );
    expect(await csv([HELIX, '--mode', 'scaled', '--add', 'u,speed', '--fit', '2,5', '--track', '2'])).toEqual(
      all.filter(({ track }) => track === '2'),
    );
    const [first, second] = (await csv([HELIX, '--mode', 'scaled', '--track', '1', '--add', 'u'])) as [
      Record<string, string>,
      Record<string, string>,
    ];
    expect(Number(first['u'])).toBeCloseTo((Number(second['x']) - Number(first['x'])) / 0.002, 2);
  });

  test.each([
    [['--where', 'length'], 2, "'length' is no condition on tracks"],
    [['--where', 'foo>1'], 2, "no column 'foo'"],
    [['--every', '0'], 2, 'Every n-th track'],
    [['--fit', '2,4'], 2, 'an odd number of points'],
    [['--add', 'foo'], 2, "'foo' cannot be added"],
    [['--track', '1', '--every', '2'], 2, '--track names one track'],
    [['--step', '99'], 2, 'There is no step 99'],
    [['--step', '0', '--pulse', '1'], 2, 'There is no pulse 1'],
    [['--pulse', '0'], 2, '--pulse needs --step'],
    [['--all', '--step', '0'], 2, '--all goes neither'],
    [['--track', '24'], 2, 'There is no track 24'],
    [['--mode', 'masked'], 2, '--mode must be'],
  ])('%j fails', async (args, code, message) => {
    expect(await cli(['tracks', HELIX, ...args, '--out', join(temporaryFolder(), 'x.csv')])).toMatchObject({
      code,
      stderr: expect.stringContaining(message),
    });
  });

  test('an output that is not there yet is named, frames are refused', async () => {
    expect(await cli(['tracks', HELIX, '--out', 'x.dat'])).toMatchObject({ code: 2, stderr: expect.stringContaining('x.dat') });
    const frames = join(FIXTURES, 'davis', 'images.set');
    expect(await cli(['tracks', frames, '--out', join(temporaryFolder(), 'x.csv')])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('holds frames'),
    });
    expect(await cli(['read', HELIX, '--out', join(temporaryFolder(), 'x.npy')])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('holds particles'),
    });
  });
});

describe('other commands', () => {
  test('info with a step', async () => {
    const info = JSON.parse((await cli(['info', PULSES, '--step', '1', '--json'])).stdout);
    expect(info).toMatchObject({
      kind: 'particles',
      steps: 3,
      pulses: 4,
      tracks: 15,
      particles: 39,
      bounds: [321, 240, 0, 620, 580, 3],
      step: { index: 1, attributes: {} },
    });
    expect(info.boundsScaled.map((value: number) => Number(value.toFixed(9)))).toEqual([-17.9, -18, 0, 12, 16, 0.3]);
    expect(info.step.pulses).toEqual([
      { time: 0.05, particles: 2, withTrack: 2, withoutTrack: 0 },
      { time: 0.05001, particles: 4, withTrack: 4, withoutTrack: 0 },
      { time: 0.05002, particles: 4, withTrack: 4, withoutTrack: 0 },
      { time: 0.05004, particles: 3, withTrack: 3, withoutTrack: 0 },
    ]);
    const text = (await cli(['info', join(SETS, 'helix_tr'), '--step', '3'])).stdout;
    for (const part of [
      '<Time-resolved particle field with 16 time steps and 24 tracks>',
      'Bounds x',
      '12, 12 with and 0 without track, at 0.006 s',
      'LoadSetIndex = 4',
    ])
      expect(text).toContain(part);
  });

  test('tables', async () => {
    const out = join(temporaryFolder(), 'table.csv');
    await cli(['read', PULSES, '--table', 'tracks', '--out', out]);
    expect(readFileSync(out, 'utf8').split('\n').slice(0, 4)).toEqual(['id,startStep,startPulse,length', '0,0,0,4', '1,0,0,2', '2,0,1,3']);
    await cli(['read', PULSES, '--table', 'times', '--out', out, '--force']);
    expect(readFileSync(out, 'utf8').split('\n').slice(0, 6)).toEqual([
      'step,pulse,time',
      '0,0,0',
      '0,1,0.00001',
      '0,2,0.00002',
      '0,3,0.00004',
      '1,0,0.05',
    ]);
  });

  test('tables of counts and lengths', async () => {
    const out = join(temporaryFolder(), 'table.csv');
    await cli(['read', PULSES, '--table', 'counts', '--out', out]);
    expect(readFileSync(out, 'utf8').split('\n').slice(0, 4)).toEqual([
      'step,pulse,time,particles,tracks',
      '0,0,0,2,2',
      '0,1,0.00001,4,4',
      '0,2,0.00002,4,4',
    ]);
    await cli(['read', PULSES, '--table', 'lengths', '--out', out, '--force']);
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toEqual(['length,tracks', '1,0', '2,9', '3,3', '4,3']);
  });

  test('particles in cells', async () => {
    const out = join(temporaryFolder(), 'cells.set');
    expect(await cli(['convert', HELIX, out, '--bin', '4,5,6', '--fit', '2,5'])).toMatchObject({ code: 0 });
    const options = ['--component', 'v', '--mode', 'masked', '--plane', '2'];
    const read = async (path: string, more: readonly string[]): Promise<string> => {
      const csv = join(temporaryFolder(), 'v.csv');
      expect(await cli(['read', path, ...options, ...more, '--buffer', '0', '--out', csv])).toMatchObject({ code: 0 });
      return readFileSync(csv, 'utf8');
    };
    expect(await read(out, [])).toBe(await read(HELIX, ['-o', 'bin=6,5,4', '-o', 'fit=2,5']));
    const info = JSON.parse((await cli(['info', out, '--buffer', '0', '--json'])).stdout);
    expect(info.buffer.frames[0].attributes['_StreaklineDifferentiation']).toContain('polynomial of order 2 through 5 points');
    expect(await cli(['convert', HELIX, out, '--bin', '4,5', '--force'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('each of z, y and x'),
    });
    expect(await cli(['convert', HELIX, out, '--bin', '4,5,6', '--add', 'u', '--force'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--add does not go with it'),
    });
    // Chosen tracks make the same cells as a set of only them.
    const few = join(temporaryFolder(), 'few.set');
    const conditions = ['--where', 'length>=6', '--where', 'speed<3000', '--every', '2'];
    expect(await cli(['convert', HELIX, few, '--to', 'davis-particles', ...conditions])).toMatchObject({ code: 0 });
    expect(await cli(['convert', HELIX, out, '--bin', '4,5,6', ...conditions, '--force'])).toMatchObject({ code: 0 });
    const count = async (path: string, more: readonly string[]): Promise<number> => {
      const csv = join(temporaryFolder(), 'count.csv');
      expect(await cli(['read', path, '--component', 'TS:Count', '--buffer', '0', '--plane', '0', ...more, '--out', csv])).toMatchObject({
        code: 0,
      });
      return readFileSync(csv, 'utf8')
        .split(/[\n,]/)
        .reduce((sum, cell) => sum + Number(cell), 0);
    };
    const chosen = await count(HELIX, ['-o', 'bin=3,3,1', '-o', 'where=length>=6; speed<3000; every=2']);
    expect(chosen).toBeGreaterThan(10);
    expect(await count(few, ['-o', 'bin=3,3,1'])).toBe(chosen);
  });

  test('particles without tracks are counted in cells', async () => {
    const out = join(temporaryFolder(), 'counts.h5');
    expect(await cli(['convert', IPR, out, '--bin', '2,2,3'])).toMatchObject({ code: 0 });
    const counts = async (path: string, more: readonly string[], plane: string): Promise<readonly number[]> => {
      const csv = join(temporaryFolder(), 'count.csv');
      const options = ['--component', 'TS:Count', '--buffer', '0', '--plane', plane, ...more];
      expect(await cli(['read', path, ...options, '--out', csv])).toMatchObject({ code: 0 });
      return readFileSync(csv, 'utf8').trim().split(/[\n,]/).map(Number);
    };
    const planes = [await counts(IPR, ['-o', 'bin=3,2,2'], '0'), await counts(IPR, ['-o', 'bin=3,2,2'], '1')];
    expect([await counts(out, [], '0'), await counts(out, [], '1')]).toEqual(planes);
    const { particles } = JSON.parse((await cli(['info', IPR, '--json'])).stdout) as { readonly particles: number };
    expect(planes.flat().reduce((sum, count) => sum + count, 0)).toBe(particles);
    expect(await cli(['convert', IPR, out, '--bin', '2,2,3', '--fit', '2,5', '--force'])).toMatchObject({
      code: expect.any(Number),
      stderr: expect.stringContaining('ipr2 has no tracks'),
    });
  });

  test('check and attributes', async () => {
    expect(await cli(['check', HELIX, '--deep', '--json'])).toMatchObject({ code: 0, stdout: expect.stringContaining('"buffers": 16') });
    const damaged = await cli(['check', join(SETS, 'cut.set'), '--deep']);
    expect(damaged.code).toBe(4);
    expect(
      damaged.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { severity: 'error', code: 'unreadable-steps', reason: expect.stringContaining('1 of 16 steps') },
      { severity: 'error', code: 'truncated', buffer: [15], file: join(SETS, 'cut', 'snapshots.bin'), offset: expect.any(Number) },
    ]);
    expect((await cli(['info', join(SETS, 'bad_track.set')])).stdout).toMatch(
      /Warning: Track 0 has 5 particles .*tracks\.bin, offset 16\)/,
    );
    const out = join(temporaryFolder(), 'attributes.json');
    expect((await cli(['attributes', HELIX, '--level', 'buffer', '--out', out])).code).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8'))[3]).toEqual({ level: 'buffer', buffer: [3], name: 'LoadSetIndex', value: '4' });
  });
});
