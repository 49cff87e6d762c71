import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { npyHeaderBytes } from '../../main/codecs/npy.ts';
import { cli, endOf, FIXTURES, startCli, temporaryFolder } from '../support/cli.ts';

const NPY = join(FIXTURES, 'npy');
const SCAN = join(NPY, 'scan.npy');
const DAVIS = join(FIXTURES, 'davis');

/** Header text and data of a version 1.0 file. */
function parts(path: string): { text: string; data: Buffer } {
  const bytes = readFileSync(path);
  const start = 10 + bytes.readUInt16LE(8);
  return { text: bytes.toString('latin1', 10, start).trim(), data: bytes.subarray(start) };
}

/** Runs `read` into a fresh folder. */
async function read(args: readonly string[], name = 'out.npy'): Promise<{ path: string; result: Awaited<ReturnType<typeof cli>> }> {
  const path = join(temporaryFolder(), name);
  return { path, result: await cli(['read', ...args, '--out', path]) };
}

describe('read', () => {
  test('without --buffer writes the whole dataset as it was', async () => {
    const { path, result } = await read([SCAN]);
    expect(result).toEqual({ code: 0, stdout: `${path}: 2 x 5 x 4 x 6 <u2\n`, stderr: '' });
    expect(readFileSync(path)).toEqual(readFileSync(SCAN));
  });

  test.each([
    ['multi', 'no buffers of its own'],
    ['empty', 'the set empty has 0'],
    ['plot', 'SET_TYPE_ID_PLOT are not supported'],
  ])('%s, which has no buffers, says so', async (name, words) => {
    const { path, result } = await read([join(DAVIS, `${name}.set`)]);
    expect(result.code).not.toBe(0);
    expect(result.stderr).toContain(words);
    expect(result.stderr).not.toContain('Internal');
    expect(existsSync(path)).toBe(false);
  });

  test.each(['type_u2be', 'type_i8be', 'type_c16be', 'type_f2be', 'fortran'])('%s comes out little endian in C order', async (name) => {
    const { path } = await read([join(NPY, `${name}.npy`)]);
    const again = await read([path]);
    expect(parts(path).text).toMatch(/'descr': '<\w+', 'fortran_order': False/);
    expect(readFileSync(again.path)).toEqual(readFileSync(path));
    const first = JSON.parse((await cli(['info', join(NPY, `${name}.npy`), '--json'])).stdout);
    expect(parts(path).data.length).toBe(
      first.shape.imageCount * first.shape.sig.reduce((a: number, b: number) => a * b, 1) * Number(/\d+/.exec(first.rawDtype)?.[0]),
    );
  });

  test('one buffer, one plane, several planes', async () => {
    const frame = await read([SCAN, '--buffer', '1,2']);
    expect(parts(frame.path)).toEqual({
      text: "{'descr': '<u2', 'fortran_order': False, 'shape': (4, 6), }",
      data: parts(SCAN).data.subarray(7 * 48, 8 * 48),
    });
    const volume = await read([SCAN, '-o', 'sig_dims=3', '--buffer', '1']);
    expect(parts(volume.path).text).toContain('(5, 4, 6)');
    const plane = await read([SCAN, '-o', 'sig_dims=3', '--buffer', '1', '--plane', '2']);
    expect(parts(plane.path)).toEqual(parts(frame.path));
  });

  test('blank frames are zeros in raw and NaN in scaled', async () => {
    const blank = [SCAN, '-o', 'nav_shape=12', '--buffer', '11'];
    expect(parts((await read(blank)).path).data.every((byte) => byte === 0)).toBe(true);
    const { data } = parts((await read([...blank, '--mode', 'scaled'])).path);
    expect([data.length, data.readDoubleLE(0)]).toEqual([24 * 8, Number.NaN]);
  });

  test('vectors are a structured array in masked; in raw the error lists the components', async () => {
    const vectors = join(DAVIS, 'choices.vc7');
    const { path, result } = await read([vectors, '--buffer', '0', '--mode', 'masked', '--json']);
    expect(JSON.parse(result.stdout)).toEqual({
      path,
      shape: [5, 6],
      dtype: [
        ['u', '<f8'],
        ['v', '<f8'],
      ],
      missing: [],
    });
    const { text, data } = parts(path);
    expect(text).toBe("{'descr': [('u', '<f8'), ('v', '<f8')], 'fortran_order': False, 'shape': (5, 6), }");
    expect([0, 1, 2, 3].map((i) => data.readDoubleLE(8 * i))).toEqual([Number.NaN, Number.NaN, 50.25, -75.25]);
    const refused = await read([vectors, '--buffer', '0']);
    expect(refused.result.code).toBe(2);
    expect(refused.result.stderr).toContain('U0, V0, U1, V1, U2, V2, U3, V3, ACTIVE_CHOICE, ENABLED');
    expect(existsSync(refused.path)).toBe(false);
  });

  test('errors name the file', async () => {
    const set = join(DAVIS, 'fields.set');
    const out = join(temporaryFolder(), 'a.npy');
    for (const more of [['--component', 'NOT'], ['--frame', '3'], [], ['--plane', '9', '--component', 'u']]) {
      expect((await cli(['read', set, '--buffer', '0', '--out', out, ...more])).stderr).toContain(`(${set})`);
    }
    expect((await cli(['plot', set, '--component', 'NOT', '--out', join(temporaryFolder(), 'a.png')])).stderr).toContain(`(${set})`);
  });

  test('derived components', async () => {
    const { path } = await read([join(DAVIS, 'choices.vc7'), '--buffer', '0', '--component', 'x', '--quiet']);
    expect(parts(path).text).toContain("'<f8'");
    expect([0, 1, 2].map((i) => parts(path).data.readDoubleLE(8 * i))).toEqual([0, 0.1 * 12, 0.1 * 12 * 2]);
  });

  test('.csv, .png and .tiff hold the same numbers', async () => {
    const place = [SCAN, '--buffer', '0,1'];
    const wanted = Array.from({ length: 24 }, (_, i) => ((24 + i) * 7) % 1000);
    const csv = readFileSync((await read(place, 'a.csv')).path, 'utf8');
    expect(
      csv
        .trimEnd()
        .split('\n')
        .flatMap((line) => line.split(',').map(Number)),
    ).toEqual(wanted);
    const png = decode(readFileSync((await read(place, 'a.png')).path));
    expect({ width: png.width, height: png.height, depth: png.depth, data: [...png.data] }).toEqual({
      width: 6,
      height: 4,
      depth: 16,
      data: wanted,
    });
    const tiff = readFileSync((await read(place, 'a.tif')).path);
    expect(tiff.subarray(0, 4).toString('latin1')).toBe('II*\0');
    const strip = tiff.subarray(8, 8 + 48);
    expect(Array.from({ length: 24 }, (_, i) => strip.readUInt16LE(2 * i))).toEqual(wanted);
  });

  test('a CSV of vectors is a table', async () => {
    const { path } = await read([join(DAVIS, 'choices.vc7'), '--buffer', '0', '--mode', 'masked'], 'v.csv');
    expect(readFileSync(path, 'utf8').split('\n').slice(0, 3)).toEqual(['row,column,u,v', '0,0,nan,nan', '0,1,50.25,-75.25']);
  });

  test.each([
    ['a.png', ['--mode', 'scaled', '--buffer', '0,0'], 5, 'PNG'],
    ['a.csv', [], 5, 'one plane'],
    ['a.xyz', [], 2, '.npy, .csv, .tif, .tiff, .png'],
    ['a.npy', ['--mode', 'bogus'], 2, 'raw, scaled, masked, corrected'],
    ['a.npy', ['--component', 'pixel'], 2, 'Stored are PIXEL'],
    ['a.npy', ['--frame', '1'], 2, 'frame 1'],
    ['a.npy', ['--plane', '-1'], 2, 'whole number'],
    ['missing/a.npy', [], 3, 'folder'],
  ])('%s with %j is refused with %i and nothing is written', async (name, args, code, message) => {
    const folder = temporaryFolder();
    const { code: exit, stderr } = await cli(['read', SCAN, ...args, '--out', join(folder, name)]);
    expect({ exit, stderr }).toEqual({ exit: code, stderr: expect.stringContaining(message) });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('an existing file is kept unless --force is given', async () => {
    const path = join(temporaryFolder(), 'out.npy');
    writeFileSync(path, 'mine');
    const refused = await cli(['read', SCAN, '--out', path]);
    expect([refused.code, readFileSync(path, 'utf8')]).toEqual([6, 'mine']);
    expect((await cli(['read', SCAN, '--out', path, '--force'])).code).toBe(0);
    expect(readFileSync(path)).toEqual(readFileSync(SCAN));
  });

  test('--missing blank reads on over damaged buffers', async () => {
    const folder = temporaryFolder();
    cpSync(join(DAVIS, 'double_frame'), join(folder, 'double_frame'), { recursive: true });
    copyFileSync(join(DAVIS, 'double_frame.set'), join(folder, 'double_frame.set'));
    truncateSync(join(folder, 'double_frame', 'B00001.im7'), 300);
    const set = join(folder, 'double_frame.set');
    const whole = await read([set]);
    expect([whole.result.code, existsSync(whole.path)]).toEqual([4, false]);
    const { path, result } = await read([set, '--missing', 'blank', '--json']);
    expect(JSON.parse(result.stdout)).toMatchObject({ shape: [2, 16, 24], missing: [{ buffer: [0], error: { code: 'truncated' } }] });
    const good = parts((await read([set, '--buffer', '1'])).path).data;
    expect(parts(path).data).toEqual(Buffer.concat([Buffer.alloc(good.length), good]));
    const scaled = await read([set, '--missing', 'blank', '--mode', 'masked']);
    expect(parts(scaled.path).data.readDoubleLE(0)).toBeNaN();
  });

  test('Ctrl-C ends with 130 and leaves no half file', async () => {
    const folder = temporaryFolder();
    const source = join(folder, 'long.npy');
    const out = join(folder, 'out');
    mkdirSync(out);
    // Sparse: half a gigabyte of frames that takes no room.
    writeFileSync(source, npyHeaderBytes('<u2', [65_536, 64, 64]));
    truncateSync(source, readFileSync(source).length + 65_536 * 64 * 64 * 2);
    const child = startCli(['read', source, '--out', join(out, 'x.npy')]);
    const ended = endOf(child);
    while (readdirSync(out).length === 0) await new Promise((wait) => setTimeout(wait, 5));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: expect.stringContaining('cancelled') });
    expect(readdirSync(out)).toEqual([]);
    rmSync(source);
  });
});
