import type { ServerResponse } from 'node:http';
import type { Subscribe } from '../../shared/contract/events.ts';
import { encodeJson } from '../../shared/contract/json.ts';

/** A comment so often keeps the connection alive and notices clients that went away. */
const KEEP_ALIVE_MS = 15_000;
/** Events wait unsent at most up to here; a client that reads more slowly loses some, since later ones say the same anew. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Answers GET /events: a stream of lines `data: JSON` until the client goes. */
export function answerEvents(response: ServerResponse, subscribe: Subscribe): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.write(':\n\n');
  const unsubscribe = subscribe((message) => {
    if (response.writableLength < MAX_WAITING_BYTES) response.write(`data: ${encodeJson(message)}\n\n`);
  });
  const timer = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS);
  response.on('close', () => {
    clearInterval(timer);
    unsubscribe();
  });
}
