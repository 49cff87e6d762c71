import { throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { ParticleSet, TrackSet } from '../../../shared/model/particles.ts';
import type { Scale } from '../../../shared/model/scale.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { ascendingOrder } from '../particles/ascending-order.ts';
import { NO_INTENSITY } from '../particles/column-meanings.ts';
import { doubleParticles } from '../particles/double-particles.ts';
import { addSnapshot, blankTracks, crossedSnapshots } from '../particles/track-points.ts';
import type { Series } from './open-series.ts';
import { joinedColumn, type PieceColumns } from './snapshot-files.ts';
import { trackPlace } from './track-list.ts';

/** One snapshot, in ascending track number. */
export async function readSnapshot(series: Series, s: number, options: ReadOptions): Promise<ParticleSet> {
  const { files, info, scalars, scales, hasIntensity } = series;
  throwIfAborted(options.signal);
  const names = ['x', 'y', 'z', 'intensity', 'track', ...scalars];
  const pieces = await files.columns(s, names, options);
  const count = pieces.reduce((sum, { points }) => sum + points, 0);
  const ids = Uint32Array.from(joinedColumn(pieces, 4, -1), (id) => trackPlace(id, series.tracks.ids, info.tracks));
  const order = ascendingOrder(ids);
  const column = (at: number, scale: Scale | undefined, absent: number): Float32Array =>
    stored(joinedColumn(pieces, at, absent), order, scale);
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
export async function readTracks(series: Series, from: number, to: number, options: ReadOptions): Promise<TrackSet> {
  const { start, length } = await series.tracks.list(options);
  const records = { start: start.subarray(from, to), length: length.subarray(from, to) };
  const tracks = blankTracks(records, { from, pulses: series.info.pulses, scalars: series.scalars.length });
  const [begin, end] = crossedSnapshots(records);
  for (let s = begin; s < end; s++) addSnapshot(tracks, records.start, s, await readSnapshot(series, s, options));
  return tracks;
}
