import { linkAbort } from '../../shared/contract/linked-abort.ts';
import { metaOnly, type WireArray } from '../../shared/contract/payload.ts';
import { tablePayload } from '../../shared/contract/table-payload.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { ParticleDataset } from '../../shared/model/dataset.ts';
import type { DatasetMethod, DatasetService, Handler } from './dataset-service.ts';
import type { DatasetNews } from './dataset-news.ts';
import { noFrames } from './open-path.ts';
import { readTable, seldom } from './tables.ts';

/** Answers calls about particles in this thread. Nothing is kept: a step costs one read, and the system keeps the files' pages. */
export function particleService(dataset: ParticleDataset, options: { readonly budget: number } & Pick<DatasetNews, 'onTableProgress'>): DatasetService {
  const closing = new AbortController();
  let { budget } = options;
  const refuse = async (): Promise<never> => {
    throw noFrames(dataset);
  };
  const handlers: { readonly [M in DatasetMethod]: Handler<M> } = {
    buffer: refuse,
    planes: refuse,
    statistics: refuse,
    sample: refuse,
    table: async ({ name, buffer, from }, signal) =>
      tablePayload(
        await readTable(dataset, { name, buffer, from }, { signal, progress: seldom((done, total) => options.onTableProgress({ name, done, total })) }),
      ),
    refresh: async () => metaOnly({ changed: false }),
    prefetch: async () => metaOnly({}),
    step: async ({ step, pulse }, signal) => {
      const { count, xyz, intensity, track, scalars, warnings } = await dataset.step(step, pulse, { signal });
      const attributes = await dataset.stepAttributes(step, { signal });
      return { meta: { count, warnings, attributes }, arrays: [floats(xyz), floats(intensity), { dtype: 'u4', data: track }, ...scalars.map(floats)] };
    },
    tracks: async ({ from, to }, signal) => {
      const { first, startStep, startPulse, xyz, intensity, scalars } = await (to - from === 1
        ? dataset.track(from, { signal })
        : dataset.tracks(from, to, { signal }));
      const heads: readonly WireArray[] = [{ dtype: 'u4', data: first }, { dtype: 'u4', data: startStep }, { dtype: 'u1', data: startPulse }];
      return { meta: { from }, arrays: [...heads, floats(xyz), floats(intensity), ...scalars.map(floats)] };
    },
    trackTable: async ({ from, to }, signal) => {
      const { startStep, startPulse, length } = await dataset.trackTable(from, to, { signal });
      return { meta: { from }, arrays: [{ dtype: 'u4', data: startStep }, { dtype: 'u1', data: startPulse }, { dtype: 'u4', data: length }] };
    },
    layer: refuse,
    trackFacts: refuse,
    trackPoints: refuse,
  };
  const closed = (): DataError => new DataError('closed', `${dataset.info.title} is closed.`, { path: dataset.info.path });
  return {
    call: async (method, params, signal) => {
      if (closing.signal.aborted) throw closed();
      const linked = linkAbort([signal, closing.signal]);
      try {
        return await (handlers[method] as Handler<typeof method>)(params, linked.signal);
      } catch (error) {
        throw closing.signal.aborted ? closed() : error;
      } finally {
        linked.unlink();
      }
    },
    write: refuse,
    tryWriting: refuse,
    setBudget: (bytes) => {
      budget = bytes;
    },
    usage: () => ({ bytes: 0, budget, ranges: [] }),
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      await dataset[Symbol.asyncDispose]();
    },
  };
}

function floats(data: Float32Array): WireArray {
  return { dtype: 'f4', data };
}
