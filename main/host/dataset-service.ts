import { clipWindow, windowSize } from '../../shared/compute/plane-window.ts';
import type { ConvertResult } from '../../shared/contract/conversions.ts';
import type { Methods } from '../../shared/contract/methods.ts';
import type { CacheUsage } from '../../shared/contract/opened.ts';
import type { PlanesReply, PlanesRequest, StatisticsReply } from '../../shared/contract/planes.ts';
import { linkAbort } from '../../shared/contract/linked-abort.ts';
import { metaOnly, type Payload } from '../../shared/contract/payload.ts';
import { tablePayload } from '../../shared/contract/table-payload.ts';
import { cutFrame, type Cut } from '../../shared/model/cut.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameBuffer, FrameDataset } from '../../shared/model/dataset.ts';
import type { FrameInfo, PlaneWindow } from '../../shared/model/frames.ts';
import { bufferCache, type CachedBuffer } from './buffer-cache.ts';
import { readField, readStatistics, type FieldPlace } from './field-values.ts';
import { readVolumeStatistics } from './volume-statistics.ts';
import { nextPrefetch } from './prefetch-policy.ts';
import { prefetcher } from './prefetcher.ts';
import { recentRequests } from './recent-requests.ts';
import type { DatasetNews } from './dataset-news.ts';
import { growthWatch } from './growth-watch.ts';
import { readSample } from './sample.ts';
import { sharedFlights } from './shared-flights.ts';
import { readTable, seldom } from './tables.ts';
import { tryDataset, writeDataset } from './write-dataset.ts';
import type { TrialRequest, WriteRequest, WriteWork } from './write-request.ts';

/** The calls that one open dataset answers. */
export type DatasetMethod =
  | 'buffer'
  | 'planes'
  | 'statistics'
  | 'sample'
  | 'table'
  | 'refresh'
  | 'prefetch'
  | 'cancelBuffer'
  | 'step'
  | 'tracks'
  | 'trackTable'
  | 'layer'
  | 'trackFacts'
  | 'trackPoints';

/** One open dataset, here or in a worker. */
export interface DatasetService {
  call<M extends DatasetMethod>(method: M, params: Methods[M]['params'], signal: AbortSignal): Promise<Payload<Methods[M]['reply']>>;
  /** Writes the dataset, or a range of it, in another format. */
  write(request: WriteRequest, work: WriteWork): Promise<ConvertResult>;
  /** What an output would not hold, judged by the first buffer. */
  tryWriting(request: TrialRequest, signal: AbortSignal): Promise<readonly string[]>;
  setBudget(bytes: number): void;
  usage(): Omit<CacheUsage, 'dataset'>;
  /** Ends all work, lets go of files and memory; later calls give `closed`. */
  close(): Promise<void>;
}

export type Handler<M extends DatasetMethod> = (params: Methods[M]['params'], signal: AbortSignal) => Promise<Payload<Methods[M]['reply']>>;

/** Answers calls about frames in this thread, from a cache that is filled ahead as planned. */
export function datasetService(dataset: FrameDataset, options: { readonly budget: number } & DatasetNews): DatasetService {
  const closing = new AbortController();
  const requests = recentRequests();
  const computing = sharedFlights<string, Payload<StatisticsReply>>();
  const cache = bufferCache(dataset, options.budget, { changed: options.onUsage, working: options.onBufferWork });
  const ahead = prefetcher({
    next: (plan, tried) =>
      nextPrefetch({ plan, tried, cached: cache.facts(), budget: cache.budget, guess: cache.largest, group: dataset.group ?? 1 }),
    load: (index, signal) => cache.use(index, false, (cached) => prepare(cached, index, signal), signal),
  });
  const refuseParticles = async (): Promise<never> => {
    throw new DataError('unsupported', `${dataset.info.title} holds frames, not particles.`, { path: dataset.info.path });
  };
  const growth = growthWatch(dataset, (change) => {
    cache.drop(change.rewritten);
    options.onChanged({ info: dataset.info, rewritten: change.rewritten });
  });
  /** What was asked of the last visible buffer will be asked of this one. */
  const prepare = async (cached: CachedBuffer, index: number, signal: AbortSignal): Promise<void> => {
    const { planes, statistics } = requests.expected(index);
    for (const request of planes) await preparePlanes(cached, request, signal);
    for (const request of statistics) await statisticsOf(cached, request, signal);
  };
  const statisticsOf = async (
    cached: CachedBuffer,
    request: Methods['statistics']['params'],
    signal: AbortSignal,
  ): Promise<Payload<StatisticsReply>> => {
    const { frame, plane, cut, component, mode, whole, filter } = request;
    const key = JSON.stringify([frame, whole ? 'all' : [plane, cut], component, mode, filter]);
    const known = cached.statistics.get(key);
    if (known) return known;
    const made = await computing.run(`${request.buffer} ${key}`, (shared) => makeStatistics(cached, request, shared), signal);
    cached.statistics.set(key, made);
    return made;
  };
  const at = <T>(index: number, glance: true | undefined, work: (cached: CachedBuffer) => Promise<T>, signal: AbortSignal): Promise<T> =>
    glance ? cache.glance(index, work, signal) : cache.use(index, true, work, signal);
  const handlers: { readonly [M in DatasetMethod]: Handler<M> } = {
    buffer: ({ buffer, glance }, signal) =>
      at(buffer, glance, async (cached) => metaOnly({ info: cached.buffer.info, warnings: cached.buffer.warnings }), signal),
    planes: ({ glance, ...request }, signal) =>
      at(
        request.buffer,
        glance,
        (cached) => {
          if (glance) return readPlanes(cached, request, signal);
          requests.planes(request);
          return takePlanes(cached, request, signal);
        },
        signal,
      ),
    statistics: ({ glance, ...request }, signal) =>
      at(
        request.buffer,
        glance,
        async (cached) => {
          // The levels of a volume are settled once: of the next buffers they will not be asked.
          if (!glance && !request.whole) requests.statistics(request);
          const { meta, arrays } = await statisticsOf(cached, request, signal);
          return { meta, arrays: arrays.map(({ dtype, data }) => ({ dtype, data: data.slice() })) };
        },
        signal,
      ),
    sample: (request, signal) =>
      cache.use(request.buffer, true, async ({ buffer }) => metaOnly(await readSample(buffer, request, signal)), signal),
    table: async ({ name, buffer, from }, signal) =>
      tablePayload(
        await readTable(
          dataset,
          { name, buffer, from },
          { signal, progress: seldom((done, total) => options.onTableProgress({ name, done, total })) },
        ),
      ),
    refresh: async () => metaOnly({ changed: await growth.look() }),
    prefetch: async ({ buffers }) => {
      cache.setPlan(buffers);
      ahead.plan(buffers);
      return metaOnly({});
    },
    cancelBuffer: async ({ buffer }) => {
      cache.cancel(buffer);
      return metaOnly({});
    },
    step: refuseParticles,
    tracks: refuseParticles,
    trackTable: refuseParticles,
    layer: refuseParticles,
    trackFacts: refuseParticles,
    trackPoints: refuseParticles,
  };
  return {
    call: async (method, params, signal) => {
      if (closing.signal.aborted) throw closedError(dataset);
      const linked = linkAbort([signal, closing.signal]);
      if (method !== 'prefetch') ahead.pause();
      try {
        return await (handlers[method] as Handler<typeof method>)(params, linked.signal);
      } catch (error) {
        throw closing.signal.aborted ? closedError(dataset) : error;
      } finally {
        linked.unlink();
        if (method !== 'prefetch') ahead.resume();
      }
    },
    write: (request, work) => writeDataset(dataset, request, work),
    tryWriting: (request, signal) => tryDataset(dataset, request, signal),
    setBudget: cache.setBudget,
    usage: cache.usage,
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      growth.close();
      ahead.close();
      cache.clear();
      await dataset[Symbol.asyncDispose]();
    },
  };
}

