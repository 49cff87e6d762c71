import type { ConvertResult, JobState } from '../../shared/contract/conversions.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import { portTransport } from '../../shared/contract/port-rpc.ts';
import { abortedError, DataError, fromErrorRecord } from '../../shared/model/data-error.ts';
import type { OpenRequest } from './dataset-opener.ts';
import { openThrough } from './open-through.ts';
import type { WriteRequest, WriteWork } from './write-request.ts';
import type { StartWorker } from './worker-thread.ts';

/** A conversion reads each buffer once and keeps none. */
const BUDGET_BYTES = 0;

/** Opens the dataset once more in a thread of its own, which ends with the work: views of the same dataset go on undisturbed. */
export async function inOwnWorker<T>(
  startWorker: StartWorker,
  request: OpenRequest,
  o: { readonly root?: string | undefined; readonly signal: AbortSignal },
  work: (transport: Transport, dataset: DatasetId) => Promise<T>,
): Promise<T> {
  const thread = startWorker({ ...(o.root === undefined ? {} : { root: o.root }), budget: BUDGET_BYTES });
  const transport = portTransport(thread.port);
  const crashed = new Promise<never>((_resolve, reject) => {
    thread.onExit((reason) => reject(new DataError('internal', `The thread that writes ended unexpectedly (${reason}).`)));
  });
  crashed.catch(() => undefined);
  try {
    const opening = openThrough(transport, request, o.signal).then(({ meta }) => work(transport, meta.id));
    return await Promise.race([opening, crashed]);
  } finally {
    transport.close();
    await thread.terminate();
  }
}

/** Runs a conversion through a session that has no other job. A cancelled one is waited for, so that it can clean up. */
export async function convertThrough(
  transport: Transport,
  dataset: DatasetId,
  request: WriteRequest,
  { signal, progress }: WriteWork,
): Promise<ConvertResult> {
  let stop: () => void = () => undefined;
  const ended = new Promise<JobState>((resolve) => {
    stop = transport.on('job', (state) => {
      progress(state.done, state.total);
      if (state.state !== 'running') resolve(state);
    });
  });
  let cancel: () => void = () => undefined;
  try {
    const { id } = (await transport.call('convert', { ...request, dataset })).meta;
    cancel = () => void transport.call('cancelJob', { job: id }).catch(() => undefined);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    const { result, error } = await ended;
    if (result) return result;
    throw error ? fromErrorRecord(error) : abortedError();
  } finally {
    signal.removeEventListener('abort', cancel);
    stop();
  }
}
