import { planColumns } from '../../../shared/compute/particles/column-plan.ts';
import { checkDifferentiation } from '../../../shared/compute/particles/differentiation.ts';
import { layerColumns, snapshotsTogether, type LayerColumns, type LayerSource } from '../../../shared/compute/particles/layer-columns.ts';
import { matchTracks } from '../../../shared/compute/particles/match-tracks.ts';
import { readableSet } from '../../../shared/compute/particles/recent-sets.ts';
import { thinned, thinnedTracks } from '../../../shared/compute/particles/take-particles.ts';
import type { Methods } from '../../../shared/contract/methods.ts';
import type { LayerRequest } from '../../../shared/contract/particles.ts';
import type { Payload } from '../../../shared/contract/payload.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import type { SetCache } from './set-cache.ts';

/** Answers `layer` from the snapshots in memory. */
export type LayerReader = (request: Omit<LayerRequest, 'dataset'>, signal: AbortSignal) => Promise<Payload<Methods['layer']['reply']>>;

export function layerReader(
  source: Omit<LayerSource, 'neighbour'>,
  cache: SetCache,
  checkPlace: (step: number, pulse: number) => number,
): LayerReader {
  const { info } = source;
  const neighbours: LayerSource = { ...source, neighbour: (s, { signal }) => readableSet(cache.get(s, false, signal as AbortSignal)) };
  // A picture asks for the same columns of many layers: weights that depend on the times alone are kept for them.
  let last: { readonly key: string; readonly columns: LayerColumns } | undefined;
  const columnsFor = ({ columns, differentiation }: Pick<LayerRequest, 'columns' | 'differentiation'>): LayerColumns => {
    const key = JSON.stringify([columns, differentiation]);
    if (last?.key === key) return last.columns;
    checkDifferentiation(differentiation);
    last = { key, columns: layerColumns(neighbours, planColumns(info, columns), differentiation) };
    return last.columns;
  };
  return async (request, signal) => {
    const { every = 1 } = request;
    if (!(Number.isInteger(every) && every >= 1))
      throw new DataError('invalid-option', `Every n-th track needs a whole n from 1 on, got ${every}.`, { field: 'every' });
    const snapshot = checkPlace(request.step, request.pulse);
    const columnsOf = columnsFor(request);
    const whole = await cache.get(snapshot, true, signal);
    const set = thinned(whole, every);
    const [, end] = snapshotsTogether(info, snapshot);
    const after = snapshot + 1 < end && info.tracks > 0 ? await neighbours.neighbour(snapshot + 1, { signal }) : undefined;
    const next = after ? matchTracks(set.track, thinnedTracks(after.track, every)) : new Uint32Array(set.count).fill(NO_TRACK);
    const columns = await columnsOf(snapshot, set, { signal });
    // What belongs to the cache must not travel.
    const owned = <A extends Float32Array | Uint32Array>(data: A): A => (set === whole ? (data.slice() as A) : data);
    return {
      meta: { count: set.count, total: whole.count },
      arrays: [
        { dtype: 'f4', data: owned(set.xyz) },
        { dtype: 'u4', data: owned(set.track) },
        { dtype: 'u4', data: next },
        ...columns.map((data) => ({ dtype: 'f4' as const, data })),
      ],
    };
  };
}