function closedError(dataset: FrameDataset): DataError {
  return new DataError('closed', `${dataset.info.title} is closed.`, { path: dataset.info.path });
}

function planesKey({ frame, plane, cut, fields, window }: PlanesRequest): string {
  return JSON.stringify([frame, plane, cut, fields, window]);
}

/** A reply made ahead is handed out once, so that its arrays can be given away; otherwise it is made now. */
async function takePlanes(cached: CachedBuffer, request: PlanesRequest, signal: AbortSignal): Promise<Payload<PlanesReply>> {
  const key = planesKey(request);
  const prepared = cached.prepared.get(key);
  cached.prepared.delete(key);
  // One that was aborted with its plan says nothing about this call.
  const payload = await prepared?.catch(() => undefined);
  if (!payload) return readPlanes(cached, request, signal);
  cached.preparedBytes -= arrayBytes(payload);
  return payload;
}

async function preparePlanes(cached: CachedBuffer, request: PlanesRequest, signal: AbortSignal): Promise<void> {
  const key = planesKey(request);
  if (cached.prepared.has(key)) return;
  const making = readPlanes(cached, request, signal);
  cached.prepared.set(key, making);
  try {
    cached.preparedBytes += arrayBytes(await making);
  } catch (error) {
    if (cached.prepared.get(key) === making) cached.prepared.delete(key);
    throw error;
  }
}

function arrayBytes(payload: Payload): number {
  return payload.arrays.reduce((sum, { data }) => sum + data.byteLength, 0);
}

async function readPlanes(cached: CachedBuffer, request: PlanesRequest, signal: AbortSignal): Promise<Payload<PlanesReply>> {
  const place = placeOf(cached, request, signal, request.window);
  const arrays = await Promise.all(request.fields.map((field) => readField(place, field)));
  return { meta: { window: place.window, ...windowSize(place.window) }, arrays };
}

async function makeStatistics(
  cached: CachedBuffer,
  request: Methods['statistics']['params'],
  signal: AbortSignal,
): Promise<Payload<StatisticsReply>> {
  const place = placeOf(cached, request.whole ? { frame: request.frame, plane: 0 } : request, signal);
  const { reply, histogram } = await (request.whole ? readVolumeStatistics : readStatistics)(place, request);
  return { meta: reply, arrays: [{ dtype: 'u4', data: histogram }] };
}

function placeOf(
  { buffer, states }: CachedBuffer,
  at: { readonly frame: number; readonly plane: number; readonly cut?: Cut },
  signal: AbortSignal,
  window?: PlaneWindow,
): FieldPlace {
  const { frame, plane, cut } = at;
  const { shape } = cutFrame(frameAt(buffer, frame), cut);
  return { buffer, states, frame, plane, ...(cut ? { cut } : {}), window: clipWindow(shape, window), signal };
}

function frameAt(buffer: FrameBuffer, index: number): FrameInfo {
  const { frames, name } = buffer.info;
  const frame = frames[index];
  if (frame) return frame;
  throw new DataError('out-of-range', `There is no frame ${index}: ${name} has ${frames.length} (0 to ${frames.length - 1}).`, {
    path: name,
    field: 'frame',
  });
}
