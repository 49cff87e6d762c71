import { DataError, toErrorRecord } from '../../shared/model/data-error.ts';
import type { Methods, Transport } from '../../shared/contract/methods.ts';
import type { CacheUsage, OpenedDataset } from '../../shared/contract/opened.ts';
import type { Payload } from '../../shared/contract/payload.ts';
import { portTransport } from '../../shared/contract/port-rpc.ts';
import type { DatasetOpener, OpenContext, OpenRequest } from './dataset-opener.ts';
import type { DatasetMethod, DatasetService } from './dataset-service.ts';
import { openThrough } from './open-through.ts';
import type { BudgetMessage, StartWorker, WorkerThread } from './worker-thread.ts';
import { convertThrough, inOwnWorker } from './write-in-worker.ts';

/** How long a worker may take to close its files before it is ended all the same. */
const CLOSE_MS = 1000;

interface Running {
  readonly transport: Transport;
  readonly opened: OpenedDataset;
  /** Why the thread ended by itself; undefined while it runs. */
  crash(): DataError | undefined;
}

/** Opens each dataset in a worker thread of its own. A worker that ends by itself is replaced and the dataset opened again. */
export function openInWorkers(startWorker: StartWorker): DatasetOpener {
  return async (request, context) => {
    const dataset = workerDataset(startWorker, request, context);
    const { id: _inner, ...opened } = await dataset.start(context.signal);
    return { opened, service: dataset };
  };
}

type WorkerDataset = DatasetService & { start(signal: AbortSignal): Promise<OpenedDataset> };

function workerDataset(startWorker: StartWorker, request: OpenRequest, context: OpenContext): WorkerDataset {
  let running: Promise<Running> | undefined;
  let thread: WorkerThread | undefined;
  let closed = false;
  let budget = context.budget;
  let usage: Omit<CacheUsage, 'dataset'> = { bytes: 0, budget, ranges: [] };
  let title = 'path' in request ? request.path : (request.names[0] ?? '');

  const begin = async (signal?: AbortSignal): Promise<Running> => {
    const fresh = startWorker({ ...(context.root === undefined ? {} : { root: context.root }), budget });
    thread = fresh;
    const transport = portTransport(fresh.port);
    let crash: DataError | undefined;
    fresh.onExit((reason) => {
      crash = new DataError('internal', `The reader of ${title} ended unexpectedly (${reason}).`, {
        path: title,
        hint: 'It is started again.',
      });
      transport.close();
      if (!closed && thread === fresh) void restart(crash);
    });
    transport.on('cache', ({ bytes, budget: granted, ranges }) => {
      usage = { bytes, budget: granted, ranges };
      context.onUsage();
    });
    transport.on('changed', ({ info, rewritten }) => context.onChanged({ info, rewritten }));
    transport.on('bufferWork', ({ dataset: _inner, ...work }) => context.onBufferWork(work));
    transport.on('tableProgress', ({ name, done, total }) => context.onTableProgress({ name, done, total }));
    try {
      const { meta: opened } = await openThrough(transport, request, signal);
      title = opened.info.title;
      return { transport, opened, crash: () => crash };
    } catch (error) {
      transport.close();
      await fresh.terminate();
      throw crash ?? error;
    }
  };
  const restart = async (error: DataError): Promise<void> => {
    usage = { bytes: 0, budget, ranges: [] };
    // The first crash may come while opening: then who opens is told, and nothing is to be healed.
    if (!running) return;
    running = begin();
    await running.then(
      ({ opened }) => {
        context.onChanged({ info: opened.info, rewritten: [] });
        context.onRestart(toErrorRecord(error));
      },
      () => undefined,
    );
  };
  /** The worker in service; one more try where the last restart failed. */
  const current = async (): Promise<Running> => {
    if (closed || !running) throw closedError(title);
    try {
      return await running;
    } catch {
      running = begin();
      return running;
    }
  };
  return {
    start: async (signal) => {
      const first = await begin(signal);
      running = Promise.resolve(first);
      return first.opened;
    },
    call: async <M extends DatasetMethod>(
      method: M,
      params: Methods[M]['params'],
      signal: AbortSignal,
    ): Promise<Payload<Methods[M]['reply']>> => {
      const { transport, opened, crash } = await current();
      try {
        return await transport.call(method, { ...params, dataset: opened.id }, { signal });
      } catch (error) {
        if (closed) throw closedError(title);
        // A call that a crash cut off fails by the crash, not by the closed port.
        throw crash() ?? error;
      }
    },
    write: (conversion, work) =>
      inOwnWorker(startWorker, request, { root: context.root, signal: work.signal }, (transport, dataset) =>
        convertThrough(transport, dataset, conversion, work),
      ),
    tryWriting: (conversion, signal) =>
      inOwnWorker(
        startWorker,
        request,
        { root: context.root, signal },
        async (transport, dataset) => (await transport.call('convertLosses', { ...conversion, dataset }, { signal })).meta.losses,
      ),
    setBudget: (bytes) => {
      budget = bytes;
      usage = { ...usage, budget };
      thread?.port.post({ kind: 'budget', bytes } satisfies BudgetMessage);
    },
    usage: () => usage,
    close: async () => {
      if (closed) return;
      closed = true;
      const last = await running?.catch(() => undefined);
      if (last) await Promise.race([last.transport.call('close', { dataset: last.opened.id }).catch(() => undefined), delay(CLOSE_MS)]);
      last?.transport.close();
      await thread?.terminate();
    },
  };
}

function closedError(title: string): DataError {
  return new DataError('closed', `${title} is closed.`);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
