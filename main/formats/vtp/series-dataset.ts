import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ParticleDataset, ParticleDatasetInfo, ReadOptions } from '../../../shared/model/dataset.ts';
import type { ParticleSet, TrackSet } from '../../../shared/model/particles.ts';
import { unitScale, type FrameScales, type Scale } from '../../../shared/model/scale.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';
import { ascendingOrder } from '../particles/ascending-order.ts';
import { NO_INTENSITY, noIntensity } from '../particles/column-meanings.ts';
import { describedInfo, describedTimes } from '../particles/described-info.ts';
import { doubleParticles } from '../particles/double-particles.ts';
import { placeChecks } from '../particles/place-checks.ts';
import { addSnapshot, blankTracks, crossedSnapshots, startsOf } from '../particles/track-points.ts';
import { findBounds, lookThrough } from './look-through.ts';
import type { PieceColumns, SnapshotFiles } from './snapshot-files.ts';
import { listKnownTracks, listTracks, trackPlace, type TrackList } from './track-list.ts';

export const VTP_FORMAT = 'vtp';

const MAX_TRACKS = 2 ** 27;

/** What a series is read by. */
interface Series {
  readonly files: SnapshotFiles;
  readonly info: ParticleDatasetInfo;
  readonly counts: Uint32Array;
  /** Names of the columns of the scalars. */
  readonly scalars: readonly string[];
  readonly hasIntensity: boolean;
  /** Of the values of the files; undefined where these are the numbers that are kept. */
  readonly scales: readonly Scale[] | undefined;
  /** Numbers of the tracks in the files, where these are not 0, 1 ... */
  readonly ids: Float64Array | undefined;
  /** Found by a pass over the track numbers of all files, once. */
  tracks(options: ReadOptions): Promise<TrackList>;
}

export interface SeriesPlace {
  readonly path: string;
  readonly title: string;
  readonly warnings: readonly Warning[];
}

/** Particles of which every snapshot is a file of its own; only what is asked for is read. Closing it closes the files. */
export async function seriesDataset(
  files: SnapshotFiles,
  description: ParticleDescription,
  place: SeriesPlace,
  options: ReadOptions,
): Promise<ParticleDataset> {
  const series = await openSeries(files, description, place, options);
  const { info } = series;
  const times = describedTimes(description);
  const check = placeChecks(info);
  const tracks = async (from: number, to: number, how: ReadOptions): Promise<TrackSet> => {
    check.tracks(from, to);
    return readTracks(series, from, to, how);
  };
  return {
    info,
    times: async () => times.slice(),
    counts: async () => series.counts.slice(),
    step: async (step, pulse, how = {}) => readSnapshot(series, check.snapshot(step, pulse), how),
    stepAttributes: async (step) => {
      check.snapshot(step, 0);
      return description.stepAttributes[step] ?? {};
    },
    tracks: async (from, to, how = {}) => tracks(from, to, how),
    track: async (id, how = {}) => tracks(id, id + 1, how),
    checkTracks: async () => {
      check.open();
      return [];
    },
    trackTable: async (from, to, how = {}) => {
      check.tracks(from, to);
      const { start, length } = await series.tracks(how);
      return { from, length: length.slice(from, to), ...startsOf(start.subarray(from, to), info.pulses) };
    },
    [Symbol.asyncDispose]: async () => {
      check.close();
      await files[Symbol.asyncDispose]();
    },
  };
}

