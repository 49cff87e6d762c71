import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CLIENT_HEADER } from '../../shared/contract/http-transport.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { Session } from '../host/session.ts';
import { answerCall } from './answer-call.ts';
import { answerEvents } from './answer-events.ts';
import { answerFile } from './answer-file.ts';
import { createClients, GONE_AFTER_MS, type Clients } from './clients.ts';
import { checkAddress, checkToken, type Refusal } from './request-checks.ts';

/** Other machines do not get in: data are served to this one only. */
const ADDRESS = '127.0.0.1';

export interface ServerOptions {
  readonly session: Pick<Session, 'handlers' | 'subscribe'>;
  readonly token: string;
  /** 0 = any free one. */
  readonly port: number;
  /** The built page. */
  readonly rendererDir: string;
  /** What the page opens first, told by GET /start. */
  readonly start?: StartFacts;
  /** Milliseconds after which a page that stopped listening is gone, and its datasets are closed. */
  readonly goneAfter?: number;
}

export interface StartFacts {
  readonly paths: readonly string[];
  /** Folder of the example project. */
  readonly example?: string;
}

export interface RunningServer {
  /** Address of the page with the token, which the page takes over and hides. */
  readonly url: string;
  /** Ends all connections and what is worked on for them; the session stays. */
  close(): Promise<void>;
}

/** Serves a session and the page to browsers on this machine. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const clients = createClients(options.session.handlers, options.goneAfter ?? GONE_AFTER_MS);
  const server = createServer((request, response) => {
    answer(request, response, { ...options, clients, bound: portOf(server) }).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await listen(server, options.port);
  return {
    url: `http://${ADDRESS}:${portOf(server)}/?token=${encodeURIComponent(options.token)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          clients.close();
          resolve();
        });
        // closeAllConnections, which Node 16 lacks.
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Serving = ServerOptions & { readonly clients: Clients /** The port in use. */; readonly bound: number };

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { session, token, rendererDir, clients, start = { paths: [] } } = serving;
  const route = `${request.method} ${pathOf(request)}`;
  const isApi = ['POST /call', 'GET /events', 'GET /start'].includes(route);
  const refusal = checkAddress(request, serving.bound) ?? (isApi ? checkToken(request, token) : undefined);
  if (refusal) return refuse(response, refusal);
  if (route === 'POST /call') return answerCall(request, response, clients.handlersOf(clientName(request)));
  if (route === 'GET /events') {
    response.on('close', clients.attend(clientName(request)));
    return answerEvents(response, session.subscribe);
  }
  if (route === 'GET /start') return answerJson(response, start);
  if (request.method === 'GET') return answerFile(response, rendererDir, pathOf(request));
  response.writeHead(405, { allow: 'GET', 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end('Only GET here.');
}

function clientName(request: IncomingMessage): string | undefined {
  const name = request.headers[CLIENT_HEADER];
  return typeof name === 'string' ? name : undefined;
}

/** Without the query; what is sent is not resolved any further, so that '..' is seen where files are looked up. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

function answerJson(response: ServerResponse, value: unknown): void {
  response
    .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' })
    .end(JSON.stringify(value));
}

function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', connection: 'close' })
    .end(reason);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        new DataError(taken ? 'exists' : 'io', taken ? `Port ${port} is in use.` : `Port ${port} cannot be used: ${error.message}.`, {
          field: 'port',
          hint: 'Leave --port out for any free one.',
          cause: error,
        }),
      );
    });
    server.listen(port, ADDRESS, resolve);
  });
}
