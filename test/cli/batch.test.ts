import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../main/formats/registry.ts';
import { cli, endOf, FIXTURES, startCli, temporaryFolder } from '../support/cli.ts';

const SCAN = join(FIXTURES, 'npy', 'scan.npy');

describe('batch', () => {
  test('runs lines in order; a failed one does not end the run', async () => {
    const out = join(temporaryFolder(), 'x.npy');
    const lines = [
      JSON.stringify(['info', SCAN]),
      '',
      JSON.stringify(['info', join(FIXTURES, 'npy', 'bad_magic.npy')]),
      'no JSON',
      '{"a":1}',
      '["serve"]',
      '["info"]',
      JSON.stringify(['read', SCAN, '--buffer', '0,0', '--out', out]),
      JSON.stringify(['read', SCAN, '--out', out]),
      '["formats"]',
    ];
    const { code, stdout, stderr } = await cli(['batch'], lines.join('\n'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map((answer) => answer.ok || answer.exit)).toEqual([true, 4, 2, 2, 2, 2, true, 6, true]);
    expect(answers[0].result).toMatchObject({ format: 'npy', shape: { nav: [2, 5] } });
    expect(answers[1]).toEqual({
      ok: false,
      exit: 4,
      error: { code: 'malformed', message: expect.any(String), path: expect.stringContaining('bad_magic.npy'), offset: 0, field: 'magic' },
    });
    expect(answers[6].result).toEqual({ path: out, shape: [4, 6], dtype: '<u2', missing: [] });
    expect(answers[8].result.readers).toHaveLength(FORMATS.length);
  });

  test('answers a line before the next one is sent', async () => {
    const child = startCli(['batch', '-']);
    const ended = endOf(child);
    for (const path of [SCAN, 'nothing.npy']) {
      const answer = new Promise<string>((done) => child.stdout.once('data', done));
      child.stdin.write(`${JSON.stringify(['info', path])}\n`);
      expect(JSON.parse(await answer)).toMatchObject({ ok: path === SCAN });
    }
    child.stdin.end();
    expect((await ended).code).toBe(0);
  });

  test('takes --quiet and --json, which change nothing but notes', async () => {
    const child = startCli(['batch', '--quiet', '--json', '-']);
    const ended = endOf(child);
    child.stdin.end(`${JSON.stringify(['info', SCAN])}\n`);
    expect(await ended).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\{"ok":true/) });
  });

  test('reads a file', async () => {
    const file = join(temporaryFolder(), 'lines.txt');
    writeFileSync(file, `${JSON.stringify(['info', SCAN, '--json'])}\r\n`);
    expect(JSON.parse((await cli(['batch', file])).stdout)).toMatchObject({ ok: true, result: { title: 'scan.npy' } });
    expect((await cli(['batch', `${file}.not`])).code).toBe(3);
  });

  test('Ctrl-C ends it with 130 while it waits', async () => {
    const child = startCli(['batch']);
    const ended = endOf(child);
    const answer = new Promise<string>((done) => child.stdout.once('data', done));
    child.stdin.write('["formats"]\n');
    await answer;
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
  });
});

test('a reader that closes the pipe is no failure', async () => {
  const child = startCli(['batch']);
  const ended = endOf(child);
  const first = new Promise<void>((done) => child.stdout.once('data', () => done()));
  child.stdin.on('error', () => {});
  child.stdin.write('["formats"]\n');
  await first;
  child.stdout.destroy();
  for (let i = 0; i < 20; i++) child.stdin.write('["formats"]\n');
  child.stdin.end();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});
