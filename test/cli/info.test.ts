import { copyFileSync, cpSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../main/formats/registry.ts';
import { cli, FIXTURES, temporaryFolder } from '../support/cli.ts';

const SCAN = join(FIXTURES, 'npy', 'scan.npy');
const DAVIS = join(FIXTURES, 'davis');

describe('info', () => {
  test('--json is one document with the facts of the dataset', async () => {
    const { code, stdout, stderr } = await cli(['info', SCAN, '-o', 'nav_shape=3,4', '-o', 'sync_offset=-1', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'frames',
      format: 'npy',
      title: 'scan.npy',
      path: SCAN,
      rawDtype: '<u2',
      children: [],
      warnings: [],
      shape: { nav: [3, 4], sig: [4, 6], imageCount: 10, syncOffset: -1, skippedStart: 0, ignoredEnd: 0, insertedStart: 1, insertedEnd: 1 },
    });
  });

  test('what a file says never steers the terminal', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'evil'));
    writeFileSync(join(folder, 'evil.set'), 'SetTitle = "a \u001b[2J\u0007 b";\nSetComments = "one\\r\\ntwo";\n');
    const { stdout } = await cli(['info', join(folder, 'evil.set')]);
    expect(stdout).toContain("'a \ufffd[2J\ufffd b'");
    expect(stdout).toContain('SetComments = one / two');
    expect(await cli(['info', 'no\nsuch\u001b[31m'])).toMatchObject({ stderr: expect.stringMatching(/^streakline: [^\n\u001b]*\n$/) });
  });

  test('options: lists by comma, as JSON, and by repetition are the same', async () => {
    const shapes = [];
    for (const options of [
      ['-o', 'nav_shape=2,3'],
      ['-o', 'nav_shape=[2, 3]'],
      ['-o', 'nav_shape=2', '-o', 'nav_shape=3'],
    ]) {
      shapes.push(JSON.parse((await cli(['info', SCAN, '--json', ...options])).stdout).shape.nav);
    }
    expect(shapes).toEqual([
      [2, 3],
      [2, 3],
      [2, 3],
    ]);
  });

  test('of a set says type, title, length and summary without opening a buffer', async () => {
    const folder = temporaryFolder();
    cpSync(join(DAVIS, 'double_frame'), join(folder, 'double_frame'), { recursive: true });
    copyFileSync(join(DAVIS, 'double_frame.set'), join(folder, 'double_frame.set'));
    for (const name of ['B00001.im7', 'B00002.im7']) truncateSync(join(folder, 'double_frame', name), 3);
    const { code, stdout } = await cli(['info', join(folder, 'double_frame.set'), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      typeId: 'SET_TYPE_ID_IMAGE',
      isMultiset: false,
      title: 'double_frame',
      summary: "<Image set 'double_frame' with 2 buffers>",
      nav: [{ size: 2 }],
    });
  });

  test('--buffer adds frames with components, scales, attributes and boundaries with units', async () => {
    const { stdout } = await cli(['info', join(DAVIS, 'double_frame.set'), '--buffer', '1', '--json']);
    const { buffer } = JSON.parse(stdout);
    expect(buffer).toMatchObject({ index: 1, position: [1], state: 'present', attributes: { Operator: 'sample' } });
    expect(buffer.frames).toHaveLength(2);
    const [frame] = buffer.frames;
    expect(frame.boundaries).toEqual({ left: -1.2, right: 24 * 0.1 - 1.2, top: 0.8, bottom: 16 * -0.1 + 0.8, units: { x: 'mm', y: 'mm' } });
    expect(frame.components).toContainEqual(expect.objectContaining({ name: 'MASK', stored: true }));
    expect(frame.components.filter((component: { name: string }) => component.name === 'mask')).toEqual([]);
    expect(frame.derived).toEqual(['mask', 'valid', 'x', 'y', 'z', 'state']);
  });

  test('the mask of a frame without MASK is listed as not stored', async () => {
    const { stdout } = await cli(['info', SCAN, '--buffer', '0,3', '--json']);
    expect(JSON.parse(stdout).buffer).toMatchObject({ index: 3, position: [0, 3] });
    expect(JSON.parse(stdout).buffer.frames[0].components).toEqual([
      expect.objectContaining({ name: 'PIXEL', dtype: 'u2', stored: true }),
      expect.objectContaining({ name: 'mask', dtype: 'u1', stored: false }),
    ]);
  });

  test('a file inside of a set stands for its place in the set', async () => {
    const { stdout } = await cli(['info', join(DAVIS, 'double_frame', 'B00002.im7'), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'davis-set', title: 'double_frame', at: 1 });
  });

  test('for people has the summary first', async () => {
    const { stdout } = await cli(['info', join(DAVIS, 'double_frame.set'), '--buffer', '0']);
    expect(stdout.split('\n')[0]).toBe("<Image set 'double_frame' with 2 buffers>");
    expect(stdout).toMatch(/^Left, right +-1.2 mm, 1.2\d* mm$/m);
  });

  test('--probe lists every reader with score and reason, surest first', async () => {
    const { code, stdout } = await cli(['info', SCAN, '--probe', '--json']);
    const { candidates } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(candidates[0]).toEqual({ format: 'npy', label: expect.any(String), score: 1, reason: expect.stringContaining('magic') });
    expect(candidates.map((candidate: { format: string }) => candidate.format).sort()).toEqual(FORMATS.map(({ id }) => id).sort());
  });
});

