import { cpSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, FIXTURES, temporaryFolder } from '../support/cli.ts';

const DAVIS = join(FIXTURES, 'davis');
const IMAGES = join(DAVIS, 'images.set');

/** A copy of a fixture set, to be damaged. */
function copySet(name: string): { readonly text: string; file(number: number): string } {
  const folder = temporaryFolder();
  for (const part of [name, `${name}.set`]) cpSync(join(DAVIS, part), join(folder, part), { recursive: true });
  return { text: join(folder, `${name}.set`), file: (number) => join(folder, name, `B0000${number}.im7`) };
}

describe('read --table', () => {
  test('devices of a buffer as CSV, with scaled traces', async () => {
    const out = join(temporaryFolder(), 'devices.csv');
    const { code, stdout } = await cli(['read', IMAGES, '--table', 'devices', '--buffer', '1', '--out', out, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      path: out,
      rows: 1,
      columns: [{ name: 'name', dtype: 'text' }, {}, {}, {}, {}, {}, {}, {}, { name: 'trace', dtype: 'f8', width: 5 }],
    });
    expect(readFileSync(out, 'utf8')).toBe(
      'name,alias,class,slope,offset,unit,description,samples,trace 0,trace 1,trace 2,trace 3,trace 4\nPulse energy,,,1,0,,,5,0,0.25,0.5,0.75,1\n',
    );
  });

  test('those of a buffer file alone are the same', async () => {
    const path = join(temporaryFolder(), 'alone.im7');
    cpSync(join(DAVIS, 'images', 'B00002.im7'), path);
    const tables = [];
    for (const [source, buffer] of [
      [IMAGES, '1'],
      [path, '0'],
    ] as const) {
      const out = join(temporaryFolder(), 'devices.csv');
      expect((await cli(['read', source, '--table', 'devices', '--buffer', buffer, '--out', out])).code).toBe(0);
      tables.push(readFileSync(out, 'utf8'));
    }
    expect(tables[1]).toBe(tables[0]);
  });

  test('one column as NPY', async () => {
    const out = join(temporaryFolder(), 'trace.npy');
    expect((await cli(['read', IMAGES, '--table', 'devices', '--buffer', '0', '--column', 'trace', '--out', out])).code).toBe(0);
    const bytes = readFileSync(out);
    expect(bytes.toString('latin1')).toContain("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 5), }");
    expect([0, 1, 2, 3, 4].map((number) => bytes.readDoubleLE(bytes.byteLength - 40 + 8 * number))).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  test('times of all buffers, structured in NPY', async () => {
    const folder = temporaryFolder();
    const csv = join(folder, 'times.csv');
    expect((await cli(['read', IMAGES, '--table', 'times', '--out', csv])).code).toBe(0);
    expect(readFileSync(csv, 'utf8')).toBe(
      'buffer,time,source\n0,1.530749,AcqTimeSeries\n1,1.531749,AcqTimeSeries\n2,1.532749,AcqTimeSeries\n',
    );
    const npy = join(folder, 'times.npy');
    expect((await cli(['read', IMAGES, '--table', 'times', '--out', npy])).code).toBe(0);
    const bytes = readFileSync(npy);
    expect(bytes.toString('latin1')).toContain("[('buffer', '<u4'), ('time', '<f8'), ('source', '<U13')]");
    expect(bytes.byteLength % 64).toBe((3 * (4 + 8 + 4 * 13)) % 64);
  });

  test.each([
    [['--table', 'tracks'], "no table 'tracks'"],
    [['--table', 'devices'], 'name a buffer'],
    [['--table', 'times', '--column', 'clock'], 'Its columns: buffer, time, source.'],
  ])('%j is refused and leaves nothing behind', async (options, message) => {
    const out = join(temporaryFolder(), 'none.csv');
    const { code, stderr } = await cli(['read', IMAGES, ...options, '--out', out]);
    expect({ code, there: existsSync(out) }).toEqual({ code: 2, there: false });
    expect(stderr).toContain(message);
  });
});

describe('attributes', () => {
  const run = async (path: string, ...options: readonly string[]) => {
    const out = join(temporaryFolder(), 'attributes.json');
    const result = await cli(['attributes', path, '--out', out, ...options]);
    return { ...result, rows: existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as readonly Record<string, unknown>[]) : undefined };
  };

  test('of all levels, by name', async () => {
    const { code, rows } = await run(IMAGES, '--name', 'SetType', '--name', 'Laser*', '--name', 'CameraNam?');
    expect(code).toBe(0);
    expect(rows).toEqual([
      { level: 'set', name: 'SetType', value: 256 },
      ...[0, 1, 2].flatMap((buffer) => [
        { level: 'buffer', buffer: [buffer], name: 'Laser power', value: `${buffer} mJ` },
        ...[0, 1].map((frame) => ({
          level: 'frame',
          buffer: [buffer],
          frame,
          name: 'CameraName',
          value: `${frame + 1}: Imager (9 x 7 pixel)`,
        })),
      ]),
    ]);
  });

  test('of one level, arrays with type and shape', async () => {
    const { rows } = await run(IMAGES, '--level', 'buffer', '--name', 'Table');
    expect(rows?.[0]).toEqual({
      level: 'buffer',
      buffer: [0],
      name: 'Table',
      value: { dtype: 'i4', shape: [2, 3], values: [0, 1, 2, 3, 4, 5] },
    });
    expect(rows).toHaveLength(3);
  });

  test('as CSV, quoted where needed', async () => {
    const out = join(temporaryFolder(), 'attributes.csv');
    await cli(['attributes', join(DAVIS, 'attributes.im7'), '--name', 'Lines', '--name', 'IP', '--name', 'Name', '--out', out]);
    expect(readFileSync(out, 'utf8')).toBe(
      'level,buffer,frame,name,type,value\nbuffer,0,,Lines,text,"a\r\nb\nc"\nframe,0,0,Name,text,frame 0\nframe,0,0,IP,i4 2 x 1,1 2\nframe,0,1,Name,text,frame 1\n',
    );
  });

  test('a name that matches nothing gives an empty list', async () => {
    expect(await run(IMAGES, '--name', '[a-z]*')).toMatchObject({ code: 0, rows: [] });
  });

  test('a damaged buffer is an error, or left out where that is asked for', async () => {
    const { text, file } = copySet('images');
    truncateSync(file(2), 100);
    expect(await run(text, '--level', 'buffer')).toMatchObject({ code: 4, rows: undefined });
    const { code, rows, stdout } = await run(text, '--level', 'buffer', '--name', 'Laser power', '--missing', 'blank', '--json');
    expect({ code, values: rows?.map(({ value }) => value) }).toEqual({ code: 0, values: ['0 mJ', '2 mJ'] });
    expect(JSON.parse(stdout)).toMatchObject({ rows: 2, missing: [{ buffer: [1], error: { code: 'truncated' } }] });
  });

  test('a level or an extension that is none is refused', async () => {
    expect(await run(IMAGES, '--level', 'frames')).toMatchObject({ code: 2, rows: undefined });
    expect((await cli(['attributes', IMAGES, '--out', join(temporaryFolder(), 'a.txt')])).code).toBe(2);
  });
});

describe('check', () => {
  const problems = (stdout: string): readonly Record<string, unknown>[] =>
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test('a sound set has no problems', async () => {
    expect(await cli(['check', IMAGES, '--deep'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('a cut buffer is an error with file and place', async () => {
    const { text, file } = copySet('images');
    truncateSync(file(2), 300);
    const { code, stdout } = await cli(['check', text]);
    expect(code).toBe(4);
    expect(problems(stdout)).toMatchObject([
      {
        severity: 'error',
        file: file(2),
        buffer: [1],
        code: 'truncated',
        offset: 256,
        reason: expect.stringContaining('compressed pixels'),
      },
    ]);
  });

  test('damage in the pixels is found with --deep', async () => {
    const { text, file } = copySet('images');
    const bytes = readFileSync(file(3));
    bytes.fill(0x55, 270, 290);
    writeFileSync(file(3), bytes);
    expect((await cli(['check', text])).code).toBe(0);
    const { code, stdout } = await cli(['check', text, '--deep', '--json']);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      datasets: 1,
      buffers: 3,
      problems: [{ severity: 'error', file: file(3), code: 'malformed' }],
    });
  });

  test('gaps are warnings, and members are tested with --deep', async () => {
    const { code, stdout } = await cli(['check', join(DAVIS, 'gap.set')]);
    expect(code).toBe(0);
    expect(problems(stdout)).toMatchObject([{ severity: 'warning', code: 'missing-buffers' }]);
    const deep = await cli(['check', join(DAVIS, 'multi.set'), '--deep', '--json']);
    expect(JSON.parse(deep.stdout)).toEqual({ datasets: 5, buffers: 3, problems: [] });
  });

  test('each frame of a recording that cannot be decoded is named', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'R'));
    cpSync(join(DAVIS, 'rec_configuration'), join(folder, 'R'), { recursive: true });
    cpSync(join(DAVIS, 'rec_configuration.set'), join(folder, 'R.set'));
    writeFileSync(join(folder, 'R', 'Other-decoder.xml'), '<d><id>rgb-24</id></d>');
    const { code, stdout } = await cli(['check', join(folder, 'R.set'), '--deep']);
    expect(code).toBe(4);
    expect(problems(stdout)).toMatchObject([{ severity: 'error', code: 'unsupported', reason: expect.stringContaining("'rgb-24'") }]);
  });
});

describe('info of sets in sets and of sets that cannot be decoded', () => {
  test('members are named, and opened with --deep', async () => {
    const flat = JSON.parse((await cli(['info', join(DAVIS, 'multi.set'), '--json'])).stdout);
    expect(flat).toMatchObject({ isMultiset: true, children: [{ title: 'Cam1' }, { title: 'Cam2' }, { title: 'Inner' }] });
    expect(flat.children[0].summary).toBeUndefined();
    const deep = JSON.parse((await cli(['info', join(DAVIS, 'multi.set'), '--deep', '--json'])).stdout);
    expect(deep.children[2]).toMatchObject({
      summary: "<Image set 'Inner' with 0 buffers>",
      isMultiset: true,
      children: [{ title: 'Deep', nav: [{ size: 1 }] }],
    });
  });

  test.each([
    ['plot', 'SET_TYPE_ID_PLOT'],
    ['folder', 'SET_TYPE_ID_FOLDER'],
    ['properties', 'SET_TYPE_ID_PROPERTIES'],
    ['calibration', 'SET_TYPE_ID_CALIBRATION'],
    ['spray', 'SprayQC'],
  ])('%s says its type', async (name, typeId) => {
    const info = JSON.parse((await cli(['info', join(DAVIS, `${name}.set`), '--json'])).stdout);
    expect(info).toMatchObject({
      typeId,
      attributes: { SetType: expect.any(Number) },
      warnings: [{ code: 'unsupported', message: expect.stringContaining(typeId) }],
    });
  });

  test('a set of particles is refused by name where frames are asked for', async () => {
    const { code, stderr } = await cli(['info', join(DAVIS, 'particles.set'), '--format', 'davis-set']);
    expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringContaining('is a particle field') });
  });
});
