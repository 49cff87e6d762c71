import { particleTables } from '../../shared/compute/particle-tables.ts';
import { particleSummary } from '../../shared/compute/particles/particle-summary.ts';
import type { ParticleDataset, ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import { NO_TRACK, type ParticleSet, type TrackSet } from '../../shared/model/particles.ts';
import { unitScale } from '../../shared/model/scale.ts';

export interface MadeTrack {
  readonly start: number;
  /** x, y, z, intensity, scalars of each point; undefined is a gap. */
  readonly points: readonly (readonly number[] | undefined)[];
}

export interface MadeParticles
  extends Partial<Pick<ParticleDatasetInfo, 'attributes' | 'scales' | 'scalars' | 'bounds' | 'secondBox' | 'title'>> {
  readonly pulses?: number;
  readonly steps: number;
  readonly tracks?: readonly MadeTrack[];
  /** Particles without track of each snapshot. */
  readonly loose?: readonly (readonly (readonly number[])[])[];
  /** Seconds and picoseconds of each snapshot. */
  readonly instants?: readonly (readonly [bigint, bigint])[];
  readonly stepAttributes?: readonly ParticleDatasetInfo['attributes'][];
}

/** A set in memory, written down point by point. */
export function madeParticles(made: MadeParticles): ParticleDataset {
  const { pulses = 1, steps, tracks = [], loose = [], scalars = [], stepAttributes = [] } = made;
  const snapshots = steps * pulses;
  const instants = made.instants ?? Array.from({ length: snapshots }, (_, s) => [0n, BigInt(s) * 1_000_000_000n] as const);
  const picoseconds = instants.map(([s, p]) => s * 1_000_000_000_000n + p);
  const particlesOf = (s: number): readonly (readonly [track: number, values: readonly number[]])[] => [
    ...tracks.flatMap(({ start, points }, id) => {
      const point = points[s - start];
      return point ? [[id, point] as const] : [];
    }),
    ...(loose[s] ?? []).map((values) => [NO_TRACK, values] as const),
  ];
  const setOf = (s: number): ParticleSet => {
    const all = particlesOf(s);
    return {
      count: all.length,
      xyz: Float32Array.from(all.flatMap(([, values]) => values.slice(0, 3))),
      intensity: Float32Array.from(all, ([, values]) => values[3] as number),
      track: Uint32Array.from(all, ([id]) => id),
      scalars: scalars.map((_, k) => Float32Array.from(all, ([, values]) => values[4 + k] as number)),
      warnings: [],
    };
  };
  const startsOf = (from: number, to: number) => ({
    startStep: Uint32Array.from(tracks.slice(from, to), ({ start }) => Math.floor(start / pulses)),
    startPulse: Uint8Array.from(tracks.slice(from, to), ({ start }) => start % pulses),
  });
  const tracksOf = (from: number, to: number): TrackSet => {
    const all = tracks
      .slice(from, to)
      .map(({ points }) =>
        points.map((point) => point ?? [Number.NaN, Number.NaN, Number.NaN, Number.NaN, ...scalars.map(() => Number.NaN)]),
      );
    const first = [0];
    for (const points of all) first.push((first.at(-1) ?? 0) + points.length);
    const flat = all.flat();
    return {
      from,
      first: Uint32Array.from(first),
      ...startsOf(from, to),
      xyz: Float32Array.from(flat.flatMap((values) => values.slice(0, 3))),
      intensity: Float32Array.from(flat, (values) => values[3] as number),
      scalars: scalars.map((_, k) => Float32Array.from(flat, (values) => values[4 + k] as number)),
    };
  };
  const counts = Uint32Array.from({ length: snapshots }, (_, s) => particlesOf(s).length);
  const origin = pulses === 1 ? (picoseconds[0] ?? 0n) : 0n;
  const info: ParticleDatasetInfo = {
    kind: 'particles',
    format: 'davis-particles',
    title: made.title ?? 'made',
    path: '',
    children: [],
    warnings: [],
    summary: particleSummary({ pulses, steps, tracks: tracks.length }),
    typeId: { 1: 'TIME_RESOLVED', 2: 'DOUBLE_PULSE', 4: 'FOUR_PULSE' }[pulses] ?? '',
    attributes: made.attributes ?? {},
    tables: particleTables(snapshots, tracks.length),
    steps,
    pulses,
    tracks: tracks.length,
    particles: counts.reduce((sum, count) => sum + count, 0),
    startTime: Number(picoseconds[0] ?? 0n) / 1e12,
    scales: made.scales ?? { x: unitScale('mm'), y: unitScale('mm'), z: unitScale('mm'), i: unitScale('counts') },
    bounds: made.bounds ?? [0, 0, 0, 10, 10, 10],
    ...(made.secondBox ? { secondBox: made.secondBox } : {}),
    scalars,
    firstNumber: 1,
  };
  return {
    info,
    times: async () => Float64Array.from(picoseconds, (time) => Number(time - origin) / 1e12),
    instants: async () => ({ seconds: BigInt64Array.from(instants, ([s]) => s), picoseconds: BigInt64Array.from(instants, ([, p]) => p) }),
    counts: async () => counts,
    step: async (step, pulse) => setOf(step * pulses + pulse),
    stepAttributes: async (step) => stepAttributes[step] ?? {},
    tracks: async (from, to) => tracksOf(from, to),
    track: async (id) => tracksOf(id, id + 1),
    checkTracks: async () => [],
    trackTable: async (from, to) => ({
      from,
      length: Uint32Array.from(tracks.slice(from, to), ({ points }) => points.length),
      ...startsOf(from, to),
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}
