import type { Handlers } from '../../shared/contract/methods.ts';
import { ownedHandlers } from '../host/owned-handlers.ts';

/** Pages by the name that each gives itself; what a page opened is closed when it is gone. */
export interface Clients {
  /** The handlers for calls of a client; those of nobody in particular where the name is absent or no name. */
  handlersOf(name: string | undefined): Handlers;
  /** A client listens to events, which a page does as long as it is there; to be called when that ends. */
  attend(name: string | undefined): () => void;
  close(): void;
}

interface Client {
  readonly owned: ReturnType<typeof ownedHandlers>;
  streams: number;
  timer?: ReturnType<typeof setTimeout>;
}

/** A page that does not listen for so long is gone; a stream that broke off is asked for again much sooner. */
export const GONE_AFTER_MS = 60_000;
const NAME = /^[\w-]{8,64}$/;

export function createClients(handlers: Handlers, goneAfter: number): Clients {
  const clients = new Map<string, Client>();
  let closed = false;
  const find = (name: string | undefined): Client | undefined => {
    if (name === undefined || !NAME.test(name)) return undefined;
    const known = clients.get(name) ?? { owned: ownedHandlers(handlers), streams: 0 };
    clients.set(name, known);
    return known;
  };
  return {
    handlersOf: (name) => find(name)?.owned.handlers ?? handlers,
    attend: (name) => {
      const client = find(name);
      if (!client) return () => undefined;
      client.streams += 1;
      clearTimeout(client.timer);
      return () => {
        client.streams -= 1;
        // Streams that end because the server does are told after it has closed: a timer would keep the program alive.
        if (closed || client.streams > 0) return;
        client.timer = setTimeout(() => {
          clients.delete(name ?? '');
          client.owned.release();
        }, goneAfter);
      };
    },
    close: () => {
      closed = true;
      for (const { timer } of clients.values()) clearTimeout(timer);
    },
  };
}
