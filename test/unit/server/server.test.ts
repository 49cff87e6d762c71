import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { delayed, memoryDataset } from '../../../main/formats/memory.ts';
import { createSession, type Session } from '../../../main/host/session.ts';
import { startServer, type RunningServer } from '../../../main/server/server.ts';
import { httpTransport } from '../../../shared/contract/http-transport.ts';
import type { Transport } from '../../../shared/contract/methods.ts';
import { decodeWire, encodeWire } from '../../../shared/contract/wire.ts';
import { npyBytes } from '../../support/npy-bytes.ts';
import { watched } from '../../support/watched-dataset.ts';

const top = mkdtempSync(join(tmpdir(), 'streakline-server-'));
const rendererDir = join(top, 'renderer');
let session: Session;
let server: RunningServer;
let port: number;

beforeAll(async () => {
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__" content="__CSP_NONCE__">');
  writeFileSync(join(rendererDir, 'assets', 'page.js'), 'export {};');
  writeFileSync(join(top, 'secret.txt'), 'secret');
  session = createSession({ inThread: true });
  server = await startServer({ session, token: 'right token', port: 0, rendererDir });
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server.close();
  await session.close();
  rmSync(top, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as it is given, headers that browsers keep to themselves included. */
function ask(path: string, more: { method?: string; headers?: Record<string, string | number>; body?: Uint8Array } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, path, method: more.method ?? 'GET', headers: more.headers ?? {} },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
      },
    );
    request.on('error', reject);
    request.end(more.body);
  });
}

const authorization = 'Bearer right token';
const body = encodeWire({ meta: { method: 'usage', params: {} }, arrays: [] });
const call = (headers: Record<string, string | number>, bytes: Uint8Array = body): Promise<Answer> =>
  ask('/call', { method: 'POST', headers, body: bytes });

describe('calls', () => {
  test('with the token are answered', async () => {
    const { status, body: reply } = await call({ authorization, origin: `http://127.0.0.1:${port}` });
    expect(status).toBe(200);
    expect(decodeWire(reply).meta).toMatchObject({ meta: { datasets: [] } });
  });

  test.each([[{}], [{ authorization: 'Bearer wrong' }], [{ authorization: 'right token' }], [{ authorization: 'Bearer ' }]])(
    'with %j are refused',
    async (headers) => {
      expect((await call(headers as Record<string, string>)).status).toBe(401);
      expect((await ask('/events', { headers: headers as Record<string, string> })).status).toBe(401);
    },
  );

  test.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1'])('to the host %j are refused, files too', async (host) => {
    expect((await call({ authorization, host })).status).toBe(403);
    expect((await ask('/', { headers: { host } })).status).toBe(403);
  });

  test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://localhost:1'])(
    'from the origin %s are refused',
    async (origin) => {
      expect((await call({ authorization, origin })).status).toBe(403);
      expect((await ask('/', { headers: { origin } })).status).toBe(403);
    },
  );

  test('that promise too much are refused before they are read', async () => {
    const answer = await call({ authorization, 'content-length': 2 ** 40 }, new Uint8Array(0)).catch((error: Error) => error);
    expect(answer).toMatchObject({ status: 413 });
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['noise', new Uint8Array(64).fill(7)],
    ['no method', encodeWire({ meta: [], arrays: [] })],
    ['no such method', encodeWire({ meta: { method: 'constructor' }, arrays: [] })],
  ])('of %s get an error in the envelope', async (_what, bytes) => {
    const { status, body: reply } = await call({ authorization }, bytes);
    expect(status).toBe(200);
    expect(decodeWire(reply).meta).toMatchObject({ error: { code: expect.stringMatching(/truncated|malformed|invalid-option/) } });
  });

  test('by GET, and other methods elsewhere, do not exist', async () => {
    expect((await ask('/call', { headers: { authorization } })).status).toBe(404);
    expect((await ask('/', { method: 'POST', headers: { authorization } })).status).toBe(405);
  });

  test('are aborted when the client goes away', async () => {
    const { dataset, watch } = watched(
      delayed(memoryDataset({ title: 'slow', dtype: 'u1', data: new Uint8Array(4), navShape: [1], sigShape: [2, 2] }), 60_000),
    );
    const { id } = session.add(dataset);
    const bytes = encodeWire({ meta: { method: 'buffer', params: { dataset: id, buffer: 0 } }, arrays: [] });
    const request = httpRequest({ host: '127.0.0.1', port, path: '/call', method: 'POST', headers: { authorization } });
    request.on('error', () => undefined);
    request.end(bytes);
    await expect.poll(() => watch.reads).toEqual([0]);
    request.destroy();
    await expect.poll(() => watch.aborted).toBe(1);
  });
});

