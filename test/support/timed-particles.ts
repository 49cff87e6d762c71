import { particleTables } from '../../shared/compute/particle-tables.ts';
import { particleSummary } from '../../shared/compute/particles/particle-summary.ts';
import { mappedTracks } from '../../main/host/chain/particles/mapped-tracks.ts';
import type { ParticleDataset, ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import { NO_TRACK, type ParticleSet, type TrackSet } from '../../shared/model/particles.ts';
import { unitScale } from '../../shared/model/scale.ts';

/** A track by its first snapshot and its points; `undefined` = a gap. */
export interface MadeTrack {
  readonly start: number;
  readonly points: readonly (readonly [x: number, y: number, z: number] | undefined)[];
}

/** A set that is written down in a test. The intensity of a point is its snapshot, that of a free particle -1. */
export function timedParticles(
  times: readonly number[],
  tracks: readonly MadeTrack[],
  o: {
    readonly pulses?: number;
    readonly scales?: Partial<ParticleDatasetInfo['scales']>;
    readonly free?: readonly (readonly [snapshot: number, x: number, y: number, z: number])[];
  } = {},
): ParticleDataset {
  const { pulses = 1, free = [] } = o;
  const steps = times.length / pulses;
  const sets = times.map((_, s) => {
    const own = tracks.flatMap(({ start, points }, id) =>
      points[s - start] ? [{ id, at: points[s - start] as readonly number[], intensity: s }] : [],
    );
    const loose = free.filter(([snapshot]) => snapshot === s).map(([, ...at]) => ({ id: NO_TRACK, at, intensity: -1 }));
    return madeSet([...own, ...loose]);
  });
  const info: ParticleDatasetInfo = {
    kind: 'particles',
    format: 'made',
    title: 'made',
    path: 'made',
    typeId: '',
    attributes: {},
    warnings: [],
    children: [],
    summary: particleSummary({ pulses, steps, tracks: tracks.length }),
    tables: particleTables(times.length, tracks.length),
    steps,
    pulses,
    tracks: tracks.length,
    particles: sets.reduce((sum, { count }) => sum + count, 0),
    startTime: 0,
    scales: { x: unitScale('mm'), y: unitScale('mm'), z: unitScale('mm'), i: unitScale('counts'), ...o.scales },
    bounds: [0, 0, 0, 1, 1, 1],
    scalars: [],
    firstNumber: 1,
  };
  const step = async (s: number): Promise<ParticleSet> => sets[s] as ParticleSet;
  const map = {
    ids: Uint32Array.from(tracks.keys()),
    old: Uint32Array.from(tracks.keys()),
    start: Uint32Array.from(tracks, ({ start }) => start),
    length: Uint32Array.from(tracks, ({ points }) => points.length),
  };
  const calls: ReturnType<typeof mappedTracks> = mappedTracks(info, map, step, (id): Promise<TrackSet> => calls.tracks(id, id + 1));
  return {
    info,
    ...calls,
    checkTracks: async () => [],
    times: async () => Float64Array.from(times),
    counts: async () => Uint32Array.from(sets, ({ count }) => count),
    step: async (at, pulse) => sets[at * pulses + pulse] as ParticleSet,
    stepAttributes: async (at) => ({ number: String(at) }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function madeSet(particles: readonly { readonly id: number; readonly at: readonly number[]; readonly intensity: number }[]): ParticleSet {
  return {
    count: particles.length,
    xyz: Float32Array.from(particles.flatMap(({ at }) => at)),
    intensity: Float32Array.from(particles, ({ intensity }) => intensity),
    track: Uint32Array.from(particles, ({ id }) => id),
    scalars: [],
    warnings: [],
  };
}
