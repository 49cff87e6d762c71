import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join, resolve, sep } from 'node:path';
import { contentType, pageHeaders, pageHtml } from './page-headers.ts';

/** Answers GET with a file of the renderer's bundle; nothing above that folder is ever read. */
export async function answerFile(response: ServerResponse, folder: string, pathname: string): Promise<void> {
  const nonce = randomBytes(16).toString('base64');
  const headers = pageHeaders(nonce);
  const path = fileOf(resolve(folder), pathname);
  const bytes = path === undefined ? undefined : await readFile(path).catch(() => undefined);
  if (path === undefined || !bytes) {
    response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end('Not found.');
    return;
  }
  const body = path.endsWith('.html') ? Buffer.from(pageHtml(bytes.toString('utf8'), nonce)) : bytes;
  response.writeHead(200, { ...headers, 'content-type': contentType(path), 'content-length': body.byteLength }).end(body);
}

function fileOf(folder: string, pathname: string): string | undefined {
  try {
    const name = decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
    const path = join(folder, name);
    return name.includes('\0') || !path.startsWith(folder + sep) ? undefined : path;
  } catch {
    return undefined;
  }
}
