import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLIENT_HEADER } from '../../shared/contract/http-transport.ts';
import { cli, endOf, FIXTURES, startCli } from '../support/cli.ts';

const SCAN = join(FIXTURES, 'npy', 'scan.npy');

/** Starts a server and gives its address; it is stopped by `stop`. */
async function serve(args: readonly string[]): Promise<{ url: URL; stop(): ReturnType<typeof endOf> }> {
  const child = startCli(['serve', ...args]);
  const ended = endOf(child);
  const line = await Promise.race([
    new Promise<string>((done) => child.stdout.once('data', done)),
    ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  return {
    url: new URL(line.trim()),
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

describe('serve', () => {
  test('prints an address on the loopback with a token, and ends in peace', async () => {
    const { url, stop } = await serve([SCAN]);
    expect(url.hostname).toBe('127.0.0.1');
    const token = url.searchParams.get('token') ?? '';
    expect(token.length).toBeGreaterThanOrEqual(32);
    const start = (key: string): Promise<Response> => fetch(new URL('/start', url), { headers: { authorization: `Bearer ${key}` } });
    expect(await (await start(token)).json()).toMatchObject({ paths: [SCAN] });
    expect((await start('wrong')).status).toBe(401);
    expect(await stop()).toMatchObject({ code: 0, stderr: expect.stringContaining('Serving') });
  });

  test('ends at once while a page listens', async () => {
    const { url, stop } = await serve([SCAN]);
    const headers = { authorization: `Bearer ${url.searchParams.get('token')}`, [CLIENT_HEADER]: 'listening-page' };
    const stream = await fetch(new URL('/events', url), { headers });
    expect(stream.status).toBe(200);
    const began = Date.now();
    expect(await stop()).toMatchObject({ code: 0 });
    expect(Date.now() - began).toBeLessThan(5000);
    await stream.body?.cancel().catch(() => undefined);
  });

  test.each([
    [['--port', '70000'], 2],
    [['--port', 'x'], 2],
    [['nothing-here.npy'], 3],
    [['--root', join(FIXTURES, 'davis'), SCAN], 3],
  ])('%j is refused with %i before anything is served', async (args, code) => {
    expect(await cli(['serve', ...args])).toMatchObject({ code, stdout: '' });
  });
});
