import { homedir } from 'node:os';
import type { ConvertRequest, JobState, WriterDescription } from '../../shared/contract/conversions.ts';
import type { Handlers, Methods } from '../../shared/contract/methods.ts';
import type { CacheUsage, DatasetId, OpenedDataset } from '../../shared/contract/opened.ts';
import type { EventListener, EventMessage, Subscribe } from '../../shared/contract/events.ts';
import { checkedHandlers } from '../../shared/contract/params.ts';
import { metaOnly, type Payload } from '../../shared/contract/payload.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameDataset } from '../../shared/model/dataset.ts';
import { FORMATS } from '../formats/registry.ts';
import { openHere, type OpenedService, type OpenRequest } from './dataset-opener.ts';
import { shareBytes, type DroppedFiles } from './dropped-files.ts';
import { datasetService, type DatasetMethod } from './dataset-service.ts';
import type { DatasetNews } from './dataset-news.ts';
import { describeFormat } from './format-description.ts';
import { listFolder } from './folder-listing.ts';
import { probePath } from './open-path.ts';
import { jobList } from './job-list.ts';
import { spareWorkers } from './spare-worker.ts';
import { throttled } from './throttled.ts';
import { openInWorkers } from './worker-dataset.ts';
import type { StartWorker } from './worker-thread.ts';
import { checkConversion, describeWriters } from './writer-choice.ts';

const MEGABYTE = 1024 * 1024;
/** Memory for opened buffers of all datasets together. */
export const DEFAULT_BUDGET_BYTES = 2048 * MEGABYTE;
/** Part of the budget that buffers get where workers read them: the worker that waits, and what is on its way, take the rest. */
const BUFFERS_PART = 0.98;
/** Cache events are told at most this often. */
const USAGE_EVERY_MS = 100;

export type SessionOptions = {
  /** Folder that must not be left. */
  readonly root?: string;
  /** Bytes for opened buffers, shared out evenly among the open datasets. */
  readonly budget?: number;
} & ({ readonly inThread: true } | { readonly startWorker: StartWorker });

/** Open datasets and the calls about them; the same behind every transport. */
export interface Session {
  /** Parameters are parsed first, so anything may be passed on to them. */
  readonly handlers: Handlers;
  readonly subscribe: Subscribe;
  /** Takes a dataset that was made in this process: results, previews, tests. */
  add(dataset: FrameDataset): OpenedDataset;
  setBudget(bytes: number): void;
  /** Closes all datasets. */
  close(): Promise<void>;
}