test('formats lists readers with their options, and writers', async () => {
  const { stdout } = await cli(['formats', '--json']);
  const { readers, writers, arrays } = JSON.parse(stdout);
  const npy = readers.find((reader: { id: string }) => reader.id === 'npy');
  expect(npy.extensions).toEqual(['npy']);
  expect(npy.options.map((option: { name: string }) => option.name)).toEqual(['nav_shape', 'sig_shape', 'sync_offset', 'sig_dims']);
  expect(arrays.map((writer: { id: string }) => writer.id)).toEqual(['npy', 'csv', 'tiff', 'png']);
  const set = writers.find((writer: { id: string }) => writer.id === 'davis-set');
  expect(set.options.map((option: { name: string }) => option.name)).toContain('layout');
  expect((await cli(['formats'])).stdout).toContain('-o sig_dims=<integer>');
});

describe('every command', () => {
  test.each([['--help'], ['info', '--help'], ['read', '--help'], ['formats', '--help'], ['serve', '--help'], ['batch', '--help']])(
    'answers %s %s',
    async (...args) => {
      const { code, stdout, stderr } = await cli(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: streakline/);
    },
  );

  test.each([
    ['invalid-option', 2, ['info', SCAN, '-o', 'scan_size=3']],
    ['invalid-option', 2, ['info', SCAN, '-o', 'nav_shape']],
    ['invalid-option', 2, ['info', SCAN, '--bogus']],
    ['invalid-option', 2, ['info']],
    ['invalid-option', 2, ['info', SCAN, '--buffer', '3']],
    ['invalid-option', 2, ['info', SCAN, '--format', 'bogus']],
    ['out-of-range', 2, ['info', SCAN, '--buffer', '0,5']],
    ['not-found', 3, ['info', join(FIXTURES, 'npy', 'nothing.npy')]],
    ['unknown-format', 3, ['info', join(FIXTURES, 'npy', 'make_fixtures.py')]],
    ['malformed', 4, ['info', join(FIXTURES, 'npy', 'bad_magic.npy')]],
    ['truncated', 4, ['info', join(FIXTURES, 'npy', 'bad_data_cut.npy')]],
    ['unsupported', 5, ['info', join(FIXTURES, 'npy', 'bad_structured.npy')]],
    ['too-large', 5, ['info', join(FIXTURES, 'npy', 'bad_huge.npy')]],
  ])('%s ends with %i: %j', async (error, exit, args) => {
    const { code, stdout, stderr } = await cli([...args, '--json']);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    const [sentence, json, ...rest] = stderr.trimEnd().split('\n');
    expect(sentence).toMatch(/^streakline: \S.*[.)]$/);
    expect(rest).toEqual([]);
    expect(JSON.parse(json ?? '')).toMatchObject({ ok: false, exit, error: { code: error } });
  });
});
