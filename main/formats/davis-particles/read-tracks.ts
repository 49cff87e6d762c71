import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { TrackSet, TrackTable } from '../../../shared/model/particles.ts';
import { blankTracks, crossedSnapshots, startsOf } from '../particles/track-points.ts';
import { createScratch } from '../../sources/scratch.ts';
import { PARTICLE_WORD, scalarsFile, SNAPSHOT, snapshotsFile } from './layout.ts';
import { wrongRecord } from './lost-tracks.ts';
import { readRaw, readScalars, trackOf, type ParticleStore, type RawSnapshot } from './read-snapshot.ts';
import type { TrackIndex, TrackRecords } from './track-index.ts';

/** Where tracks are looked up and where their particles lie. */
export interface TrackStore extends ParticleStore {
  readonly table: TrackIndex;
}

export async function readTrackTable(store: TrackStore, from: number, to: number, options: ReadOptions): Promise<TrackTable> {
  const { start, length } = await readRecords(store, from, to, options);
  return { from, length, ...startsOf(start, store.pulses) };
}

/** Records of a window; lost tracks have no points, wherever tracks are taken together. */
async function readRecords({ table, lost }: TrackStore, from: number, to: number, options: ReadOptions): Promise<TrackRecords> {
  await lost.find(from, to, options);
  const records = await table.read(from, to, options);
  if (lost.count > 0) {
    for (let i = 0; i < records.start.length; i++) if (lost.has(from + i)) records.start[i] = records.length[i] = 0;
  }
  return records;
}

/** All tracks of a window in one pass over the snapshots that they cross: particle j of snapshot s is point s - start of its track. */
export async function readTracks(store: TrackStore, from: number, to: number, options: ReadOptions): Promise<TrackSet> {
  const records = await readRecords(store, from, to, options);
  const tracks = blankTracks(records, { ...store, from });
  const [firstSnapshot, endSnapshot] = crossedSnapshots(records);
  const scratch = createScratch();
  for (let s = firstSnapshot; s < endSnapshot; s++) {
    throwIfAborted(options.signal);
    const raw = await readRaw(store, s, options, scratch);
    addSnapshot(raw, await readScalars(store, s, raw.count, options, scratch), records.start, tracks, s);
  }
  return tracks;
}

/** Tracks beyond the table are beyond every window of it, too. */
function addSnapshot(
  { words, floats, first: begin, stride, count }: RawSnapshot,
  columns: readonly (Float32Array | undefined)[],
  start: Uint32Array,
  tracks: TrackSet,
  s: number,
): void {
  const { from, first, xyz, intensity } = tracks;
  const size = start.length;
  const rows = new Uint32Array(columns.length === 0 ? 0 : count);
  for (let j = 0, at = begin; j < count; j++, at += stride) {
    const i = (words[at + PARTICLE_WORD.trackLow] as number) - from;
    if (rows.length > 0) rows[j] = NO_ROW;
    if (words[at + PARTICLE_WORD.trackHigh] !== 0 || i < 0 || i >= size) continue;
    const begins = start[i] as number;
    const row = (first[i] as number) + s - begins;
    if (s < begins || row >= (first[i + 1] as number)) continue;
    const point = 3 * row;
    xyz[point] = floats[at + PARTICLE_WORD.x] as number;
    xyz[point + 1] = floats[at + PARTICLE_WORD.y] as number;
    xyz[point + 2] = floats[at + PARTICLE_WORD.z] as number;
    intensity[row] = floats[at + PARTICLE_WORD.intensity] as number;
    if (rows.length > 0) rows[j] = row;
  }
  for (const [k, column] of columns.entries()) if (column) spread(column, rows, tracks.scalars[k] as Float32Array);
}

/** In `rows`: a particle of no track that is asked for. */
const NO_ROW = 0xffffffff;

function spread(column: Float32Array, rows: Uint32Array, values: Float32Array): void {
  for (let j = 0; j < rows.length; j++) {
    const row = rows[j] as number;
    if (row !== NO_ROW) values[row] = column[j] as number;
  }
}

/** One track through the links from particle to particle; where a link is wrong its snapshot is searched. */
export async function readTrack(store: TrackStore, id: number, options: ReadOptions): Promise<TrackSet> {
  const records = await store.table.read(id, id + 1, options);
  const [start, length] = [records.start[0] as number, records.length[0] as number];
  const wrong = wrongRecord(store, id, start, length);
  if (wrong !== undefined) throw new DataError('malformed', wrong, store.table.placeOf(id));
  const track = blankTracks(records, { ...store, from: id });
  let hint = records.index[0] as number;
  for (let point = 0; point < length; point++) {
    throwIfAborted(options.signal);
    const found = (await linked(store, start + point, hint, id, options)) ?? (await searched(store, start + point, id, options));
    hint = found?.next ?? NO_HINT;
    if (found) await addPoint(store, track, point, start + point, found, options);
  }
  return track;
}

const NO_HINT = 0xffffffff;

interface FoundParticle {
  readonly particle: number;
  readonly values: Float32Array;
  readonly next: number;
}

/** The particle that a link names, where it is the right one. */
async function linked(
  { files, index }: TrackStore,
  s: number,
  particle: number,
  id: number,
  options: ReadOptions,
): Promise<FoundParticle | undefined> {
  if (index.layout !== SNAPSHOT || particle >= (index.count[s] as number)) return undefined;
  const source = await files.open(snapshotsFile(index.file[s] as number));
  const { headBytes, particleBytes } = index.layout;
  const offset = (index.offset[s] as number) + headBytes + particleBytes * particle;
  if (offset + particleBytes > source.size) return undefined;
  const bytes = await source.read(offset, particleBytes, options);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, particleBytes / 4);
  if (words[PARTICLE_WORD.trackLow] !== id || words[PARTICLE_WORD.trackHigh] !== 0) return undefined;
  const values = new Float32Array(bytes.buffer, bytes.byteOffset + 4 * PARTICLE_WORD.x, 4);
  return { particle, values, next: words[PARTICLE_WORD.next] as number };
}

/** The last particle of a snapshot with this track number; undefined = the track has a gap here. */
async function searched(store: TrackStore, s: number, id: number, options: ReadOptions): Promise<FoundParticle | undefined> {
  const raw = await readRaw(store, s, options);
  for (let particle = raw.count - 1; particle >= 0; particle--) {
    if (trackOf(raw, particle, store.tracks) !== id) continue;
    const at = raw.first + particle * raw.stride;
    const values = raw.floats.slice(at + PARTICLE_WORD.x, at + PARTICLE_WORD.x + 4);
    return { particle, values, next: raw.stride > PARTICLE_WORD.next ? (raw.words[at + PARTICLE_WORD.next] as number) : NO_HINT };
  }
  return undefined;
}

async function addPoint(
  { files, index }: TrackStore,
  track: TrackSet,
  point: number,
  s: number,
  { particle, values }: FoundParticle,
  options: ReadOptions,
): Promise<void> {
  track.xyz.set(values.subarray(0, 3), 3 * point);
  track.intensity[point] = values[3] as number;
  for (const [k, column] of track.scalars.entries()) {
    const source = await files.find(scalarsFile(k));
    const offset = (index.scalarOffset[s] as number) + 4 * particle;
    if (!source || offset + 4 > source.size) continue;
    const bytes = await source.read(offset, 4, options);
    column[point] = new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
  }
}
