import { MessageChannel } from 'node:worker_threads';
import { httpTransport } from '../../shared/contract/http-transport.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import { callHandler, portTransport, servePort } from '../../shared/contract/port-rpc.ts';
import { abortedError } from '../../shared/model/data-error.ts';
import type { Session } from '../../main/host/session.ts';
import { threadPort } from '../../main/host/thread-port.ts';
import { startServer } from '../../main/server/server.ts';

export interface Connected {
  readonly transport: Transport;
  disconnect(): Promise<void>;
}

/** The three ways to a session. */
export const CHANNELS = {
  direct: async (session: Session) => ({ transport: directTransport(session), disconnect: async () => undefined }),
  port: async (session: Session) => {
    const { port1, port2 } = new MessageChannel();
    const end = servePort(threadPort(port1), session.handlers, session.subscribe);
    const transport = portTransport(threadPort(port2));
    return {
      transport,
      disconnect: async () => {
        transport.close();
        end();
      },
    };
  },
  http: async (session: Session) => {
    const server = await startServer({ session, token: 'secret', port: 0, rendererDir: 'no-such-folder' });
    const transport = httpTransport(new URL(server.url).origin, 'secret');
    return {
      transport,
      disconnect: async () => {
        transport.close();
        await server.close();
      },
    };
  },
} satisfies Record<string, (session: Session) => Promise<Connected>>;

function directTransport(session: Session): Transport {
  return {
    call: async (method, params, { signal = new AbortController().signal, arrays = [] } = {}) => {
      if (signal.aborted) throw abortedError();
      return (await callHandler(session.handlers, method, params, { signal, arrays })) as never;
    },
    on: (event, listener) =>
      session.subscribe((message) => {
        if (message.event === event) listener(message.value as never);
      }),
    close: () => undefined,
  };
}
