import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { npyHeaderBytes } from '../../main/codecs/npy.ts';
import { cli, endOf, FIXTURES, startCli, temporaryFolder } from '../support/cli.ts';

const IMAGES = join(FIXTURES, 'davis', 'images.set');
const VECTORS = join(FIXTURES, 'davis', 'fields.set');
const SCAN = join(FIXTURES, 'npy', 'scan.npy');

async function info(path: string, buffer = 0) {
  return JSON.parse((await cli(['info', path, '--json', '--buffer', String(buffer)])).stdout);
}

/** Bytes of the samples that `read` writes. */
async function samples(path: string, ...args: readonly string[]): Promise<Buffer> {
  const out = join(temporaryFolder(), 'out.npy');
  const { code, stderr } = await cli(['read', path, '--out', out, ...args]);
  if (code !== 0) throw new Error(stderr);
  const bytes = readFileSync(out);
  return bytes.subarray(10 + bytes.readUInt16LE(8));
}

function words(bytes: Buffer): readonly number[] {
  return Array.from(new Uint16Array(Uint8Array.from(bytes).buffer));
}

describe('convert', () => {
  test('of a set keeps its numbers; the extension may be left out', async () => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await cli(['convert', VECTORS, join(folder, 'copy')]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${join(folder, 'copy.set')}: 2 buffers\n`, stderr: '' });
    expect(readdirSync(folder).sort()).toEqual(['copy', 'copy.set']);
    const component = (await info(VECTORS)).buffer.frames[0].components.find(({ name }: { name: string }) => name.startsWith('TS:')).name;
    for (const name of ['U0', 'ENABLED', component]) {
      expect(await samples(join(folder, 'copy.set'), '--buffer', '0', '--component', name)).toEqual(
        await samples(VECTORS, '--buffer', '0', '--component', name),
      );
    }
  });

  test('--range, --set and what they cost, as JSON', async () => {
    const target = join(temporaryFolder(), 'part.set');
    const { code, stdout } = await cli([
      'convert',
      IMAGES,
      target,
      '--range',
      '1:3',
      '--set',
      'PIXEL=PIXEL*2.5',
      '--set',
      'MASK=PIXEL>100',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ target, buffers: 2, writer: 'davis-set', losses: [expect.stringContaining('rounded')] });
    const before = words(await samples(IMAGES, '--buffer', '2', '--component', 'PIXEL'));
    expect(words(await samples(target, '--buffer', '1', '--component', 'PIXEL'))).toEqual(
      before.map((value) => Math.min(65_535, Math.floor(value * 2.5 + 0.5))),
    );
    expect((await info(target)).buffer.frames[0].components.map(({ name }: { name: string }) => name)).toContain('MASK');
  });

  test('a buffer file of a set becomes a single buffer', async () => {
    const target = join(temporaryFolder(), 'one.vc7');
    expect((await cli(['convert', join(FIXTURES, 'davis', 'fields', 'B00001.vc7'), target])).code).toBe(0);
    expect(await samples(target, '--component', 'V0')).toEqual(await samples(VECTORS, '--buffer', '0', '--component', 'V0'));
  });

  test('an array with -w layout becomes buffers of frames', async () => {
    const target = join(temporaryFolder(), 'scan.set');
    await cli(['convert', SCAN, target, '-w', 'layout=bfhw']);
    const { nav, buffer } = await info(target, 1);
    expect([nav[0].size, buffer.frames.length]).toEqual([2, 5]);
    expect(await samples(target, '--buffer', '1', '--frame', '2')).toEqual(await samples(SCAN, '--buffer', '1,2'));
  });

  test('a structured array becomes vectors', async () => {
    const folder = temporaryFolder();
    const source = join(folder, 'uv.npy');
    const header = npyHeaderBytes(
      [
        ['u', '<f4'],
        ['v', '<f4'],
      ],
      [1, 2],
    );
    writeFileSync(source, Buffer.concat([header, Buffer.from(Float32Array.of(1, 2, 3, 4).buffer)]));
    expect((await cli(['convert', source, join(folder, 'uv.set')])).code).toBe(0);
    expect(new Float32Array(Uint8Array.from(await samples(join(folder, 'uv.set'), '--component', 'V0')).buffer)).toEqual(
      Float32Array.of(2, 4),
    );
  });

  test('pictures come in natural order, so many as frames of a buffer', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'run'));
    const files = ['1', '2', '10', '11'].map((number) => join(folder, 'run', `img${number}.png`));
    for (const [at, file] of files.entries())
      writeFileSync(file, encode({ width: 1, height: 1, channels: 1, depth: 8, data: Uint8Array.of(at) }));
    const given = [...files].sort();
    expect((await cli(['convert', ...given, join(folder, 'pairs.set'), '--frames-per-buffer', '2'])).code).toBe(0);
    expect(words(await samples(join(folder, 'pairs.set'), '--buffer', '1', '--frame', '0'))).toEqual([2]);
    expect((await cli(['convert', join(folder, 'run'), join(folder, 'whole.set')])).stdout).toContain('4 buffers');
  });

  test('pictures of all kinds become one set, a folder of them, too', async () => {
    const folder = temporaryFolder();
    const pictures = join(FIXTURES, 'pictures');
    const files = ['palette.gif', 'rgb.jpg', 'lossless.webp', 'rgb.bmp', 'palette.png'].map((name) => join(pictures, name));
    const { code, stdout } = await cli(['convert', ...files, join(folder, 'all.set')]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('5 buffers')]);
    for (const [index, file] of [...files].sort().entries())
      expect(await samples(join(folder, 'all.set'), '--buffer', String(index))).toEqual(await samples(file, '--buffer', '0'));
    await cli(['convert', join(pictures, 'animated.gif'), join(folder, 'frames.set')]);
    expect((await info(join(folder, 'frames.set'))).buffer.frames).toHaveLength(4);
  });

  test('TIFF pictures: natural order, colours as grey', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'run'));
    const colors = join(FIXTURES, 'tiff', 'rgb.tif');
    const files = ['2', '10'].map((number) => join(folder, 'run', `img${number}.tif`));
    for (const [at, file] of files.entries()) copyFileSync(at === 0 ? colors : join(FIXTURES, 'tiff', 'u1_le.tif'), file);
    for (const inputs of [[...files].reverse(), [join(folder, 'run')]]) {
      const { stdout } = await cli(['convert', ...inputs, join(folder, 'a.set'), '--force']);
      expect(stdout).toMatch(/2 buffers[\s\S]*0\.299 R/);
      const grey = new Float32Array(Uint8Array.from(await samples(join(folder, 'a.set'), '--buffer', '0')).buffer);
      const [red, green, blue] = await Promise.all(['R', 'G', 'B'].map((name) => samples(colors, '--buffer', '0', '--component', name)));
      const luma = (i: number) => Math.fround(0.299 * (red?.[i] ?? 0) + 0.587 * (green?.[i] ?? 0) + 0.114 * (blue?.[i] ?? 0));
      expect(grey).toEqual(Float32Array.from(grey, (_, i) => luma(i)));
    }
  });

  test('the refusals', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'a.set');
    const refused = async (...args: readonly string[]): Promise<readonly [number | null, string]> => {
      const { code, stderr } = await cli(['convert', ...args]);
      return [code, stderr];
    };
    expect(await refused(join(FIXTURES, 'npy', 'type_i2le.npy'), out)).toEqual([5, expect.stringMatching(/u2.*i4, f4 and f8.*dtype/)]);
    expect(await refused(IMAGES, join(folder, 'a.xyz'))).toEqual([2, expect.stringContaining('davis-set')]);
    expect(await refused(IMAGES, out, '--to', 'nothing')).toEqual([2, expect.stringContaining("'nothing'")]);
    expect(await refused(IMAGES, out, '-w', 'colour=red')).toEqual([2, expect.stringContaining('pack')]);
    expect(await refused(IMAGES, out, '--range', '7:9')).toEqual([2, expect.stringContaining('7:9')]);
    expect(await refused(IMAGES, out, '--set', 'PIXEL=PIXEL.x')).toEqual([2, expect.stringContaining('letter 6')]);
    expect(await refused(IMAGES, out, '--frames-per-buffer', '2')).toEqual([2, expect.stringContaining('groups of 2')]);
    expect(await refused(IMAGES, join(folder, 'a.im7'))).toEqual([5, expect.stringContaining('has 3')]);
    expect(await refused(IMAGES, IMAGES, '--force')).toEqual([6, expect.stringContaining('input')]);
    expect(await refused(out)).toEqual([2, expect.stringContaining('no input')]);
    expect(readdirSync(folder)).toEqual([]);
    await cli(['convert', IMAGES, out]);
    expect(await refused(IMAGES, out)).toEqual([6, expect.stringContaining('--force')]);
    expect((await refused(IMAGES, out, '--force'))[0]).toBe(0);
  });

  test('never writes over a source or into it, by whatever name it is called', async () => {
    const folder = temporaryFolder();
    const set = join(folder, 'a.set');
    await cli(['convert', IMAGES, set]);
    symlinkSync(set, join(folder, 'link.set'));
    symlinkSync(join(folder, 'a'), join(folder, 'link'));
    const before = readFileSync(join(folder, 'a', 'B00001.im7'));
    const refused = [6, expect.stringContaining('input')];
    const attempt = async (source: string, target: string): Promise<readonly [number | null, string]> => {
      const { code, stderr } = await cli(['convert', join(folder, source), join(folder, target), '--range', '1:2', '--force']);
      return [code, stderr];
    };
    expect(await attempt('link.set', 'a.set')).toEqual(refused);
    expect(await attempt('a.set', 'a/B00001.im7')).toEqual(refused);
    expect(await attempt('a', 'a/out.h5')).toEqual(refused);
    expect(readdirSync(join(folder, 'a'))).toEqual(['B00001.im7', 'B00002.im7', 'B00003.im7']);
    expect(readFileSync(join(folder, 'a', 'B00001.im7'))).toEqual(before);
  });

  test('a dataset that only holds others is not written as an empty file', async () => {
    const folder = temporaryFolder();
    const { code, stderr } = await cli(['convert', join(FIXTURES, 'davis', 'multi.set'), join(folder, 'a.h5')]);
    expect([code, stderr]).toEqual([5, expect.stringMatching(/no buffers of its own.*Cam1, Cam2, Inner/)]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('tells no losses where there are none', async () => {
    const folder = temporaryFolder();
    for (const name of ['a.npz', 'a.h5'])
      expect((await cli(['convert', IMAGES, join(folder, name)])).stdout).not.toContain('Not as in the source');
    await cli(['convert', IMAGES, join(folder, 'a.im7'), '--range', '0:1']);
    expect((await cli(['convert', join(folder, 'a.im7'), join(folder, 'b.im7')])).stdout).not.toContain('_StreaklineVersion');
  });

  test('in a batch', async () => {
    const target = join(temporaryFolder(), 'b.set');
    const { stdout } = await cli(
      ['batch'],
      `${JSON.stringify(['convert', IMAGES, target])}\n${JSON.stringify(['convert', IMAGES, target])}\n`,
    );
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      { ok: true, result: { target, buffers: 3, losses: [], writer: 'davis-set' } },
      { ok: false, exit: 6, error: expect.objectContaining({ code: 'exists' }) },
    ]);
  });

  test('says in the output what was chosen and computed, but for DaVis', async () => {
    const folder = temporaryFolder();
    const change = ['--range', '1:3', '--set', 'PIXEL=PIXEL+1'];
    for (const name of ['a.h5', 'a.set']) expect((await cli(['convert', IMAGES, join(folder, name), ...change])).code).toBe(0);
    expect((await info(join(folder, 'a.h5'))).attributes).toMatchObject({ _StreaklineChanges: 'range 1:3; PIXEL=PIXEL+1' });
    expect((await info(join(folder, 'a.set'))).attributes).not.toHaveProperty('_StreaklineChanges');
    await cli(['convert', IMAGES, join(folder, 'a.tif'), '-w', 'dtype=u1', '-w', 'low=0', '-w', 'high=4000', '-w', 'fields=x']);
    expect((await info(join(folder, 'a.tif'))).attributes).toMatchObject({ _StreaklineChanges: 'fields x; dtype u1; low 0; high 4000' });
    await cli(['convert', join(folder, 'a.h5'), join(folder, 'b.csv'), '--range', '0:1']);
    expect(readFileSync(join(folder, 'b.csv'), 'utf8')).toContain('# _StreaklineChanges: range 1:3; PIXEL=PIXEL+1; range 0:1');
  });

  test('of colours to PNG keeps them; levels and maps are those of their grey', async () => {
    const folder = temporaryFolder();
    const source = join(FIXTURES, 'tiff', 'rgb.tif');
    const stored: Buffer[] = [];
    for (const component of ['R', 'G', 'B']) stored.push(await samples(source, '--buffer', '0', '--component', component));
    const written = await cli(['convert', source, join(folder, 'a.png')]);
    expect(written.stdout).not.toContain('grey');
    const picture = decode(readFileSync(join(folder, 'a.png')));
    expect(picture).toMatchObject({ channels: 3, depth: 8 });
    expect(Array.from({ length: 6 }, (_, i) => picture.data[i])).toEqual([0, 1].flatMap((i) => stored.map((bytes) => bytes[i])));
    expect((await cli(['convert', source, join(folder, 'b.png'), '-w', 'style=grey'])).stdout).toContain('0.299 R');
    expect(decode(readFileSync(join(folder, 'b.png')))).toMatchObject({ channels: 1, depth: 16 });
  });

  test('with computed fields holds them as scalars, in every format that has some', async () => {
    const folder = temporaryFolder();
    const wanted = await samples(VECTORS, '--buffer', '0', '--component', 'speed', '--mode', 'scaled');
    for (const target of ['a.set', 'b.h5', 'c.tif', 'd.npz', 'e.zarr', 'f.mat']) {
      const { code, stderr } = await cli(['convert', VECTORS, join(folder, target), '-w', 'fields=speed, x', '--set', 'TS:Half=U0/2']);
      expect([code, stderr]).toEqual([0, '']);
      expect(await samples(join(folder, target), '--buffer', '0', '--component', 'TS:speed')).toEqual(wanted);
      const { components } = (await info(join(folder, target))).buffer.frames[0];
      const found = Object.fromEntries(components.map((one: { name: string; scale: { unit: string } }) => [one.name, one.scale.unit]));
      expect(found).toMatchObject({ 'TS:speed': 'm/s', 'TS:x': 'mm', 'TS:Half': '', U0: 'm/s' });
    }
    expect((await cli(['convert', VECTORS, join(folder, 'g.csv'), '-w', 'fields=speed'])).code).toBe(0);
    expect(readFileSync(join(folder, 'g.csv'), 'utf8')).toContain(',TS:speed [m/s],');
    const refused = async (source: string, fields: string) =>
      (await cli(['convert', source, join(folder, 'h.set'), '-w', `fields=${fields}`])).stderr;
    expect(await refused(VECTORS, 'curl')).toContain("no computed field 'curl'. There are u, v, w, speed, x, y, z.");
    expect(await refused(IMAGES, 'speed')).toContain('Buffer 0 holds images without speed.');
    expect(await refused(join(folder, 'a.set'), 'speed')).toContain('TS:speed already');
  });

  test('with --missing blank leaves out what cannot be read, and tells it', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'cut'));
    copyFileSync(IMAGES, join(folder, 'cut.set'));
    for (const name of ['B00001.im7', 'B00002.im7', 'B00003.im7']) {
      const bytes = readFileSync(join(IMAGES.replace('.set', ''), name));
      writeFileSync(join(folder, 'cut', name), name === 'B00002.im7' ? bytes.subarray(0, 300) : bytes);
    }
    const source = join(folder, 'cut.set');
    expect((await cli(['convert', source, join(folder, 'a.set')])).code).toBe(4);
    const { code, stdout } = await cli(['convert', source, join(folder, 'a.set'), '--missing', 'blank', '--json']);
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ buffers: 2 })]);
    expect(JSON.parse(stdout).losses.join()).toMatch(/stay gaps.*Buffer 1 cannot be read and is missing: /);
    expect(readdirSync(join(folder, 'a'))).toEqual(['B00001.im7', 'B00003.im7']);
    expect((await cli(['convert', source, join(folder, 'a.h5'), '--missing', 'blank'])).code).toBe(0);
    expect((await info(join(folder, 'a.h5'), 2)).missing).toEqual([[1, 2]]);
    const outside = await cli(['convert', source, join(folder, 'c.set'), '--missing', 'blank', '--range', '2:', '--json']);
    expect([outside.code, JSON.parse(outside.stdout).losses.join()]).toEqual([0, expect.not.stringContaining('Buffer 1')]);
    expect((await cli(['convert', source, join(folder, 'b.set'), '--missing', 'all'])).stderr).toContain('--missing must be blank');
  });

  test('tells a range that goes beyond the end', async () => {
    const folder = temporaryFolder();
    expect((await cli(['convert', IMAGES, join(folder, 'a.set'), '--range', '1:9'])).stdout).toContain(
      '2 buffers\nNot as in the source:\n  The range 1:9 ends behind the last buffer, 2.',
    );
    expect((await cli(['convert', IMAGES, join(folder, 'b.set'), '--range', '1:3'])).stdout).not.toContain('range');
  });

  test('of sets that nothing can be read of names their kind', async () => {
    const folder = temporaryFolder();
    for (const target of ['a.set', 'a.h5']) {
      const { code, stderr } = await cli(['convert', join(FIXTURES, 'davis', 'plot.set'), join(folder, target)]);
      expect([code, stderr]).toEqual([
        5,
        expect.stringContaining('no buffers that can be read. Sets of type SET_TYPE_ID_PLOT are not supported'),
      ]);
    }
    const { code, stderr } = await cli(['convert', join(FIXTURES, 'npy', 'scan.npy'), join(folder, 'a.set'), '--set', 'NOT=1']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('scan.npy')]);
  });

  test('--resume says where an output is begun anew', async () => {
    const folder = temporaryFolder();
    const anew = await cli(['convert', IMAGES, join(folder, 'a.h5'), '--resume']);
    expect([anew.code, anew.stderr]).toEqual([0, expect.stringContaining('a.h5 is written in one piece, which is begun anew')]);
    expect((await cli(['convert', IMAGES, join(folder, 'b.h5'), '--resume', '--quiet'])).stderr).toBe('');
    for (const target of ['a.set', 'b.zarr', 'c.pvd'])
      expect((await cli(['convert', IMAGES, join(folder, target), '--resume'])).stderr).toBe('');
    expect((await cli(['convert', IMAGES, join(folder, 'tifs'), '--resume', '--to', 'tiff', '-w', 'files=buffer'])).stderr).toBe('');
  });

  test('of colour pictures tells the grey and the transparency', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b'])
      writeFileSync(
        join(folder, `${name}.png`),
        encode({ width: 2, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 0) }),
      );
    const one = JSON.parse((await cli(['convert', join(folder, 'a.png'), join(folder, 'a.set'), '--json'])).stdout);
    expect(one.losses).toEqual([
      expect.stringContaining('Buffer 0 of the source: Colours became grey'),
      expect.stringContaining('transparency'),
    ]);
    const both = JSON.parse(
      (await cli(['convert', join(folder, 'a.png'), join(folder, 'b.png'), join(folder, 'both.h5'), '--json'])).stdout,
    );
    expect(both.losses.filter((loss: string) => loss.includes('grey'))).toEqual([
      expect.stringContaining('of a.png'),
      expect.stringContaining('of b.png'),
    ]);
  });

  test('Ctrl-C leaves nothing; with --resume the work that another run finishes', async () => {
    const folder = temporaryFolder();
    const source = join(folder, 'big.npy');
    writeFileSync(
      source,
      Buffer.concat([npyHeaderBytes('<u2', [60, 512, 512]), Buffer.alloc(60 * 512 * 512 * 2, 'noise of no kind at all')]),
    );
    // The folder may come or go between two looks.
    const filesIn = (path: string): number => {
      try {
        return readdirSync(path).length;
      } catch {
        return 0;
      }
    };
    const interrupt = async (...more: readonly string[]): Promise<number | null> => {
      const child = startCli(['convert', source, join(folder, 'a.set'), '-w', 'level=9', ...more]);
      const ended = endOf(child);
      const watch = setInterval(() => {
        if (!readdirSync(folder).some((name) => name.endsWith('.part') && filesIn(join(folder, name, 'a')) > 3)) return;
        // A second one would end the program without cleaning up.
        clearInterval(watch);
        child.kill('SIGINT');
      }, 5);
      const { code } = await ended;
      clearInterval(watch);
      return code;
    };
    expect(await interrupt()).toBe(130);
    expect(readdirSync(folder)).toEqual(['big.npy']);
    expect(await interrupt('--resume')).toBe(130);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(existsSync(join(folder, 'a.set'))).toBe(false);
    expect((await cli(['convert', source, join(folder, 'a.set'), '-w', 'level=9', '--resume'])).stdout).toContain('60 buffers');
    expect(readdirSync(folder).sort()).toEqual(['a', 'a.set', 'big.npy']);
    expect(readdirSync(join(folder, 'a'))).toHaveLength(60);
  });
});
