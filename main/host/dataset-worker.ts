import './dispose-symbols.ts';
import './node-hdf5.ts';
import './node-inflate.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { servePort } from '../../shared/contract/port-rpc.ts';
import { setHdf5Plugins } from '../codecs/hdf5/library.ts';
import { createSession } from './session.ts';
import { threadPort } from './thread-port.ts';
import type { BudgetMessage, WorkerPlace, WorkerSetup } from './worker-thread.ts';

// Entry of a worker thread: a session of its own that holds one dataset.
if (!parentPort) throw new Error('dataset-worker runs as a worker thread only');
const { root, budget, plugins } = workerData as WorkerSetup & WorkerPlace;
setHdf5Plugins(plugins);
const session = createSession({ inThread: true, budget, ...(root === undefined ? {} : { root }) });
servePort(threadPort(parentPort), session.handlers, session.subscribe);
parentPort.on('message', (message: BudgetMessage | { readonly kind: 'call' | 'cancel' }) => {
  if (message.kind === 'budget') session.setBudget(message.bytes);
});
