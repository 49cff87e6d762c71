import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { contentType, pageHeaders, pageHtml } from '../server/page-headers.ts';

const SCHEME = 'app';
export const PAGE_URL = `${SCHEME}://ui/`;

interface PageFile {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Electron asks for this before the app is ready: the page gets an origin of its own, fetch, streams and a cache of compiled scripts. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** The files of the renderer's bundle and nothing above that folder; every load of the page gets a nonce of its own. */
async function pageFile(folder: string, url: string): Promise<PageFile> {
  const nonce = randomBytes(16).toString('base64');
  const headers = pageHeaders(nonce);
  try {
    const { hostname, pathname } = new URL(url);
    const path = normalize(join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
    if (hostname !== 'ui' || !path.startsWith(folder + sep)) throw new Error('not a file of the page');
    const bytes = await readFile(path);
    const body = path.endsWith('.html') ? Buffer.from(pageHtml(bytes.toString('utf8'), nonce)) : bytes;
    return { status: 200, headers: { ...headers, 'content-type': contentType(path) }, body };
  } catch {
    return { status: 404, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from('not found') };
  }
}

/** To be called when the app is ready. Electron before 25 has no `protocol.handle`. */
export function servePage(folder: string): void {
  if (typeof (protocol.handle as unknown) === 'function') {
    protocol.handle(SCHEME, async ({ url }) => {
      const { status, headers, body } = await pageFile(folder, url);
      return new Response(body as Uint8Array<ArrayBuffer>, { status, headers });
    });
    return;
  }
  protocol.registerBufferProtocol(SCHEME, (request, callback) => {
    void pageFile(folder, request.url).then(({ status, headers, body }) => {
      // This older interface takes the type apart: a content-type among the headers alone is not used.
      const [mimeType, charset] = (headers['content-type'] ?? '').split('; charset=');
      callback({
        statusCode: status,
        headers: { ...headers },
        mimeType: mimeType ?? '',
        ...(charset ? { charset } : {}),
        data: Buffer.from(body),
      });
    });
  });
}
