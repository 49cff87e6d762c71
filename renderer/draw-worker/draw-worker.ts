import { domPort } from '../../shared/contract/dom-port.ts';
import { httpTransport } from '../../shared/contract/http-transport.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import { portTransport } from '../../shared/contract/port-rpc.ts';
import type { DrawChannel } from '../client/connection.ts';
import { hostAccess, type HostAccess } from './host-access.ts';
import type { DrawAnswer, DrawRequest } from './messages.ts';
import { particleAccess, type ParticleAccess } from './particles/particle-access.ts';
import { createSurface } from './surface.ts';
import { thumbnailQueue } from './thumbnail-queue.ts';
import { viewPicture, type Hosts, type ViewPicture } from './view-picture.ts';

/*
 * Entry of the draw worker: one for all views. Fields come from the host over a channel of its own, so frames never touch the page's
 * thread.
 */

/** The worker's side of the messages; this program is compiled with the page's types, which know a window only. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<DrawRequest>) => void) | null;
  postMessage(answer: DrawAnswer): void;
}

const scope = globalThis as unknown as WorkerScope;
const drawers = new Map<string, ViewPicture>();
const thumbnails = thumbnailQueue((id, blob) => scope.postMessage({ type: 'thumbnail', id, ...(blob ? { blob } : {}) }));
let transport: Transport | undefined;
/** What a channel gives; views that are there before it wait for it. */
interface Access {
  readonly frames: HostAccess;
  readonly particles: ParticleAccess;
}

let announce: (made: Access) => void = () => undefined;
let access = new Promise<Access>((resolve) => {
  announce = resolve;
});
const hosts: Hosts = { frames: async () => (await access).frames, particles: async () => (await access).particles };

scope.onmessage = ({ data }) => receive(data);

function receive(message: DrawRequest): void {
  switch (message.type) {
    case 'connect':
      return connect(message.channel);
    case 'attach':
      return void drawers.set(
        message.view,
        viewPicture(message.view, createSurface(message.canvas), hosts, (answer) => scope.postMessage(answer)),
      );
    case 'detach':
      return detach(message.view);
    case 'show':
      thumbnails.yield();
      return drawers.get(message.view)?.show(message.serial, message.spec);
    case 'cancel':
      return drawers.get(message.view)?.cancel();
    case 'refresh':
      return void refresh(message.dataset);
    case 'picture':
      return void sendPicture(message.view, message.id);
    case 'pick':
      return void sendPicked(message);
    case 'tracks':
      return void sendTracks(message);
    case 'thumbnail':
      return thumbnails.add(message.id, message.spec);
    case 'drop-thumbnail':
      return thumbnails.drop(message.id);
  }
}

/** Also after the host was started again: every view then fetches anew. */
function connect(channel: DrawChannel): void {
  const old = transport;
  transport = channel.kind === 'port' ? portTransport(domPort(channel.port)) : httpTransport(channel.base, channel.token);
  const made: Access = { frames: hostAccess(transport), particles: particleAccess(transport) };
  thumbnails.connect(hostAccess(transport, { glance: true }), made.particles);
  announce(made);
  access = Promise.resolve(made);
  for (const drawer of drawers.values()) drawer.refresh();
  old?.close();
}

function detach(view: string): void {
  drawers.get(view)?.close();
  drawers.delete(view);
}

async function refresh(dataset: string): Promise<void> {
  (await access).frames.forget(dataset);
  for (const drawer of drawers.values()) if (drawer.dataset() === dataset) drawer.refresh();
}

async function sendPicture(view: string, id: number): Promise<void> {
  const blob = await drawers.get(view)?.picture();
  scope.postMessage({ type: 'picture', id, ...(blob ? { blob } : {}) });
}

async function sendTracks({ view, id }: Extract<DrawRequest, { type: 'tracks' }>): Promise<void> {
  const mask = await drawers.get(view)?.tracks();
  scope.postMessage({ type: 'tracks', id, ...(mask ? { mask } : {}) });
}

async function sendPicked({ view, id, x, y }: Extract<DrawRequest, { type: 'pick' }>): Promise<void> {
  // What cannot be read cannot be picked: why is told where the step is shown.
  const particle = await drawers
    .get(view)
    ?.pick(x, y)
    .catch(() => undefined);
  scope.postMessage({ type: 'picked', id, ...(particle ? { particle } : {}) });
}
