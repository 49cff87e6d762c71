import { basename, dirname, join } from 'node:path';
import { throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { NO_TRACK, type ParticleSet, type TrackSet } from '../../../shared/model/particles.ts';
import { applyScale, type Scale } from '../../../shared/model/scale.ts';
import { VTP_DESCRIPTION_FILE } from '../../codecs/particle-layout.ts';
import { writeAtomically, type AtomicFile } from '../atomic-file.ts';
import { writeFolderAtomically } from '../atomic-folder.ts';
import { Losses } from '../losses.ts';
import { escapeXml } from '../vti-file.ts';
import type { WriteResult } from '../writer.ts';
import { describeColumns } from './column-writers.ts';
import { eachSnapshot } from './each-snapshot.ts';
import { heldScales } from './held-scales.ts';
import { tellUnheld } from './instants.ts';
import { particleColumnSpecs, valueScales } from './particle-columns.ts';
import type { ParticleWriteJob, ParticleWriter } from './particle-writer.ts';
import { writeVtpFile, type VtpArray, type VtpPiece } from './vtp-file.ts';

const DIGITS = 5;
const TRACKS_FILE = 'tracks.vtp';
/** Points of tracks in memory at a time; each such piece is a pass over the steps that its tracks cross. */
const PIECE_POINTS = 1 << 21;
const MOTION = ['u', 'v', 'w'];

/**
 * VTK PolyData of scaled values: a .pvd with a folder NAME_vtp of one .vtp per step and pulse (particles), and tracks.vtp in it (all tracks as lines);
 * named .vtp it is that one file of tracks. Layout: docs/formats/vtp.md.
 */
export const particleVtp: ParticleWriter = {
  id: 'vtp',
  label: 'VTK PolyData (.pvd, .vtp)',
  extensions: ['pvd', 'vtp'],
  options: {
    precision: {
      type: 'choice',
      label: 'Precision',
      choices: ['double', 'single'],
      help: 'double (default), or single: half the size, seven digits.',
    },
    lines: { type: 'boolean', label: 'Tracks as lines', help: 'Also write all tracks as lines in one file; true where nothing is given.' },
  },
  accepts: ({ steps }) => steps > 0 || 'it has no steps',
  write: async (job) => {
    const losses = new Losses();
    await tellUnheld(job.dataset, losses, { signal: job.signal });
    if (job.options['precision'] === 'single') losses.add('Digits beyond the seventh: values are written in single precision.');
    if (/\.vtp$/i.test(job.target)) await writeSingle(job, losses);
    else await writeSeries(job, losses);
    return { target: job.target, buffers: job.dataset.info.steps, losses: losses.list() } satisfies WriteResult;
  },
};

/** Tracks where there are any, else the particles of the only step. */
async function writeSingle(job: ParticleWriteJob, losses: Losses): Promise<void> {
  const { info } = job.dataset;
  await writeAtomically(job.target, { force: job.force }, async (file) => {
    if (info.tracks > 0) {
      await writeTracks(file, job, await describe(job, losses));
      losses.add('Particles without track: a single .vtp holds the tracks; name the target .pvd for all.');
      return;
    }
    let isFirst = true;
    const description = await describe({ ...job, dataset: firstOf(job.dataset) }, losses);
    await eachSnapshot(job, losses, await job.dataset.counts({ signal: job.signal }), async (set) => {
      if (isFirst) await writeSet(file, set, info, job, { description });
      isFirst = false;
    });
    if (info.steps * info.pulses > 1) losses.add('All steps but the first: a single .vtp holds one; name the target .pvd for all.');
  });
}

/** What the arrays do not say. A file of its own holds `counts`, which only a look at all others would tell. */
function describe(
  { dataset, signal }: Pick<ParticleWriteJob, 'dataset' | 'signal'>,
  losses: Losses,
  counts?: Uint32Array,
): Promise<string> {
  const held = heldScales(dataset.info, losses);
  const columns = particleColumnSpecs(dataset.info, true).map(({ name }) => name);
  return describeColumns({ dataset: { ...dataset, info: held }, signal, options: { mode: 'scaled' } }, columns, losses, counts);
}

/** A set of the first step alone. */
function firstOf(dataset: ParticleDataset): ParticleDataset {
  return {
    ...dataset,
    info: { ...dataset.info, steps: 1 },
    times: async (options) => (await dataset.times(options)).slice(0, dataset.info.pulses),
  };
}

/** The folder comes first: the .pvd never names files that are not there. */
async function writeSeries(job: ParticleWriteJob, losses: Losses): Promise<void> {
  const { dataset, options, force, signal } = job;
  const { info } = dataset;
  const name = basename(job.target).replace(/\.pvd$/i, '');
  // NAME alone may be the folder of the set that is read.
  const files = `${name}_vtp`;
  const parent = dirname(job.target);
  const times = await dataset.times({ signal });
  const fileOf = (snapshot: number): string => `${String(snapshot).padStart(DIGITS, '0')}.vtp`;
  await writeAtomically(join(parent, `${name}.pvd`), { force }, async (collection) => {
    const identity = JSON.stringify([info.path, info.title, options]);
    await writeFolderAtomically(join(parent, files), { force, resume: false, identity, ownFile: VTP_DESCRIPTION_FILE }, async (folder) => {
      const counts = await dataset.counts({ signal });
      await eachSnapshot(job, losses, counts, async (set, step, pulse) => {
        const snapshot = step * info.pulses + pulse;
        await folder.write(fileOf(snapshot), (file) => writeSet(file, set, info, job, { time: times[snapshot] ?? 0 }));
      });
      if (info.tracks > 0 && options['lines'] !== false) await folder.write(TRACKS_FILE, (file) => writeTracks(file, job));
      const text = await describe(job, losses, counts);
      await folder.write(VTP_DESCRIPTION_FILE, (file) => file.write(new TextEncoder().encode(text)));
    });
    const lines = Array.from(
      times,
      (time, snapshot) => `    <DataSet timestep="${time}" part="0" file="${escapeXml(files)}/${fileOf(snapshot)}"/>`,
    );
    const text = `<?xml version="1.0"?>\n<VTKFile type="Collection" version="1.0" byte_order="LittleEndian">\n  <Collection>\n${lines.join('\n')}\n  </Collection>\n</VTKFile>\n`;
    await collection.write(new TextEncoder().encode(text));
  });
}

/** The particles of a snapshot as vertices. */
async function writeSet(
  file: AtomicFile,
  { xyz, intensity, scalars, track }: ParticleSet,
  info: ParticleDatasetInfo,
  { options }: ParticleWriteJob,
  field: { readonly time?: number; readonly description?: string },
): Promise<void> {
  const piece: VtpPiece = {
    ...valueArrays({ xyz, intensity, scalars }, info, options['precision'] !== 'single', [
      { name: 'track', components: 1, data: BigInt64Array.from(track, trackNumber) },
      // Where the file says itself what it holds.
      ...(field.description !== undefined && info.pulses > 1
        ? [{ name: 'pulse', components: 1 as const, data: new BigInt64Array(track.length) }]
        : []),
    ]),
    cellData: [],
    vertices: true,
    lineEnds: new BigInt64Array(0),
  };
  await writeVtpFile(file, { time: undefined, ...field, count: 1, like: piece }, once(piece));
}

function trackNumber(id: number): bigint {
  return id === NO_TRACK ? -1n : BigInt(id);
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

/** Positions and point data, scaled; u, v, w together as the vector `velocity`. */
function valueArrays(
  { xyz, intensity, scalars }: Pick<ParticleSet, 'xyz' | 'intensity' | 'scalars'>,
  info: ParticleDatasetInfo,
  isDouble: boolean,
  more: readonly VtpArray[],
): Pick<VtpPiece, 'points' | 'pointData'> {
  const count = intensity.length;
  const scales = valueScales(info);
  const make = (length: number): Float64Array | Float32Array => (isDouble ? new Float64Array(length) : new Float32Array(length));
  const positions = make(3 * count);
  for (let i = 0; i < 3 * count; i++) positions[i] = applyScale(scales[i % 3] as Scale, xyz[i] as number);
  const scaled = (values: Float32Array, scale: Scale): Float64Array | Float32Array => {
    const out = make(count);
    for (let i = 0; i < count; i++) out[i] = applyScale(scale, values[i] as number);
    return out;
  };
  const names = particleColumnSpecs(info, true)
    .slice(7)
    .map(({ name }) => name);
  const parts = MOTION.map((name) => names.indexOf(name));
  const isVector = parts.every((at) => at >= 0);
  const velocity = make(isVector ? 3 * count : 0);
  for (const [axis, at] of isVector ? parts.entries() : []) {
    const values = scaled(scalars[at] as Float32Array, scales[4 + at] as Scale);
    for (let i = 0; i < count; i++) velocity[3 * i + axis] = values[i] as number;
  }
  const single = (name: string, data: VtpArray['data']): VtpArray => ({ name, components: 1, data });
  return {
    points: { name: 'Points', components: 3, data: positions },
    pointData: [
      single('intensity', scaled(intensity, scales[3] as Scale)),
      ...more,
      ...names.flatMap((name, k) =>
        isVector && parts.includes(k) ? [] : [single(name, scaled(scalars[k] as Float32Array, scales[4 + k] as Scale))],
      ),
      ...(isVector ? [{ name: 'velocity', components: 3 as const, data: velocity }] : []),
    ],
  };
}

/** All tracks as lines, a piece of them at a time. */
async function writeTracks(file: AtomicFile, job: ParticleWriteJob, description?: string): Promise<void> {
  const { dataset, signal, options } = job;
  const { info } = dataset;
  const times = await dataset.times({ signal });
  const windows = await trackWindows(job);
  const pieceOf = (tracks: TrackSet): VtpPiece => trackPiece(withoutGaps(tracks), info, times, options['precision'] !== 'single');
  async function* pieces(): AsyncGenerator<VtpPiece> {
    for (const [from, to] of windows) {
      throwIfAborted(signal);
      yield pieceOf(await dataset.tracks(from, to, { signal }));
    }
  }
  const none = new Float32Array(0);
  const like = pieceOf({
    from: 0,
    first: Uint32Array.of(0),
    startStep: new Uint32Array(0),
    startPulse: new Uint8Array(0),
    xyz: none,
    intensity: none,
    scalars: info.scalars.map(() => none),
  });
  await writeVtpFile(
    file,
    { time: undefined, ...(description === undefined ? {} : { description }), count: windows.length, like },
    pieces(),
  );
}

const TABLE_AT_ONCE = 1 << 18;

async function trackWindows({ dataset, signal }: ParticleWriteJob): Promise<readonly (readonly [from: number, to: number])[]> {
  const { tracks } = dataset.info;
  const windows: [number, number][] = [];
  let [from, points] = [0, 0];
  for (let start = 0; start < tracks; start += TABLE_AT_ONCE) {
    const { length } = await dataset.trackTable(start, Math.min(tracks, start + TABLE_AT_ONCE), { signal });
    for (let i = 0; i < length.length; i++) {
      if (points > 0 && points + (length[i] as number) > PIECE_POINTS) {
        windows.push([from, start + i]);
        [from, points] = [start + i, 0];
      }
      points += length[i] as number;
    }
  }
  return from < tracks ? [...windows, [from, tracks]] : windows;
}

/** Tracks without the points that a file does not have: their lines go straight on. With the snapshot of each point. */
function withoutGaps(tracks: TrackSet): TrackSet & { readonly offset: Uint32Array } {
  const { first, xyz, intensity, scalars } = tracks;
  const total = intensity.length;
  const kept: number[] = [];
  const ends = new Uint32Array(first.length);
  const offset = new Uint32Array(total);
  for (let i = 0; i + 1 < first.length; i++) {
    for (let row = first[i] as number; row < (first[i + 1] as number); row++) {
      if (Number.isNaN(xyz[3 * row]) && Number.isNaN(xyz[3 * row + 1]) && Number.isNaN(xyz[3 * row + 2])) continue;
      offset[kept.length] = row - (first[i] as number);
      kept.push(row);
    }
    ends[i + 1] = kept.length;
  }
  if (kept.length === total) return { ...tracks, offset };
  const taken = (values: Float32Array): Float32Array => Float32Array.from(kept, (row) => values[row] as number);
  const positions = new Float32Array(3 * kept.length);
  for (const [i, row] of kept.entries()) positions.set(xyz.subarray(3 * row, 3 * row + 3), 3 * i);
  return {
    ...tracks,
    first: ends,
    xyz: positions,
    intensity: taken(intensity),
    scalars: scalars.map(taken),
    offset: offset.slice(0, kept.length),
  };
}

function trackPiece(
  { from, first, startStep, startPulse, xyz, intensity, scalars, offset }: ReturnType<typeof withoutGaps>,
  info: ParticleDatasetInfo,
  times: Float64Array,
  isDouble: boolean,
): VtpPiece {
  const count = intensity.length;
  const whole = (): BigInt64Array => new BigInt64Array(count);
  const [track, step, pulse, time] = [whole(), whole(), whole(), new Float64Array(count)];
  for (let i = 0; i + 1 < first.length; i++) {
    const start = (startStep[i] as number) * info.pulses + (startPulse[i] as number);
    for (let row = first[i] as number; row < (first[i + 1] as number); row++) {
      const snapshot = start + (offset[row] as number);
      track[row] = BigInt(from + i);
      step[row] = BigInt(Math.floor(snapshot / info.pulses));
      pulse[row] = BigInt(snapshot % info.pulses);
      time[row] = times[snapshot] as number;
    }
  }
  const ends = first.subarray(1);
  return {
    ...valueArrays({ xyz, intensity, scalars }, info, isDouble, [
      { name: 'track', components: 1, data: track },
      { name: 'step', components: 1, data: step },
      ...(info.pulses > 1 ? [{ name: 'pulse', components: 1 as const, data: pulse }] : []),
      { name: 'time', components: 1, data: isDouble ? time : Float32Array.from(time) },
    ]),
    cellData: [
      { name: 'id', components: 1, data: BigInt64Array.from(ends, (_, i) => BigInt(from + i)) },
      { name: 'length', components: 1, data: BigInt64Array.from(ends, (end, i) => BigInt(end - (first[i] as number))) },
    ],
    vertices: false,
    lineEnds: BigInt64Array.from(ends, BigInt),
  };
}
