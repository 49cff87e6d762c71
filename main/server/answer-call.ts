import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpCall, HttpReply } from '../../shared/contract/http-transport.ts';
import type { Handlers } from '../../shared/contract/methods.ts';
import type { Payload } from '../../shared/contract/payload.ts';
import { callHandler } from '../../shared/contract/port-rpc.ts';
import { decodeWire, encodeParts } from '../../shared/contract/wire.ts';
import { DataError, toErrorRecord } from '../../shared/model/data-error.ts';

/** Largest request: dropped files travel in one. */
export const MAX_REQUEST_BYTES = 1024 * 1024 * 1024;

/** Answers POST /call. A client that goes away aborts the work. */
export async function answerCall(request: IncomingMessage, response: ServerResponse, handlers: Handlers): Promise<void> {
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  try {
    const body = await readBody(request, MAX_REQUEST_BYTES);
    if (!body) {
      refuseBody(response);
      return;
    }
    const { meta, arrays } = decodeWire(body);
    const { method, params } = parseCall(meta);
    const reply = await callHandler(handlers, method, params, { signal: controller.signal, arrays });
    send(response, { meta: { meta: reply.meta } satisfies HttpReply, arrays: reply.arrays });
  } catch (error) {
    send(response, { meta: { error: toErrorRecord(error) } satisfies HttpReply, arrays: [] });
  }
}

function parseCall(meta: unknown): HttpCall {
  const { method, params } = (typeof meta === 'object' && meta !== null ? meta : {}) as { method?: unknown; params?: unknown };
  if (typeof method !== 'string') throw new DataError('invalid-option', 'The call names no method.', { field: 'method' });
  return { method, params };
}

function refuseBody(response: ServerResponse): void {
  // What the client still sends is not read: the connection ends with the answer.
  response.writeHead(413, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`A request may have ${MAX_REQUEST_BYTES} bytes.`);
}

/** The whole body in one array; undefined where it is larger than the limit. Memory is taken as bytes arrive, not as they are promised. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  const body = new Uint8Array(size);
  let position = 0;
  for (const chunk of chunks) {
    body.set(chunk, position);
    position += chunk.byteLength;
  }
  return body;
}

function send(response: ServerResponse, payload: Payload): void {
  if (response.destroyed) return;
  const parts = encodeParts(payload);
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  for (const part of parts) response.write(part);
  response.end();
}
