import { DataError } from '../../model/data-error.ts';
import type { ParticleDatasetInfo, ReadOptions } from '../../model/dataset.ts';
import { NO_TRACK, type ParticleSet } from '../../model/particles.ts';
import type { Differentiation } from '../../model/track-selection.ts';
import { fillStored, motionNames, type ColumnPlan } from './column-plan.ts';
import { layerMotion, needsAcceleration, slopesOf } from './motion.ts';
import { createStencils, halfOf, reachOf, type Stencils } from './stencil.ts';

/** Of snapshots that must be in memory together, by what a particle takes without scalars. */
const MAX_WINDOW_BYTES = 1 << 30;
const PARTICLE_BYTES = 20;

/** Where the columns of a layer come from. */
export interface LayerSource {
  readonly info: ParticleDatasetInfo;
  /** shared/compute/particles/motion-times. */
  readonly times: Float64Array;
  /** Particles of a snapshot; undefined = none that can be used (a neighbour that is damaged). */
  neighbour(snapshot: number, options: ReadOptions): Promise<ParticleSet | undefined>;
  lengths(track: Uint32Array, options: ReadOptions): Promise<Float32Array>;
}

/** Computes columns of layers; what depends on the times alone is kept by it. */
export type LayerColumns = (snapshot: number, here: ParticleSet, options: ReadOptions) => Promise<readonly Float32Array[]>;

/** Scaled values (f4) of the planned columns for particles of a snapshot, all or some of them, in ascending track number. */
export function layerColumns(source: LayerSource, plan: readonly ColumnPlan[], differentiation: Differentiation): LayerColumns {
  const { info, times } = source;
  const names = motionNames(plan);
  const reach = reachOf(differentiation, needsAcceleration(names));
  const stencils: Stencils = createStencils(times, differentiation, reach);
  const windowAt = async (snapshot: number, here: ParticleSet, options: ReadOptions): Promise<readonly (ParticleSet | undefined)[]> => {
    const [first, end] = snapshotsTogether(info, snapshot);
    const window: (ParticleSet | undefined)[] = [];
    let bytes = 0;
    for (let s = snapshot - reach; s <= snapshot + reach; s++) {
      const set = s === snapshot ? here : s >= first && s < end ? await source.neighbour(s, options) : undefined;
      bytes += (set?.count ?? 0) * PARTICLE_BYTES;
      if (bytes > MAX_WINDOW_BYTES) throw tooManyNeighbours(info, differentiation);
      window.push(set);
    }
    return window;
  };
  return async (snapshot, here, options) => {
    const motion =
      names.length === 0
        ? []
        : layerMotion(await windowAt(snapshot, here, options), halfOf(differentiation), snapshot, stencils, slopesOf(info.scales), names);
    let next = 0;
    const columns: Float32Array[] = [];
    for (const column of plan) {
      if (column.from === 'motion') columns.push(motion[next++] as Float32Array);
      else if (column.from === 'length') columns.push(await source.lengths(here.track, options));
      else columns.push(plainColumn(column, here));
    }
    return columns;
  };
}

function tooManyNeighbours({ title, path }: ParticleDatasetInfo, differentiation: Differentiation): DataError {
  const points = differentiation.method === 'fit' ? `Fits through ${differentiation.length} points` : 'Differences';
  return new DataError('too-large', `${points} of ${title} need more than ${MAX_WINDOW_BYTES} bytes of neighbouring steps in memory.`, {
    path,
    field: 'fit',
    hint: 'Take fewer points.',
  });
}

function plainColumn(column: Exclude<ColumnPlan, { readonly from: 'motion' | 'length' }>, here: ParticleSet): Float32Array {
  if (column.from === 'id') return idColumn(here.track);
  const values = new Float32Array(here.count);
  fillStored(column, here, values);
  return values;
}

function idColumn(track: Uint32Array): Float32Array {
  const values = new Float32Array(track.length);
  for (let i = 0; i < values.length; i++) values[i] = track[i] === NO_TRACK ? Number.NaN : (track[i] as number);
  return values;
}

/** Snapshots that tracks of this one can cross, half-open: all of them with one pulse a step, otherwise those of its step. */
export function snapshotsTogether(
  { steps, pulses }: Pick<ParticleDatasetInfo, 'steps' | 'pulses'>,
  snapshot: number,
): readonly [first: number, end: number] {
  if (pulses === 1) return [0, steps];
  const first = snapshot - (snapshot % pulses);
  return [first, first + pulses];
}