export function createSession(options: SessionOptions): Session {
  const { root } = options;
  const workers = 'startWorker' in options ? spareWorkers(options.startWorker, root) : undefined;
  const open = workers ? openInWorkers(workers.start) : openHere;
  const datasets = new Map<DatasetId, OpenedService>();
  /** Files that datasets came with, as long as those are open. */
  const dropped = new Map<DatasetId, DroppedFiles>();
  const listeners = new Set<EventListener>();
  let budget = options.budget ?? DEFAULT_BUDGET_BYTES;
  let lastId = 0;
  let closed = false;

  const emit = (message: EventMessage): void => {
    for (const listener of [...listeners]) listener(message);
  };
  const share = (): number => Math.floor((budget * (workers ? BUFFERS_PART : 1)) / Math.max(1, datasets.size));
  const shareOut = (): void => {
    for (const { service } of datasets.values()) service.setBudget(share());
  };
  const usageOf = (id: DatasetId): CacheUsage | undefined => {
    const found = datasets.get(id);
    return found && { dataset: id, ...found.service.usage() };
  };
  const register = (id: DatasetId, made: OpenedService): OpenedDataset => {
    datasets.set(id, made);
    shareOut();
    return { id, ...made.opened };
  };
  const nextId = (): DatasetId => `d${++lastId}`;
  const tellUsage = (id: DatasetId): (() => void) =>
    throttled(USAGE_EVERY_MS, () => {
      const value = usageOf(id);
      if (value) emit({ event: 'cache', value });
    });
  const newsOf = (id: DatasetId): DatasetNews => ({
    onUsage: tellUsage(id),
    onChanged: (change) => {
      const found = datasets.get(id);
      if (found) datasets.set(id, { ...found, opened: { ...found.opened, info: change.info } });
      emit({ event: 'changed', value: { dataset: id, ...change } });
    },
    onBufferWork: (work) => emit({ event: 'bufferWork', value: { dataset: id, ...work } }),
    onTableProgress: (progress) => emit({ event: 'tableProgress', value: { dataset: id, ...progress } }),
  });
  const openNew = async (request: OpenRequest, signal: AbortSignal): Promise<Payload<OpenedDataset>> => {
    if (closed) throw sessionClosed();
    const id = nextId();
    const made = await open(request, {
      root,
      budget: share(),
      signal,
      ...newsOf(id),
      onRestart: (error) => emit({ event: 'restarted', value: { dataset: id, error } }),
    });
    if (signal.aborted || closed) {
      await made.service.close();
      throw sessionClosed();
    }
    return metaOnly(register(id, made));
  };
  const openFiles = async (files: DroppedFiles, signal: AbortSignal): Promise<Payload<OpenedDataset>> => {
    const opened = await openNew(files, signal);
    if (opened.meta.others || files.member !== undefined) dropped.set(opened.meta.id, files);
    return opened;
  };
  const serviceOf = (id: DatasetId): OpenedService => {
    const found = datasets.get(id);
    if (!found) throw new DataError('closed', `Dataset ${id} is not open.`, { field: 'dataset' });
    return found;
  };
  const toDataset =
    <M extends DatasetMethod>(
      method: M,
    ): ((params: Methods[M]['params'], call: { readonly signal: AbortSignal }) => Promise<Payload<Methods[M]['reply']>>) =>
    async (params, { signal }) =>
      serviceOf(params.dataset).service.call(method, params, signal);

  const jobs = jobList((value) => emit({ event: 'job', value }));
  const convert = async ({ dataset, ...request }: ConvertRequest): Promise<Payload<JobState>> => {
    const { opened, service } = serviceOf(dataset);
    const total = await checkConversion(opened.info, request, root);
    const { title } = opened.info;
    return metaOnly(
      jobs.start({
        request: { dataset, ...request },
        title,
        total,
        run: (signal, progress) => service.write(request, { root, signal, progress }),
      }),
    );
  };
  const writers = (dataset: DatasetId | undefined, range: string | undefined): readonly WriterDescription[] =>
    describeWriters(dataset === undefined ? undefined : serviceOf(dataset).opened.info, range);

  const handlers: Handlers = {
    formats: async () => metaOnly({ formats: FORMATS.map(describeFormat) }),
    probe: async ({ path }) => metaOnly({ path, candidates: await probePath(path, root === undefined ? {} : { root }) }),
    list: async ({ path }, { signal }) => metaOnly(await listFolder(path ?? root ?? homedir(), root, signal)),
    open: (request, { signal }) => openNew(request, signal),
    openBytes: (request, { signal, arrays }) => openFiles(shareBytes({ ...request, arrays }), signal),
    openBeside: ({ dataset, name }, { signal }) => {
      const files = dropped.get(dataset);
      if (!files) throw new DataError('not-found', `Dataset ${dataset} came with no other files.`, { field: 'dataset' });
      return openFiles({ ...files, member: name }, signal);
    },
    close: async ({ dataset }) => {
      const { service } = serviceOf(dataset);
      datasets.delete(dataset);
      dropped.delete(dataset);
      await service.close();
      shareOut();
      return metaOnly({});
    },
    buffer: toDataset('buffer'),
    planes: toDataset('planes'),
    statistics: toDataset('statistics'),
    sample: toDataset('sample'),
    table: toDataset('table'),
    refresh: toDataset('refresh'),
    prefetch: toDataset('prefetch'),
    cancelBuffer: toDataset('cancelBuffer'),
    step: toDataset('step'),
    tracks: toDataset('tracks'),
    trackTable: toDataset('trackTable'),
    layer: toDataset('layer'),
    trackFacts: toDataset('trackFacts'),
    trackPoints: toDataset('trackPoints'),
    usage: async () => metaOnly({ datasets: [...datasets.keys()].flatMap((id) => usageOf(id) ?? []), budget }),
    writers: async ({ dataset, range }) => metaOnly({ writers: writers(dataset, range) }),
    convert,
    convertLosses: async ({ dataset, ...request }, { signal }) =>
      metaOnly({ losses: await serviceOf(dataset).service.tryWriting(request, signal) }),
    cancelJob: async ({ job }) => {
      jobs.cancel(job);
      return metaOnly({});
    },
    jobs: async () => metaOnly({ jobs: jobs.list() }),
  };
  return {
    handlers: checkedHandlers(handlers),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add: (dataset) => {
      const id = nextId();
      const service = datasetService(dataset, { budget: share(), ...newsOf(id) });
      return register(id, { opened: { info: dataset.info }, service });
    },
    setBudget: (bytes) => {
      budget = bytes;
      shareOut();
    },
    close: async () => {
      closed = true;
      await jobs.close();
      const all = [...datasets.values()];
      datasets.clear();
      listeners.clear();
      await Promise.all([...all.map(({ service }) => service.close()), workers?.close()]);
    },
  };
}

function sessionClosed(): DataError {
  return new DataError('closed', 'The session is closed.');
}