/** Our descriptions say everything; other files are looked through. */
async function openSeries(
  files: SnapshotFiles,
  description: ParticleDescription,
  { path, title, warnings }: SeriesPlace,
  options: ReadOptions,
): Promise<Series> {
  const { isOwn, scalarNames, scalarScales, scales, coordinates } = description;
  const facts = isOwn && description.counts ? undefined : await lookThrough(files, options);
  const hasTrack = facts?.columns.includes('track') ?? true;
  const scalars = isOwn ? [...scalarNames.keys()] : (facts?.columns ?? []).filter((name) => name !== 'track' && name !== 'intensity');
  const counts = description.counts ?? facts?.counts ?? new Uint32Array(files.snapshots);
  const particles = counts.reduce((sum, count) => sum + count, 0);
  const readIds = (s: number, how: ReadOptions): Promise<ArrayLike<number> | undefined> => readOne(files, s, 'track', how);
  const known = isOwn ? description.tracks : undefined;
  if (known !== undefined && known > Math.min(particles, MAX_TRACKS))
    throw new DataError('malformed', `The description names ${known} tracks of ${particles} particles.`, { path, field: 'tracks' });
  const found = known === undefined && hasTrack ? await listTracks(files.snapshots, (s) => readIds(s, options), path, options) : undefined;
  let list = found && Promise.resolve(found);
  const box = description.bounds ? { bounds: description.bounds, warnings: [] } : await findBounds(files, options);
  const axis = (name: 'x' | 'y' | 'z' | 'i'): Scale => scales[name] ?? unitScale('');
  const ownScales: FrameScales = { x: axis('x'), y: axis('y'), z: axis('z'), i: axis('i') };
  const scalarInfo = scalars.map((column) => ({
    name: scalarNames.get(column) ?? column,
    scale: scalarScales.get(column) ?? unitScale(''),
  }));
  const hasIntensity = isOwn || (facts?.columns.includes('intensity') ?? false);
  const info = describedInfo(description, {
    format: VTP_FORMAT,
    path,
    title,
    tracks: known ?? found?.start.length ?? 0,
    particles,
    scales: ownScales,
    scalars: scalarInfo,
    bounds: box.bounds,
    warnings: [
      ...warnings,
      ...box.warnings,
      ...oddities(
        { hasIntensity, hasTrack, lines: facts?.lines ?? 0, passedOver: facts?.passedOver ?? [], isRenumbered: found?.ids !== undefined },
        path,
      ),
    ],
  });
  return {
    files,
    info,
    counts,
    scalars,
    hasIntensity,
    ids: found?.ids,
    scales:
      coordinates === 'scaled' ? [ownScales.x, ownScales.y, ownScales.z, ownScales.i, ...scalarInfo.map(({ scale }) => scale)] : undefined,
    tracks: (how) => {
      const reading = (list ??= listKnownTracks(files.snapshots, (s) => readIds(s, how), info.tracks, how));
      reading.catch(() => {
        if (list === reading) list = undefined;
      });
      return reading;
    },
  };
}

interface Oddities {
  readonly hasIntensity: boolean;
  readonly hasTrack: boolean;
  readonly lines: number;
  readonly passedOver: readonly string[];
  readonly isRenumbered: boolean;
}

function oddities({ hasIntensity, hasTrack, lines, passedOver, isRenumbered }: Oddities, path: string): readonly Warning[] {
  return [
    ...(hasIntensity ? [] : [noIntensity(path)]),
    ...(lines > 0 && !hasTrack
      ? [
          {
            code: 'lines',
            message: `The ${lines} lines are not read as tracks: their points do not say of which track and step they are.`,
            path,
          },
        ]
      : []),
    ...(passedOver.length > 0
      ? [
          {
            code: 'passed-over',
            message: `${passedOver.map((name) => `'${name}'`).join(', ')} of the points are left out: particles have numbers only.`,
            path,
          },
        ]
      : []),
    ...(isRenumbered
      ? [{ code: 'renumbered', message: 'The tracks are numbered anew, from 0 on in the order of their numbers.', path }]
      : []),
  ];
}

/** One column of a whole snapshot; undefined where a piece does not have it. */
async function readOne(files: SnapshotFiles, s: number, name: string, options: ReadOptions): Promise<ArrayLike<number> | undefined> {
  const pieces = await files.columns(s, [name], options);
  const [first] = pieces;
  return pieces.length === 1 ? first?.values[0] : joined(pieces, 0, Number.NaN);
}

