import './dispose-symbols.ts';
import './node-inflate.ts';
import { join } from 'node:path';
import { servePort } from '../../shared/contract/port-rpc.ts';
import { electronPort, type ElectronPort } from './electron-port.ts';
import { ownedHandlers } from './owned-handlers.ts';
import { createSession } from './session.ts';
import { startWorkerAt } from './worker-thread.ts';

/** The parent port of Electron's utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void): unknown;
}

/** About a picture at the size of a view. */
const WARM_BYTES = 4 * 1024 * 1024;

// Entry of the utility process: one session, and every port that main sends is served with it. ES modules cannot be loaded out of the archive.
const workerFile = join(__dirname, 'dataset-worker.mjs').replace('app.asar', 'app.asar.unpacked');
const session = createSession({ startWorker: startWorkerAt(workerFile) });
const { parentPort } = process as unknown as { readonly parentPort: ParentPort };
parentPort.on('message', ({ data, ports }) => {
  const [port] = ports;
  if (!port) return;
  const owned = ownedHandlers(session.handlers);
  const end = servePort(electronPort(port), owned.handlers, session.subscribe);
  port.on('close', () => {
    end();
    owned.release();
  });
  // The first large message over a port takes three times as long as later ones; nobody waits for this one, and its kind means nothing.
  if ((data as { readonly name?: unknown }).name === 'frames') port.postMessage({ kind: 'warm', data: new Uint8Array(WARM_BYTES) });
});
