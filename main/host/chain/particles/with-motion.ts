import { planColumns, motionNames } from '../../../../shared/compute/particles/column-plan.ts';
import { motionUnit, MOTION_COLUMNS, type MotionColumn } from '../../../../shared/compute/particles/columns.ts';
import { checkDifferentiation, differentiationText } from '../../../../shared/compute/particles/differentiation.ts';
import { layerColumns } from '../../../../shared/compute/particles/layer-columns.ts';
import { needsAcceleration, slopesOf, trackMotion, type Slopes } from '../../../../shared/compute/particles/motion.ts';
import { motionTimes } from '../../../../shared/compute/particles/motion-times.ts';
import { readableSet, recentSets } from '../../../../shared/compute/particles/recent-sets.ts';
import { createStencils, reachOf, type Stencils } from '../../../../shared/compute/particles/stencil.ts';
import { DataError } from '../../../../shared/model/data-error.ts';
import type { ParticleDataset, ReadOptions } from '../../../../shared/model/dataset.ts';
import type { ParticleSet, TrackSet } from '../../../../shared/model/particles.ts';
import { unitScale } from '../../../../shared/model/scale.ts';
import type { Differentiation } from '../../../../shared/model/track-selection.ts';
import { notesOf, type NotedParticles } from './noted-particles.ts';

/** Attribute of the set that tells how motion was computed. */
const DIFFERENTIATION_ATTRIBUTE = '_StreaklineDifferentiation';

/**
 * The dataset with motion along tracks as further scalars (f4, in physical units, NaN where it is not known). Closing it closes the dataset.
 */
export function withMotion(dataset: ParticleDataset, names: readonly string[], differentiation: Differentiation): NotedParticles {
  const { info } = dataset;
  checkDifferentiation(differentiation);
  const wanted = checkNames(dataset, names);
  const plan = planColumns(info, wanted);
  const reach = reachOf(differentiation, needsAcceleration(motionNames(plan)));
  const recent = recentSets(dataset, 2 * reach + 2);
  const nothing = async (): Promise<Float32Array> => new Float32Array(0);
  let times: Promise<Float64Array> | undefined;
  const prepare = (): Promise<Float64Array> => (times ??= motionTimes(dataset, {}));
  let columns: ReturnType<typeof layerColumns> | undefined;
  const moving = async (snapshot: number, set: ParticleSet, options: ReadOptions): Promise<ParticleSet> => {
    columns ??= layerColumns(
      { info, times: await prepare(), neighbour: (s, how) => readableSet(recent(s, how)), lengths: nothing },
      plan,
      differentiation,
    );
    return { ...set, scalars: [...set.scalars, ...(await columns(snapshot, set, options))] };
  };
  let stencils: Stencils | undefined;
  const withTracks = async (tracks: TrackSet): Promise<TrackSet> => {
    stencils ??= createStencils(await prepare(), differentiation, reach);
    return movingTracks(tracks, info.pulses, reach, stencils, slopesOf(info.scales), wanted);
  };
  const { delays, instants } = dataset;
  return {
    info: {
      ...info,
      scalars: [...info.scalars, ...wanted.map((name) => ({ name, scale: unitScale(motionUnit(name, info.scales), name) }))],
      attributes: { ...info.attributes, [DIFFERENTIATION_ATTRIBUTE]: `${wanted.join(', ')}: ${differentiationText(differentiation)}` },
    },
    times: (options) => dataset.times(options),
    ...(delays ? { delays: (options) => delays.call(dataset, options) } : {}),
    ...(instants ? { instants: (options) => instants.call(dataset, options) } : {}),
    counts: (options) => dataset.counts(options),
    step: async (step, pulse, options = {}) => {
      const snapshot = step * info.pulses + pulse;
      const isPlace =
        Number.isInteger(pulse) && pulse >= 0 && pulse < info.pulses && step >= 0 && step < info.steps && Number.isInteger(step);
      return moving(snapshot, isPlace ? await recent(snapshot, options) : await dataset.step(step, pulse, options), options);
    },
    stepAttributes: (step, options) => dataset.stepAttributes(step, options),
    tracks: async (from, to, options = {}) => withTracks(await dataset.tracks(from, to, options)),
    track: async (id, options = {}) => withTracks(await dataset.track(id, options)),
    checkTracks: (options) => dataset.checkTracks(options),
    trackTable: (from, to, options) => dataset.trackTable(from, to, options),
    notes: () => notesOf(dataset),
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

function checkNames({ info }: ParticleDataset, names: readonly string[]): readonly MotionColumn[] {
  return [...new Set(names)].map((name) => {
    const motion = MOTION_COLUMNS.find((known) => known === name);
    if (!motion)
      throw new DataError('invalid-option', `'${name}' cannot be added to particles.`, {
        path: info.path,
        field: 'add',
        hint: `What can be added: ${MOTION_COLUMNS.join(', ')}.`,
      });
    if (info.scalars.some((scalar) => scalar.name === name))
      throw new DataError('invalid-option', `${info.title} has a scalar '${name}' already.`, { path: info.path, field: 'add' });
    return motion;
  });
}

function movingTracks(
  tracks: TrackSet,
  pulses: number,
  reach: number,
  stencils: Stencils,
  slopes: Slopes,
  names: readonly MotionColumn[],
): TrackSet {
  const { first, startStep, startPulse, xyz, intensity } = tracks;
  const added = names.map(() => new Float32Array(intensity.length));
  for (let i = 0; i + 1 < first.length; i++) {
    const [from, to] = [first[i] as number, first[i + 1] as number];
    const snapshot = (startStep[i] as number) * pulses + (startPulse[i] as number);
    const motion = trackMotion(xyz.subarray(3 * from, 3 * to), snapshot, reach, stencils, slopes, names);
    for (let k = 0; k < added.length; k++) added[k]?.set(motion[k] as Float64Array, from);
  }
  return { ...tracks, scalars: [...tracks.scalars, ...added] };
}
