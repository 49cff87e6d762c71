import type { Transport } from '../../shared/contract/methods.ts';
import { httpTransport } from '../../shared/contract/http-transport.ts';
import { domPort } from '../../shared/contract/dom-port.ts';
import { portTransport } from '../../shared/contract/port-rpc.ts';
import type { PortMessage, PortName } from '../../preload/api.ts';
import { desktop } from './desktop.ts';
import { serverAddress } from './server-address.ts';

/** What a draw worker connects with: a port of its own on the desktop, the server's address in a browser. */
export type DrawChannel =
  | { readonly kind: 'port'; readonly port: MessagePort }
  | { readonly kind: 'http'; readonly base: string; readonly token: string };

let current: Promise<Transport> | undefined;
const listeners = new Set<(transport: Transport) => void>();

/** The page's way to the host: one for all callers, until the host ends. */
export function connection(): Promise<Transport> {
  current ??= connect();
  return current;
}

/** A fresh channel; each caller gets its own. */
export async function drawChannel(): Promise<DrawChannel> {
  if (desktop) return { kind: 'port', port: await requestPort('frames') };
  return { kind: 'http', ...serverAddress() };
}

/** Called with the first transport and with every one after the host was started again. Returns the unsubscriber. */
export function onConnected(listener: (transport: Transport) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The host is a new one: the old transport fails its open calls, and the next `connection` leads to the new host. */
export async function reconnect(): Promise<Transport> {
  const old = current;
  current = undefined;
  (await old?.catch(() => undefined))?.close();
  return connection();
}

async function connect(): Promise<Transport> {
  const transport = desktop
    ? portTransport(domPort(await requestPort('control')))
    : httpTransport(serverAddress().base, serverAddress().token);
  for (const listener of listeners) listener(transport);
  return transport;
}

let requests = 0;

/** The port comes as a message of the window: the listener is there before the port is asked for. */
function requestPort(name: PortName): Promise<MessagePort> {
  requests += 1;
  const id = `${name}-${requests}`;
  return new Promise((resolve) => {
    const listener = (event: MessageEvent<PortMessage | undefined>): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data?.tag !== 'streakline-port' || event.data.id !== id || !port) return;
      window.removeEventListener('message', listener);
      resolve(port);
    };
    window.addEventListener('message', listener);
    desktop?.requestPort(name, id);
  });
}
