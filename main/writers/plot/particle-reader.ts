import { planColumns } from '../../../shared/compute/particles/column-plan.ts';
import { layerColumns } from '../../../shared/compute/particles/layer-columns.ts';
import { motionTimes } from '../../../shared/compute/particles/motion-times.ts';
import { readableSet, recentSets } from '../../../shared/compute/particles/recent-sets.ts';
import { reachOf } from '../../../shared/compute/particles/stencil.ts';
import { thinned } from '../../../shared/compute/particles/take-particles.ts';
import { trackLengths } from '../../../shared/compute/particles/track-lengths.ts';
import { throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ParticleDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { Differentiation } from '../../../shared/model/track-selection.ts';

/** `original`: numbers that the tracks have in the set that they were chosen from. */
export interface TrackOptions extends ReadOptions {
  readonly original?: Uint32Array | undefined;
}

/** Particles of a snapshot with the values that colour them. */
export interface ReadLayer {
  /** Stored positions; an array of its own. */
  readonly xyz: Float32Array;
  readonly track: Uint32Array;
  readonly values: Float32Array;
}

/** Every n-th track of a snapshot; undefined for a damaged one that is not needed. */
type LayerReader = (snapshot: number, every: number, isNeeded: boolean) => Promise<ReadLayer | undefined>;

/** Snapshots are best asked for in their order: motion needs their neighbours, which are read once then. */
export async function layerReader(
  dataset: ParticleDataset,
  column: string,
  differentiation: Differentiation,
  { original, ...options }: TrackOptions,
): Promise<LayerReader> {
  const { info } = dataset;
  const recent = recentSets(dataset, 2 * reachOf(differentiation, true) + 2);
  const source = {
    info,
    times: await motionTimes(dataset, options),
    neighbour: (s: number, how: typeof options) => readableSet(recent(s, how)),
    lengths: trackLengths(dataset).of,
  };
  const columnsOf = layerColumns(source, planColumns(info, [column]), differentiation);
  return async (snapshot, every, isNeeded) => {
    throwIfAborted(options.signal);
    const whole = await (isNeeded ? recent(snapshot, options) : readableSet(recent(snapshot, options)));
    if (!whole) return undefined;
    const set = thinned(whole, every);
    const [values = new Float32Array(set.count)] = await columnsOf(snapshot, set, options);
    const told = column === 'id' && original ? values.map((id) => original[id] ?? Number.NaN) : values;
    return { xyz: set.xyz.slice(), track: set.track, values: told };
  };
}
