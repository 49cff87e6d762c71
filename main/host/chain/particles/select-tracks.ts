import { particleTables } from '../../../../shared/compute/particle-tables.ts';
import { planColumns, type StoredPlan } from '../../../../shared/compute/particles/column-plan.ts';
import { particleSummary } from '../../../../shared/compute/particles/particle-summary.ts';
import { readTrackFacts } from '../../../../shared/compute/particles/track-facts.ts';
import { checkSelection, neededFacts, passingParticle, passingTracks } from '../../../../shared/compute/particles/track-selection.ts';
import { throwIfAborted } from '../../../../shared/model/data-error.ts';
import type { LongReadOptions, ParticleDataset, ParticleDatasetInfo, ReadOptions } from '../../../../shared/model/dataset.ts';
import type { ParticleSet } from '../../../../shared/model/particles.ts';
import { applyScale } from '../../../../shared/model/scale.ts';
import type { Differentiation, TrackSelection } from '../../../../shared/model/track-selection.ts';
import { mappedTracks } from './mapped-tracks.ts';
import { notesOf, type NotedParticles } from './noted-particles.ts';
import { mapTracks, renumberTracks, type TrackMap } from './track-map.ts';

export interface SelectedTracks extends NotedParticles {
  /** The number that every track has in the whole set. */
  readonly original: Uint32Array;
}

/**
 * The tracks that pass a selection, numbered anew in their order, and the particles without track that pass it for themselves. Facts of
 * tracks are read in a pass before, where the selection needs them; another one counts particles where some have no track. Closing it
 * closes the dataset.
 */
export async function selectTracks(
  dataset: ParticleDataset,
  selection: TrackSelection,
  differentiation: Differentiation,
  options: LongReadOptions = {},
): Promise<SelectedTracks> {
  const { info } = dataset;
  checkSelection(selection);
  const mask = await maskOf(dataset, selection, differentiation, options);
  const map = await mapTracks(dataset, (start, length, id) => [start, mask[id] === 1 ? length : 0], options);
  const { pulses, steps } = info;
  const read = async (s: number, how: ReadOptions): Promise<ParticleSet> =>
    choose(await dataset.step(Math.floor(s / pulses), s % pulses, how), map, selection, info);
  const counts = await countParticles(dataset, map, read, options);
  const tracks = map.length.length;
  const { delays, instants } = dataset;
  return {
    info: {
      ...info,
      tracks,
      particles: counts.reduce((sum, count) => sum + count, 0),
      summary: particleSummary({ pulses, steps, tracks }),
      tables: particleTables(steps * pulses, tracks),
    },
    times: (how) => dataset.times(how),
    ...(delays ? { delays: (how) => delays.call(dataset, how) } : {}),
    ...(instants ? { instants: (how) => instants.call(dataset, how) } : {}),
    counts: async () => counts.slice(),
    step: async (step, pulse, how) => choose(await dataset.step(step, pulse, how), map, selection, info),
    stepAttributes: (step, how) => dataset.stepAttributes(step, how),
    ...mappedTracks(info, map, read, async (id, how) => ({ ...(await dataset.track(map.old[id] as number, how)), from: id })),
    original: map.old,
    checkTracks: (how) => dataset.checkTracks(how),
    notes: () => [
      ...notesOf(dataset),
      ...(tracks === 0 && info.tracks > 0 ? [`None of the ${info.tracks} tracks meets the conditions.`] : []),
    ],
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

/** 1 = the track passes. Columns of the selection that the set does not have are refused even where there are no tracks. */
async function maskOf(
  dataset: ParticleDataset,
  selection: TrackSelection,
  differentiation: Differentiation,
  options: LongReadOptions,
): Promise<Uint8Array> {
  const needed = neededFacts(selection);
  planColumns(
    dataset.info,
    selection.filters.map(({ column }) => column),
  );
  if (dataset.info.tracks === 0) return new Uint8Array(0);
  return passingTracks(await readTrackFacts(dataset, { ...needed, differentiation }, options), selection).mask;
}

function choose(set: ParticleSet, { ids }: TrackMap, selection: TrackSelection, info: ParticleDatasetInfo): ParticleSet {
  const plans = new Map(
    [...selection.filters.map(({ column }) => column), 'x', 'y', 'z'].map((name) => [name, planColumns(info, [name])[0]]),
  );
  let order = 0;
  return renumberTracks(set, ids, false, (place) =>
    passingParticle(selection, order++, (column) => {
      const plan = plans.get(column);
      return !plan || plan.from === 'motion' || plan.from === 'id' || plan.from === 'length' ? Number.NaN : storedValue(plan, set, place);
    }),
  );
}

function storedValue(plan: StoredPlan, { xyz, intensity, scalars }: ParticleSet, i: number): number {
  if (plan.from === 'axis') return applyScale(plan.scale, xyz[3 * i + plan.axis] as number);
  return applyScale(plan.scale, (plan.from === 'intensity' ? intensity : scalars[plan.scalar])?.[i] ?? Number.NaN);
}

/** Particles of every snapshot. Where all particles belong to tracks the track table tells them. */
async function countParticles(
  dataset: ParticleDataset,
  { start, length }: TrackMap,
  read: (s: number, options: ReadOptions) => Promise<ParticleSet>,
  options: ReadOptions,
): Promise<Uint32Array> {
  const { steps, pulses, tracks, particles } = dataset.info;
  const counts = new Uint32Array(steps * pulses);
  const whole = tracks === 0 ? 0 : (await dataset.trackTable(0, tracks, options)).length.reduce((sum, points) => sum + points, 0);
  if (whole === particles) {
    for (let id = 0; id < start.length; id++) {
      for (let s = start[id] as number, end = s + (length[id] as number); s < end; s++) counts[s] = (counts[s] as number) + 1;
    }
    return counts;
  }
  for (let s = 0; s < counts.length; s++) {
    throwIfAborted(options.signal);
    counts[s] = (await read(s, options)).count;
  }
  return counts;
}
