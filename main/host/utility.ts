import './dispose-symbols.ts';
import './node-inflate.ts';
import { join } from 'node:path';
import { servePort } from '../../shared/contract/port-rpc.ts';
import { electronPort, type ElectronPort } from './electron-port.ts';
import { createSession } from './session.ts';
import { startWorkerAt } from './worker-thread.ts';

/** The parent port of Electron's utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void): unknown;
}

// Entry of the utility process: one session, and every port that main sends is served with it. ES modules cannot be loaded out of the archive.
const workerFile = join(__dirname, 'dataset-worker.mjs').replace('app.asar', 'app.asar.unpacked');
const session = createSession({ startWorker: startWorkerAt(workerFile) });
const { parentPort } = process as unknown as { readonly parentPort: ParentPort };
parentPort.on('message', ({ ports }) => {
  const [port] = ports;
  if (!port) return;
  const end = servePort(electronPort(port), session.handlers, session.subscribe);
  port.on('close', end);
});
