import { abortedError, DataError, fromErrorRecord, toDataError, toErrorRecord, type ErrorRecord } from '../model/data-error.ts';
import { eventTargets, type EventMessage, type Subscribe } from './events.ts';
import { exactArray, transferList } from './exact-arrays.ts';
import type { Handlers, Method, Params, Reply, Transport } from './methods.ts';
import type { Payload, WireArray } from './payload.ts';
import type { Port } from './port.ts';

export type { Port } from './port.ts';

/** What travels: calls and cancels one way; results, errors and events the other. Other messages on the port are none of ours. */
type Request =
  | { readonly kind: 'call'; readonly id: number; readonly method: Method; readonly params: unknown; readonly arrays: readonly WireArray[] }
  | { readonly kind: 'cancel'; readonly id: number };
type Answer =
  | { readonly kind: 'result'; readonly id: number; readonly meta: unknown; readonly arrays: readonly WireArray[] }
  | { readonly kind: 'error'; readonly id: number; readonly error: ErrorRecord }
  | ({ readonly kind: 'event' } & EventMessage);

interface Pending {
  resolve(payload: Payload): void;
  reject(error: DataError): void;
}

/** The calling side of a port. Arrays of a request are given away: where the port can, they move instead of being copied. */
export function portTransport(port: Port): Transport {
  const pending = new Map<number, Pending>();
  const events = eventTargets();
  let lastId = 0;
  let open = true;
  const take = (id: number): Pending | undefined => {
    const found = pending.get(id);
    pending.delete(id);
    return found;
  };
  port.onMessage((message) => {
    if (!isMessage(message)) return;
    const answer = message as Answer;
    if (answer.kind === 'result') take(answer.id)?.resolve({ meta: answer.meta, arrays: answer.arrays });
    else if (answer.kind === 'error') take(answer.id)?.reject(fromErrorRecord(answer.error));
    else if (answer.kind === 'event') events.fire(answer);
  });
  const send = <M extends Method>(
    method: M,
    params: Params<M>,
    arrays: readonly WireArray[],
    signal: AbortSignal | undefined,
  ): Promise<Payload> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      const cancel = (): void => {
        // The caller is told at once; what the other side still answers finds nobody.
        take(id)?.reject(abortedError());
        if (open) port.post({ kind: 'cancel', id } satisfies Request);
      };
      const settle = (): void => signal?.removeEventListener('abort', cancel);
      pending.set(id, {
        resolve: (payload) => {
          settle();
          resolve(payload);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      signal?.addEventListener('abort', cancel, { once: true });
      const exact = arrays.map(exactArray);
      try {
        port.post({ kind: 'call', id, method, params, arrays: exact } satisfies Request, transferList(exact));
      } catch (error) {
        take(id)?.reject(toDataError(error));
      }
    });
  return {
    call: async (method, params, options = {}) => {
      if (!open) throw disconnected();
      if (options.signal?.aborted) throw abortedError();
      // The served side answers a method with its own reply type: that is the contract that both sides compile against.
      return (await send(method, params, options.arrays ?? [], options.signal)) as Payload<Reply<typeof method>>;
    },
    on: events.on,
    close: () => {
      if (!open) return;
      open = false;
      port.close();
      for (const id of [...pending.keys()]) take(id)?.reject(disconnected());
    },
  };
}

function disconnected(): DataError {
  return new DataError('closed', 'The connection to the reading process is closed.');
}

/**
 * The served side of a port; returns the function that ends it and aborts what it still works on. Handlers parse the parameters themselves
 * (checkedHandlers); here only the name of the method is checked. Replies belong to the caller, so their buffers are given away.
 */
export function servePort(port: Port, handlers: Handlers, subscribe: Subscribe): () => void {
  const working = new Map<number, AbortController>();
  let open = true;
  const post = (answer: Answer, transfer: readonly ArrayBuffer[] = []): void => {
    if (open) port.post(answer, transfer);
  };
  const serve = async (request: Extract<Request, { kind: 'call' }>): Promise<void> => {
    const { id } = request;
    const controller = new AbortController();
    working.set(id, controller);
    try {
      const { meta, arrays } = await callHandler(handlers, request.method, request.params, {
        signal: controller.signal,
        arrays: request.arrays,
      });
      if (controller.signal.aborted) throw abortedError();
      const exact = arrays.map(exactArray);
      post({ kind: 'result', id, meta, arrays: exact }, transferList(exact));
    } catch (error) {
      post({ kind: 'error', id, error: toErrorRecord(error) });
    } finally {
      working.delete(id);
    }
  };
  port.onMessage((message) => {
    if (!isMessage(message)) return;
    const request = message as Request;
    if (request.kind === 'call') void serve(request);
    else if (request.kind === 'cancel') working.get(request.id)?.abort();
  });
  const unsubscribe = subscribe((message) => post({ kind: 'event', ...message }));
  return () => {
    open = false;
    unsubscribe();
    for (const controller of working.values()) controller.abort();
    port.close();
  };
}

function isMessage(message: unknown): message is { readonly kind: unknown } {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

type Call = Parameters<Handlers[Method]>[1];

/** Calls a handler by a name that came from outside; `invalid-option` for an unknown one. */
export async function callHandler(handlers: Handlers, method: string, params: unknown, call: Call): Promise<Payload> {
  if (!Object.hasOwn(handlers, method)) throw new DataError('invalid-option', `There is no method '${method}'.`, { field: 'method' });
  // The parameters have any shape here; checkedHandlers parse them before they are used.
  const handler = handlers[method as Method] as (params: unknown, call: Call) => Promise<Payload>;
  return handler(params, call);
}