describe('files of the page', () => {
  test('come with the strict headers, and a nonce of their own each time', async () => {
    const [first, second] = [await ask('/?token=right%20token'), await ask('/')];
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    const nonces = [first, second].map(
      ({ headers }) => /'nonce-([^']{20,})'/.exec(String(headers['content-security-policy']))?.[1] ?? 'none',
    );
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(first.body.toString()).toBe(`<meta property="csp-nonce" nonce="${nonces[0]}" content="${nonces[0]}">`);
    expect(String(first.headers['content-security-policy'])).not.toMatch(/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|\*/);
    expect((await ask('/assets/page.js')).headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-embedder-policy': 'require-corp',
    });
  });

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '//etc/passwd',
    '/..%5csecret.txt',
    '/%00',
    '/%',
    '/none.js',
    '/assets',
  ])('%s is not found', async (path) => {
    const { status, body: reply } = await ask(path);
    expect([status, reply.toString()]).toEqual([404, 'Not found.']);
  });
});

test('what the page opens first is told to who has the token', async () => {
  expect((await ask('/start')).status).toBe(401);
  const { headers, body: reply } = await ask('/start', { headers: { authorization } });
  expect([headers['content-type'], JSON.parse(reply.toString())]).toEqual(['application/json; charset=utf-8', { paths: [] }]);
});

test('datasets of a page that is gone are closed, those of other pages stay', async () => {
  const other = await startServer({ session, token: 't', port: 0, rendererDir, goneAfter: 200 });
  const origin = new URL(other.url).origin;
  const openIn = async (transport: Transport): Promise<string> =>
    (
      await transport.call(
        'openBytes',
        { names: ['a.npy'] },
        {
          arrays: [{ dtype: 'u1', data: npyBytes('u1', [1, 2, 2], new Uint8Array(4)) }],
        },
      )
    ).meta.id;
  const [gone, stays] = [httpTransport(origin, 't'), httpTransport(origin, 't')];
  let heard = 0;
  gone.on('cache', () => {
    heard += 1;
  });
  const [first, second] = [await openIn(gone), await openIn(stays)];
  // The page is there once it listens.
  await expect
    .poll(async () => {
      await gone.call('buffer', { dataset: first, buffer: 0 });
      return heard;
    })
    .toBeGreaterThan(0);
  gone.close();
  await expect.poll(async () => (await stays.call('usage', {})).meta.datasets.map(({ dataset }) => dataset)).not.toContain(first);
  expect((await stays.call('usage', {})).meta.datasets.map(({ dataset }) => dataset)).toContain(second);
  stays.close();
  await other.close();
});

test('a refused token is an error of the call', async () => {
  const transport = httpTransport(`http://127.0.0.1:${port}`, 'wrong');
  await expect(transport.call('usage', {})).rejects.toMatchObject({ code: 'access-denied' });
  transport.close();
});

test('a port in use is said, and closing ends open streams at once', async () => {
  await expect(startServer({ session, token: 't', port, rendererDir })).rejects.toMatchObject({
    code: 'exists',
    message: expect.stringContaining(String(port)),
  });
  const other = await startServer({ session, token: 't', port: 0, rendererDir });
  const stream = await fetch(new URL('/events', other.url), { headers: { authorization: 'Bearer t' } });
  await other.close();
  await expect(stream.text()).rejects.toThrow();
  const transport = httpTransport(new URL(other.url).origin, 't');
  await expect(transport.call('usage', {})).rejects.toMatchObject({ code: 'io' });
});
