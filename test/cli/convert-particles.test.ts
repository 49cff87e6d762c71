import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, FIXTURES, temporaryFolder } from '../support/cli.ts';

const SETS = join(FIXTURES, 'davis-particles');
const HELIX = join(SETS, 'helix_tr.set');
const PULSES = join(SETS, 'pulses4.set');

interface Info {
  readonly summary: string;
  readonly steps: number;
  readonly tracks: number;
  readonly particles: number;
  readonly startTime: number;
  readonly scalars: readonly { readonly name: string; readonly scale: { readonly unit: string } }[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly format: string;
}

async function convert(
  ...args: readonly string[]
): Promise<{ readonly target: string; readonly buffers: number; readonly writer: string; readonly losses: readonly string[] }> {
  const { code, stdout, stderr } = await cli(['convert', ...args, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Awaited<ReturnType<typeof convert>>;
}

async function info(path: string): Promise<Info> {
  return JSON.parse((await cli(['info', path, '--json'])).stdout) as Info;
}

async function lengths(path: string): Promise<readonly number[]> {
  const out = join(temporaryFolder(), 'tracks.csv');
  expect((await cli(['read', path, '--table', 'tracks', '--out', out])).code).toBe(0);
  return readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',').at(-1)));
}

describe('convert particles', () => {
  test('a set by default, whole, also of the older layout and from split files', async () => {
    const target = join(temporaryFolder(), 'copy');
    expect(await convert(HELIX, target)).toEqual({
      target: `${target}.set`,
      buffers: 16,
      losses: [],
      writer: 'davis-particles',
      particles: true,
    });
    for (const name of ['info', 'snapshots', 'snapshotpositions', 'tracks', 'scalars_0', 'shapes']) {
      expect(readFileSync(join(target, `${name}.bin`))).toEqual(readFileSync(join(SETS, 'helix_tr', `${name}.bin`)));
    }
    for (const name of ['old0', 'old1', 'split']) {
      const out = join(temporaryFolder(), name);
      await convert(join(SETS, `${name}.set`), `${out}.set`);
      expect(readFileSync(join(out, 'info.bin')).readUInt32LE(0)).toBe(2);
      expect(readdirSync(out).sort()).toContain('snapshotpositions.bin');
      expect(readdirSync(out).filter((file) => file.startsWith('snapshots_'))).toEqual([]);
      expect(await info(`${out}.set`)).toMatchObject({ summary: (await info(join(SETS, `${name}.set`))).summary });
    }
  });

  test('--range cuts tracks, --where and --every choose them, --add computes motion', async () => {
    const folder = temporaryFolder();
    const whole = await lengths(HELIX);
    await convert(HELIX, join(folder, 'range.set'), '--range', '2:8');
    expect(await info(join(folder, 'range.set'))).toMatchObject({ steps: 6, startTime: 0.004 });
    await convert(HELIX, join(folder, 'long.set'), '--where', 'length>=10');
    expect(await lengths(join(folder, 'long.set'))).toEqual(whole.filter((length) => length >= 10));
    await convert(HELIX, join(folder, 'half.set'), '--every', '2');
    expect(await lengths(join(folder, 'half.set'))).toEqual(whole.filter((_, id) => id % 2 === 0));
    await convert(HELIX, join(folder, 'moving.set'), '--add', 'u,v,w,curvature', '--fit', '2,5');
    const moving = await info(join(folder, 'moving.set'));
    expect(moving.scalars.map(({ name, scale }) => `${name} ${scale.unit}`)).toEqual([
      'Speed m/s',
      'Quality ',
      'u mm/s',
      'v mm/s',
      'w mm/s',
      'curvature 1/mm',
    ]);
    expect(moving.tracks).toBe(whole.length);
    expect(Object.values(moving.attributes).join()).toContain('curvature');
  });

  test.each(['csv', 'npz', 'parquet', 'h5'])('.%s and back', async (extension) => {
    const folder = temporaryFolder();
    const table = join(folder, `p.${extension}`);
    await convert(PULSES, table);
    expect(await info(table)).toMatchObject({ format: 'particle-table', summary: '<4-pulse particle field with 3 blocks and 15 tracks>' });
    await convert(table, join(folder, 'back'));
    for (const name of readdirSync(join(SETS, 'pulses4')).filter((file) => file.endsWith('.bin'))) {
      expect({ name, bytes: readFileSync(join(folder, 'back', name)).toString('hex') }).toEqual({
        name,
        bytes: readFileSync(join(SETS, 'pulses4', name)).toString('hex'),
      });
    }
  });

  test('tracks --out x.parquet opens as a set', async () => {
    const out = join(temporaryFolder(), 'x.parquet');
    expect(await cli(['tracks', HELIX, '--all', '--out', out])).toMatchObject({ code: 0, stderr: '' });
    expect(await info(out)).toMatchObject({ tracks: 24, particles: 168, steps: 16 });
  });

  test('.vtp, .pvd and .dat', async () => {
    const folder = temporaryFolder();
    await convert(HELIX, join(folder, 'a.pvd'));
    expect(readdirSync(join(folder, 'a_vtp'))).toEqual([
      ...Array.from({ length: 16 }, (_, i) => `000${String(i).padStart(2, '0')}.vtp`),
      'particles.json',
      'tracks.vtp',
    ]);
    expect(readFileSync(join(folder, 'a.pvd'), 'utf8').match(/<DataSet /g)).toHaveLength(16);
    await convert(HELIX, join(folder, 'b.vtp'), '-w', 'precision=single');
    expect(readFileSync(join(folder, 'b.vtp'), 'latin1')).toContain('NumberOfPoints="168" NumberOfVerts="0" NumberOfLines="24"');
    await convert(HELIX, join(folder, 'c.dat'));
    const text = readFileSync(join(folder, 'c.dat'), 'utf8');
    expect(text.match(/^ZONE /gm)).toHaveLength(16);
    expect(text).toContain('VARIABLES = "x" "y" "z" "intensity [counts]" "track" "Speed [m/s]" "Quality"');
    expect(text).toContain('DATASETAUXDATA x_unit = "mm"');
  });

  test('a table of others becomes a set; its description lies beside it, or is named', async () => {
    const folder = temporaryFolder();
    const table = join(folder, 'mine.csv');
    writeFileSync(table, 'x,y,z,intensity,track,step\n1,2,3,4,0,0\n2,3,4,5,0,1\n');
    expect(await cli(['convert', table, join(folder, 'out'), '--to', 'davis-particles'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('there is no mine.json beside it'),
    });
    mkdirSync(join(folder, 'far', 'away'), { recursive: true });
    const description = join(folder, 'far', 'away', 'd.json');
    writeFileSync(description, '{"times": [0, 0.5], "scales": {"x": {"slope": 0.5, "offset": 1, "unit": "mm"}}}');
    await convert(table, join(folder, 'named'), '--to', 'davis-particles', '-o', `description=${description}`);
    writeFileSync(join(folder, 'mine.json'), readFileSync(description));
    await convert(table, join(folder, 'beside'), '--to', 'davis-particles');
    expect(readFileSync(join(folder, 'beside', 'snapshots.bin'))).toEqual(readFileSync(join(folder, 'named', 'snapshots.bin')));
    expect(await info(join(folder, 'named.set'))).toMatchObject({ tracks: 1, steps: 2 });
    await convert(table, join(folder, 'scaled'), '--to', 'davis-particles', '-w', 'coordinates=scaled');
    const words = readFileSync(join(folder, 'scaled', 'snapshots.bin'));
    expect(words.readFloatLE(16 + 24 + 8)).toBe((1 - 1) / 0.5);
  });

  test('what is refused', async () => {
    const folder = temporaryFolder();
    const target = join(folder, 'copy');
    await convert(HELIX, target);
    const before = readdirSync(folder).sort();
    const refused = async (code: number, message: string, ...args: readonly string[]): Promise<void> => {
      expect(await cli(['convert', ...args])).toMatchObject({ code, stderr: expect.stringContaining(message) });
      expect(readdirSync(folder).sort()).toEqual(before);
    };
    await refused(6, 'exists already', HELIX, target);
    await refused(6, 'is an input of the conversion', join(folder, 'copy.set'), target, '--force');
    await refused(2, 'names no output for particles', HELIX, join(folder, 'x.tif'));
    await refused(2, "There is no writer 'tiff' for particles", HELIX, join(folder, 'x'), '--to', 'tiff');
    await refused(2, 'holds none of the 16 steps', HELIX, join(folder, 'x'), '--range', '20:30');
    await refused(2, 'goes backwards', HELIX, join(folder, 'x'), '--range', '::-1');
    await refused(2, 'converted one at a time', HELIX, PULSES, join(folder, 'x'));
    await refused(2, '--set is for frames', HELIX, join(folder, 'x'), '--set', 'PIXEL=1');
    await refused(2, 'coordinates=scaled is for tables', HELIX, join(folder, 'x'), '-w', 'coordinates=scaled');
    await refused(2, "'foo' cannot be added to particles", HELIX, join(folder, 'x'), '--add', 'foo');
    await refused(
      2,
      '--where, --every, --add and --fit are for particles',
      join(FIXTURES, 'npy', 'scan.npy'),
      join(folder, 'x.npz'),
      '--every',
      '2',
    );
    await convert(PULSES, target, '--force');
    expect(await info(`${target}.set`)).toMatchObject({ steps: 3 });
    expect(existsSync(join(target, 'scalars_0.bin'))).toBe(false);
  });
});
