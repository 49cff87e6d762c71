import { particleTables } from '../../../../shared/compute/particle-tables.ts';
import { particleSummary } from '../../../../shared/compute/particles/particle-summary.ts';
import { DataError } from '../../../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo, ReadOptions } from '../../../../shared/model/dataset.ts';
import type { ParticleInstants, TrackSet } from '../../../../shared/model/particles.ts';
import { mappedTracks } from './mapped-tracks.ts';
import { notesOf, type NotedParticles } from './noted-particles.ts';
import { mapTracks, renumberTracks, type TrackPart } from './track-map.ts';

/** Steps from, from + step ... below to; 0-based. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/**
 * The steps of a range as a dataset of their own. Tracks are cut to it and numbered anew in their order; of which less than 2 points are left
 * is no track any more, its particle is one without track (told in `notes`). Closing it closes the dataset.
 */
export async function selectSteps(dataset: ParticleDataset, range: StepRange, options: ReadOptions = {}): Promise<NotedParticles> {
  const { info } = dataset;
  checkRange(info, range);
  const { from, step } = range;
  const { pulses } = info;
  const steps = Math.ceil((range.to - from) / step);
  let loose = 0;
  const part = partOf(range, steps, pulses);
  const map = await mapTracks(
    dataset,
    (start, length) => {
      const taken = part(start, length);
      if (taken[1] === 1) loose += 1;
      return taken;
    },
    options,
  );
  const oldSnapshot = (snapshot: number): number => (from + Math.floor(snapshot / pulses) * step) * pulses + (snapshot % pulses);
  const picked = <A extends Float64Array | Uint32Array>(all: A, empty: A): A => {
    for (let s = 0; s < empty.length; s++) empty[s] = all[oldSnapshot(s)] as number;
    return empty;
  };
  const counts = async (how?: ReadOptions): Promise<Uint32Array> => picked(await dataset.counts(how), new Uint32Array(steps * pulses));
  const times = await dataset.times(options);
  const first = times[from * pulses] ?? 0;
  const read = async (s: number, how: ReadOptions): Promise<Awaited<ReturnType<ParticleDataset['step']>>> => {
    checkStep(info, steps, s);
    return renumberTracks(await dataset.step(from + Math.floor(s / pulses) * step, s % pulses, how), map.ids, true);
  };
  const tracks = map.length.length;
  const particles = (await counts(options)).reduce((sum, count) => sum + count, 0);
  return {
    info: {
      ...info,
      steps,
      tracks,
      particles,
      summary: particleSummary({ pulses, steps, tracks }),
      tables: particleTables(steps * pulses, tracks),
      startTime: pulses === 1 ? info.startTime + first : first,
    },
    times: async () => picked(pulses === 1 ? times.map((time) => time - first) : times, new Float64Array(steps * pulses)),
    ...(dataset.delays
      ? { delays: async (how) => picked((await dataset.delays?.(how)) as Float64Array, new Float64Array(steps * pulses)) }
      : {}),
    ...(dataset.instants
      ? { instants: async (how) => pickedInstants((await dataset.instants?.(how)) as ParticleInstants, steps * pulses, oldSnapshot) }
      : {}),
    counts,
    step: async (s, pulse, how = {}) => {
      if (!(Number.isInteger(pulse) && pulse >= 0 && pulse < pulses)) return dataset.step(from, pulse, how);
      return read(s * pulses + pulse, how);
    },
    stepAttributes: async (s, how) => {
      checkStep(info, steps, s * pulses);
      return dataset.stepAttributes(from + s * step, how);
    },
    ...mappedTracks(info, map, read, async (id, how) =>
      cutTrack(await dataset.track(map.old[id] as number, how), id, {
        start: map.start[id] as number,
        length: map.length[id] as number,
        pulses,
        oldSnapshot,
      }),
    ),
    checkTracks: (how) => dataset.checkTracks(how),
    notes: () => [...notesOf(dataset), ...(loose === 0 ? [] : [looseText(loose)])],
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

function pickedInstants(
  { seconds, picoseconds }: ParticleInstants,
  snapshots: number,
  oldSnapshot: (snapshot: number) => number,
): ParticleInstants {
  const picked = { seconds: new BigInt64Array(snapshots), picoseconds: new BigInt64Array(snapshots) };
  for (let s = 0; s < snapshots; s++) {
    picked.seconds[s] = seconds[oldSnapshot(s)] as bigint;
    picked.picoseconds[s] = picoseconds[oldSnapshot(s)] as bigint;
  }
  return picked;
}

function looseText(count: number): string {
  const [tracks, particles] = count === 1 ? ['1 track', 'it is'] : [`${count} tracks`, 'they are'];
  return `Of ${tracks} only one particle lies in the range: ${particles} written without track.`;
}

function checkRange({ steps, title, path }: ParticleDatasetInfo, { from, to, step }: StepRange): void {
  if ([from, to, step].every(Number.isInteger) && from >= 0 && from < to && to <= steps && step >= 1) return;
  throw new DataError('out-of-range', `There are no steps ${from} to ${to} in steps of ${step}: ${title} has ${steps}.`, {
    path,
    field: 'range',
  });
}

function checkStep({ pulses, title, path }: ParticleDatasetInfo, steps: number, snapshot: number): void {
  if (Number.isInteger(snapshot) && snapshot >= 0 && snapshot < steps * pulses) return;
  throw new DataError(
    'out-of-range',
    `There is no step ${Math.floor(snapshot / pulses)}: ${steps} steps of ${title} are selected (0 to ${steps - 1}).`,
    { path, field: 'step' },
  );
}

/** With several pulses a track is inside of a step and comes along whole. */
function partOf({ from, to, step }: StepRange, steps: number, pulses: number): (start: number, length: number) => ReturnType<TrackPart> {
  if (pulses > 1) {
    return (start, length) => {
      const old = Math.floor(start / pulses);
      const isIn = old >= from && old < to && (old - from) % step === 0;
      return isIn ? [((old - from) / step) * pulses + (start % pulses), length] : [0, 0];
    };
  }
  return (start, length) => {
    const first = Math.max(0, Math.ceil((start - from) / step));
    const last = Math.min(steps - 1, Math.floor((start + length - 1 - from) / step));
    return [first, Math.max(0, last - first + 1)];
  };
}

interface TrackCut {
  readonly start: number;
  readonly length: number;
  readonly pulses: number;
  readonly oldSnapshot: (snapshot: number) => number;
}

/** The points of a whole track that lie in the selection. */
function cutTrack(whole: TrackSet, id: number, { start, length, pulses, oldSnapshot }: TrackCut): TrackSet {
  const wholeStart = (whole.startStep[0] as number) * pulses + (whole.startPulse[0] as number);
  const rows = Array.from({ length }, (_, i) => oldSnapshot(start + i) - wholeStart);
  const taken = (values: Float32Array): Float32Array => Float32Array.from(rows, (row) => values[row] as number);
  return {
    from: id,
    first: Uint32Array.of(0, length),
    startStep: Uint32Array.of(Math.floor(start / pulses)),
    startPulse: Uint8Array.of(start % pulses),
    xyz: Float32Array.from({ length: 3 * length }, (_, i) => whole.xyz[3 * (rows[Math.floor(i / 3)] as number) + (i % 3)] as number),
    intensity: taken(whole.intensity),
    scalars: whole.scalars.map(taken),
  };
}