/** A column of all pieces together. */
function joined(pieces: readonly PieceColumns[], column: number, absent: number): Float64Array {
  const out = new Float64Array(pieces.reduce((sum, { points }) => sum + points, 0));
  let at = 0;
  for (const { points, values } of pieces) {
    const given = values[column];
    if (given) out.set(given, at);
    else out.fill(absent, at, at + points);
    at += points;
  }
  return out;
}

/** One snapshot, in ascending track number. */
async function readSnapshot(series: Series, s: number, options: ReadOptions): Promise<ParticleSet> {
  const { files, info, scalars, scales, hasIntensity } = series;
  throwIfAborted(options.signal);
  const names = ['x', 'y', 'z', 'intensity', 'track', ...scalars];
  const pieces = await files.columns(s, names, options);
  const count = pieces.reduce((sum, { points }) => sum + points, 0);
  const ids = Uint32Array.from(joined(pieces, 4, -1), (id) => trackPlace(id, series.ids, info.tracks));
  const order = ascendingOrder(ids);
  const column = (at: number, scale: Scale | undefined, absent: number): Float32Array => stored(joined(pieces, at, absent), order, scale);
  const xyz = new Float32Array(3 * count);
  for (let axis = 0; axis < 3; axis++) {
    const values = column(axis, scales?.[axis], Number.NaN);
    for (let i = 0; i < count; i++) xyz[3 * i + axis] = values[i] as number;
  }
  const track = order ? Uint32Array.from(order, (at) => ids[at] as number) : ids;
  return {
    count,
    xyz,
    intensity: column(3, scales?.[3], hasIntensity ? Number.NaN : NO_INTENSITY),
    track,
    scalars: scalars.map((_, k) => column(5 + k, scales?.[4 + k], Number.NaN)),
    warnings: snapshotWarnings(series, s, { pieces, names, count, track }),
  };
}

/** The numbers that are kept, in a new order where there is one: those of the file, or (value - offset) / slope. */
function stored(values: Float64Array, order: Uint32Array | undefined, scale: Scale | undefined): Float32Array {
  const out = new Float32Array(values.length);
  const [slope, offset] = [scale?.slope ?? 1, scale?.offset ?? 0];
  for (let i = 0; i < out.length; i++) out[i] = ((values[order ? (order[i] as number) : i] as number) - offset) / slope;
  return out;
}

interface ReadPieces {
  readonly pieces: readonly PieceColumns[];
  readonly names: readonly string[];
  readonly count: number;
  readonly track: Uint32Array;
}

function snapshotWarnings(
  { files, info, counts, hasIntensity }: Series,
  s: number,
  { pieces, names, count, track }: ReadPieces,
): readonly Warning[] {
  const path = files.path(s);
  const absent = names.filter(
    (name, at) =>
      pieces.some(({ points, values }) => points > 0 && !values[at]) &&
      !(name === 'track' && info.tracks === 0) &&
      !(name === 'intensity' && !hasIntensity),
  );
  const promised = counts[s] as number;
  return [
    ...(count === promised ? [] : [{ code: 'count', message: `${path} has ${count} particles, ${promised} were promised.`, path }]),
    ...absent.map((name) => ({ code: 'missing-scalar', message: `${path} has no values of '${name}'; they are not known.`, path })),
    ...doubleParticles(track, { snapshot: s, pulses: info.pulses }, { path }),
  ];
}

/** The tracks from ... to - 1 in one pass over the snapshots that they cross. */
async function readTracks(series: Series, from: number, to: number, options: ReadOptions): Promise<TrackSet> {
  const { start, length } = await series.tracks(options);
  const records = { start: start.subarray(from, to), length: length.subarray(from, to) };
  const tracks = blankTracks(records, { from, pulses: series.info.pulses, scalars: series.scalars.length });
  const [begin, end] = crossedSnapshots(records);
  for (let s = begin; s < end; s++) addSnapshot(tracks, records.start, s, await readSnapshot(series, s, options));
  return tracks;
}
