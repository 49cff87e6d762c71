import { motionTimes } from '../../shared/compute/particles/motion-times.ts';
import { trackLengths } from '../../shared/compute/particles/track-lengths.ts';
import { readTrackPoints } from '../../shared/compute/particles/track-points.ts';
import { linkAbort } from '../../shared/contract/linked-abort.ts';
import { metaOnly, type WireArray } from '../../shared/contract/payload.ts';
import { tablePayload } from '../../shared/contract/table-payload.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import { tryParticles, writeParticles } from './convert-particles.ts';
import type { DatasetMethod, DatasetService, Handler } from './dataset-service.ts';
import type { DatasetNews } from './dataset-news.ts';
import { noFrames } from './open-path.ts';
import { factsCache } from './particles/facts-cache.ts';
import { layerReader, type LayerReader } from './particles/read-layer.ts';
import { setCache } from './particles/set-cache.ts';
import { readTable, seldom } from './tables.ts';

/** Progress of a pass over all steps, under the name of its call. */
const TRACK_FACTS = 'trackFacts';

/** Answers calls about particles in this thread. Decoded steps stay in memory within the budget, and those that are planned are read ahead. */
export function particleService(dataset: ParticleDataset, options: { readonly budget: number } & DatasetNews): DatasetService {
  const { info } = dataset;
  const closing = new AbortController();
  const cache = setCache(dataset, options.budget, options.onUsage);
  const lengths = trackLengths(dataset);
  const tell = (name: string): ((done: number, total: number) => void) =>
    seldom((done, total) => options.onTableProgress({ name, done, total }));
  const facts = factsCache(dataset, tell(TRACK_FACTS));
  let layers: Promise<LayerReader> | undefined;
  const layersNow = (): Promise<LayerReader> =>
    (layers ??= motionTimes(dataset, {}).then((times) =>
      layerReader({ info, times, lengths: lengths.of }, cache, (step, pulse) => snapshotAt(info, step, pulse)),
    ));
  const refuse = async (): Promise<never> => {
    throw noFrames(dataset);
  };
  const handlers: { readonly [M in DatasetMethod]: Handler<M> } = {
    buffer: refuse,
    planes: refuse,
    statistics: refuse,
    sample: refuse,
    table: async ({ name, buffer, from }, signal) =>
      tablePayload(await readTable(dataset, { name, buffer, from }, { signal, progress: tell(name) })),
    refresh: async () => metaOnly({ changed: false }),
    prefetch: async ({ buffers }) => {
      cache.plan(buffers.filter((step) => step >= 0 && step < info.steps));
      return metaOnly({});
    },
    cancelBuffer: refuse,
    step: async ({ step, pulse }, signal) => {
      const { count, xyz, intensity, track, scalars, warnings } = await dataset.step(step, pulse, { signal });
      const attributes = await dataset.stepAttributes(step, { signal });
      return {
        meta: { count, warnings, attributes },
        arrays: [floats(xyz), floats(intensity), { dtype: 'u4', data: track }, ...scalars.map(floats)],
      };
    },
    tracks: async ({ from, to }, signal) => {
      const { first, startStep, startPulse, xyz, intensity, scalars } = await (to - from === 1
        ? dataset.track(from, { signal })
        : dataset.tracks(from, to, { signal }));
      const heads: readonly WireArray[] = [
        { dtype: 'u4', data: first },
        { dtype: 'u4', data: startStep },
        { dtype: 'u1', data: startPulse },
      ];
      return { meta: { from }, arrays: [...heads, floats(xyz), floats(intensity), ...scalars.map(floats)] };
    },
    trackTable: async ({ from, to }, signal) => {
      const { startStep, startPulse, length } = await dataset.trackTable(from, to, { signal });
      return {
        meta: { from },
        arrays: [
          { dtype: 'u4', data: startStep },
          { dtype: 'u1', data: startPulse },
          { dtype: 'u4', data: length },
        ],
      };
    },
    layer: async (request, signal) => (await layersNow())(request, signal),
    trackFacts: ({ columns, box, differentiation }, signal) => facts.get({ columns, box, differentiation }, signal),
    trackPoints: async ({ track, columns, differentiation }, signal) => {
      const points = await readTrackPoints(dataset, track, columns, differentiation, { signal });
      const heads: readonly WireArray[] = [
        { dtype: 'u4', data: points.step },
        { dtype: 'u1', data: points.pulse },
        { dtype: 'f8', data: points.time },
      ];
      return {
        meta: { points: points.time.length },
        arrays: [...heads, ...points.columns.map((data) => ({ dtype: 'f8' as const, data }))],
      };
    },
  };
  const closed = (): DataError => new DataError('closed', `${info.title} is closed.`, { path: info.path });
  return {
    call: async (method, params, signal) => {
      if (closing.signal.aborted) throw closed();
      const linked = linkAbort([signal, closing.signal]);
      const answer = (): ReturnType<Handler<typeof method>> => (handlers[method] as Handler<typeof method>)(params, linked.signal);
      try {
        return await (method === 'layer' ? cache.before(answer) : answer());
      } catch (error) {
        throw closing.signal.aborted ? closed() : error;
      } finally {
        linked.unlink();
        if (!closing.signal.aborted) cache.setExtra(facts.bytes + lengths.bytes);
      }
    },
    write: (request, work) => writeParticles(dataset, request, work),
    tryWriting: (request, signal) => tryParticles(dataset, request, signal),
    setBudget: cache.setBudget,
    usage: cache.usage,
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      cache.close();
      await dataset[Symbol.asyncDispose]();
    },
  };
}

/** Number of a snapshot; `out-of-range` names the bad index. */
function snapshotAt({ title, path, steps, pulses }: ParticleDatasetInfo, step: number, pulse: number): number {
  const check = (what: string, index: number, count: number): void => {
    if (index >= 0 && index < count) return;
    throw new DataError('out-of-range', `There is no ${what} ${index}: ${title} has ${count}${count > 0 ? ` (0 to ${count - 1})` : ''}.`, {
      path,
      field: what,
    });
  };
  check('step', step, steps);
  check('pulse', pulse, pulses);
  return step * pulses + pulse;
}

function floats(data: Float32Array): WireArray {
  return { dtype: 'f4', data };
}
