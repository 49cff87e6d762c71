import { abortedError, DataError, fromErrorRecord, toDataError, type ErrorRecord } from '../model/data-error.ts';
import { eventTargets, type EventMessage } from './events.ts';
import { decodeJson } from './json.ts';
import { linkAbort } from './linked-abort.ts';
import type { Reply, Transport } from './methods.ts';
import type { Payload, WireArray } from './payload.ts';
import { decodeWire, encodeWire } from './wire.ts';

/** Meta of a request envelope. */
export interface HttpCall {
  readonly method: string;
  readonly params: unknown;
}

/** Meta of a reply envelope. */
export type HttpReply = { readonly meta: unknown } | { readonly error: ErrorRecord };

/** Names the page that calls, so that its datasets can be closed when it is gone. */
export const CLIENT_HEADER = 'x-streakline-client';

/** Pause before the event stream is asked for again after it broke off. */
const RECONNECT_MS = 1000;

/** The calling side over HTTP: POST call with a binary envelope, events as a stream. Works in pages, workers and Node. */
export function httpTransport(base: string, token: string): Transport {
  const events = eventTargets();
  const closing = new AbortController();
  const headers = { authorization: `Bearer ${token}`, [CLIENT_HEADER]: clientName() };
  const root = base.replace(/\/$/, '');
  let listening = false;

  const listen = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await readEvents(`${root}/events`, headers, closing.signal, events.fire).catch(() => undefined);
      if (!closing.signal.aborted) await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  };
  return {
    call: async (method, params, { signal, arrays = [] } = {}) => {
      if (closing.signal.aborted) throw disconnected();
      if (signal?.aborted) throw abortedError();
      const linked = linkAbort([closing.signal, signal]);
      try {
        const payload = await post(`${root}/call`, headers, { method, params }, arrays, linked.signal);
        // The served side answers a method with its own reply type: that is the contract that both sides compile against.
        return payload as Payload<Reply<typeof method>>;
      } catch (error) {
        if (signal?.aborted) throw abortedError();
        throw closing.signal.aborted ? disconnected() : toDataError(error);
      } finally {
        linked.unlink();
      }
    },
    on: (event, listener) => {
      if (!listening) void listen();
      listening = true;
      return events.on(event, listener);
    },
    close: () => closing.abort(),
  };
}

function clientName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  call: HttpCall,
  arrays: readonly WireArray[],
  signal: AbortSignal,
): Promise<Payload> {
  const response = await fetch(url, {
    method: 'POST',
    signal,
    body: encodeWire({ meta: call, arrays }),
    headers: { ...headers, 'content-type': 'application/octet-stream' },
  }).catch((error: unknown) => {
    throw new DataError('io', 'The server does not answer.', { cause: error, hint: 'Is it still running?' });
  });
  if (response.headers.get('content-type') !== 'application/octet-stream') throw await refused(response);
  const { meta, arrays: received } = decodeWire(new Uint8Array(await response.arrayBuffer()));
  const reply = meta as HttpReply;
  if ('error' in reply) throw fromErrorRecord(reply.error);
  return { meta: reply.meta, arrays: received };
}

/** What the server said before it looked at the call: wrong token, too large and the like. */
async function refused(response: Response): Promise<DataError> {
  const text = (await response.text()).trim() || response.statusText;
  const code = response.status === 401 || response.status === 403 ? 'access-denied' : response.status === 413 ? 'too-large' : 'io';
  return new DataError(code, `The server refused the call (${response.status}): ${text}`);
}

/** Reads the stream of events until it ends: lines `data: JSON`, others are there to keep the connection alive. */
async function readEvents(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  fire: (message: EventMessage) => void,
): Promise<void> {
  const response = await fetch(url, { headers, signal });
  if (!response.ok || !response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: ')) fire(decodeJson(line.slice('data: '.length)) as EventMessage);
  }
}

function disconnected(): DataError {
  return new DataError('closed', 'The connection to the server is closed.');
}
