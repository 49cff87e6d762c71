import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import { NO_TRACK, type ParticleSet } from '../../../shared/model/particles.ts';
import { NO_TRACK_WORD, PARTICLE_WORD, scalarsFile, snapshotsFile } from './layout.ts';
import { FRESH, type Scratch } from '../../sources/scratch.ts';
import { ascendingOrder } from '../particles/ascending-order.ts';
import { doubleParticles } from '../particles/double-particles.ts';
import type { LostTracks } from './lost-tracks.ts';
import type { ParticleFiles } from './particle-files.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** What the calls about particles share. */
export interface ParticleStore {
  readonly files: ParticleFiles;
  readonly index: SnapshotIndex;
  readonly pulses: number;
  /** Number of tracks; 0 = no particle has one. */
  readonly tracks: number;
  /** Tracks whose records are damaged. */
  readonly lost: LostTracks;
  readonly scalars: number;
}

/** A snapshot as stored: particle i has the words from `first + i * stride` on. */
export interface RawSnapshot {
  readonly count: number;
  readonly words: Uint32Array;
  readonly floats: Float32Array;
  readonly first: number;
  readonly stride: number;
  readonly warnings: readonly Warning[];
}

const EMPTY: RawSnapshot = { count: 0, words: new Uint32Array(0), floats: new Float32Array(0), first: 0, stride: 0, warnings: [] };

/** Places of a scratch: the particles, then the scalars. */
const PARTICLES_SLOT = 0;

/** Particles of one snapshot that are read at once: 2 GiB, which no array may exceed on every system. */
const MAX_BYTES = 2 ** 31 - 1;

/** Reads a snapshot in one piece. Errors name the step in their field. The number of particles in its own head is the one that counts, as for lvpyio. */
export async function readRaw(
  { files, index, pulses }: ParticleStore,
  s: number,
  options: ReadOptions,
  scratch: Scratch = FRESH,
): Promise<RawSnapshot> {
  if (index.present[s] === 0) return EMPTY;
  const { headBytes, particleBytes } = index.layout;
  const source = await files.open(snapshotsFile(index.file[s] as number));
  const path = source.name;
  const field = `step ${Math.floor(s / pulses)}`;
  const offset = index.offset[s] as number;
  const promised = index.count[s] as number;
  if (offset + headBytes > source.size)
    throw new DataError('truncated', `Snapshot ${s} begins at offset ${offset}, ${path} has ${source.size} bytes.`, {
      path,
      offset: Math.min(offset, source.size),
      field,
    });
  const wanted = headBytes + particleBytes * promised;
  const there = Math.min(wanted, source.size - offset);
  if (there > MAX_BYTES)
    throw new DataError(
      'too-large',
      `Snapshot ${s} has ${promised} particles; at most ${Math.floor(MAX_BYTES / particleBytes)} are read at once.`,
      { path, offset, field },
    );
  let bytes = await scratch.read(source, PARTICLES_SLOT, offset, there, options);
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (offset + headBytes + particleBytes * count > source.size) {
    throw new DataError(
      'truncated',
      `Snapshot ${s} has ${count} particles, ${path} ends after ${Math.floor((source.size - offset - headBytes) / particleBytes)} of them.`,
      { path, offset, field },
    );
  }
  if (headBytes + particleBytes * count > bytes.length)
    bytes = await scratch.read(source, PARTICLES_SLOT, offset, headBytes + particleBytes * count, options);
  const warnings = [];
  if (count !== promised)
    warnings.push({ code: 'count', message: `Snapshot ${s} has ${count} particles, the index says ${promised}.`, path, offset });
  const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  if (number !== s) warnings.push({ code: 'number', message: `Snapshot ${s} says that it is number ${number}.`, path, offset: offset + 4 });
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const length = (headBytes + particleBytes * count) / 4;
  return {
    count,
    words: new Uint32Array(aligned.buffer, aligned.byteOffset, length),
    floats: new Float32Array(aligned.buffer, aligned.byteOffset, length),
    first: headBytes / 4,
    stride: particleBytes / 4,
    warnings,
  };
}

/** The scalars of a snapshot in the order of the file; undefined where a file does not have them. */
export async function readScalars(
  { files, index, scalars }: ParticleStore,
  s: number,
  count: number,
  options: ReadOptions,
  scratch: Scratch = FRESH,
): Promise<readonly (Float32Array | undefined)[]> {
  const columns: (Float32Array | undefined)[] = [];
  const offset = index.scalarOffset[s] as number;
  for (let k = 0; k < scalars; k++) {
    const source = count === 0 ? undefined : await files.find(scalarsFile(k));
    if (count === 0) columns.push(new Float32Array(0));
    else if (!source || offset + 4 * count > source.size) columns.push(undefined);
    else {
      const bytes = await scratch.read(source, PARTICLES_SLOT + 1 + k, offset, 4 * count, options);
      columns.push(new Float32Array(bytes.buffer, bytes.byteOffset, count));
    }
  }
  return columns;
}

/** Track number of particle i, or NO_TRACK: numbers that the track table does not have belong to no track. */
export function trackOf({ words, first, stride }: RawSnapshot, i: number, tracks: number): number {
  const at = first + i * stride;
  const low = words[at + PARTICLE_WORD.trackLow] as number;
  return words[at + PARTICLE_WORD.trackHigh] === 0 && low < tracks ? low : NO_TRACK;
}

/** One snapshot, in ascending track number. */
export async function readSnapshot(store: ParticleStore, s: number, options: ReadOptions): Promise<ParticleSet> {
  const raw = await readRaw(store, s, options);
  const columns = await readScalars(store, s, raw.count, options);
  const ids = trackNumbers(raw, store);
  await withoutLost(ids, store, options);
  const order = ascendingOrder(ids);
  const track = inOrder(ids, order);
  return {
    count: raw.count,
    ...pointsOf(raw, order),
    track,
    scalars: columns.map((column) => (column ? inOrder(column, order) : new Float32Array(raw.count).fill(Number.NaN))),
    warnings: [...raw.warnings, ...strangers(raw, ids, s, store), ...doubles(track, s, store), ...lostScalars(columns, s, store)],
  };
}

// Plain loops over local names: `from` with a function is some ten times slower.

function trackNumbers({ words, first, stride, count }: RawSnapshot, { tracks }: ParticleStore): Uint32Array {
  const ids = new Uint32Array(count);
  for (let i = 0, at = first; i < count; i++, at += stride) {
    const low = words[at + PARTICLE_WORD.trackLow] as number;
    ids[i] = words[at + PARTICLE_WORD.trackHigh] === 0 && low < tracks ? low : NO_TRACK;
  }
  return ids;
}

async function withoutLost(ids: Uint32Array, { lost }: ParticleStore, options: ReadOptions): Promise<void> {
  await lost.findAmong(ids, options);
  if (lost.count > 0) for (let i = 0; i < ids.length; i++) if (lost.has(ids[i] as number)) ids[i] = NO_TRACK;
}

function pointsOf({ floats, first, stride, count }: RawSnapshot, order: Uint32Array | undefined): Pick<ParticleSet, 'xyz' | 'intensity'> {
  const [xyz, intensity] = [new Float32Array(3 * count), new Float32Array(count)];
  for (let k = 0, point = 0; k < count; k++, point += 3) {
    const at = first + (order ? (order[k] as number) : k) * stride;
    xyz[point] = floats[at + PARTICLE_WORD.x] as number;
    xyz[point + 1] = floats[at + PARTICLE_WORD.y] as number;
    xyz[point + 2] = floats[at + PARTICLE_WORD.z] as number;
    intensity[k] = floats[at + PARTICLE_WORD.intensity] as number;
  }
  return { xyz, intensity };
}

function inOrder<T extends Float32Array | Uint32Array>(column: T, order: Uint32Array | undefined): T {
  if (!order) return column;
  const sorted = column.slice() as T;
  for (let k = 0; k < order.length; k++) sorted[k] = column[order[k] as number] as number;
  return sorted;
}

/** Particles with a track number beyond the table. Sets without tracks may hold any number: nobody reads it. */
function strangers(raw: RawSnapshot, ids: Uint32Array, s: number, { files, index, tracks }: ParticleStore): readonly Warning[] {
  if (tracks === 0 || !ids.includes(NO_TRACK)) return [];
  let found = 0;
  let firstAt = 0;
  for (let i = 0, at = raw.first; i < raw.count; i++, at += raw.stride) {
    const [low, high] = [raw.words[at + PARTICLE_WORD.trackLow], raw.words[at + PARTICLE_WORD.trackHigh]];
    if ((low === NO_TRACK_WORD && high === NO_TRACK_WORD) || ids[i] !== NO_TRACK) continue;
    if (found === 0) firstAt = 4 * at;
    found += 1;
  }
  if (found === 0) return [];
  const path = files.pathOf(snapshotsFile(index.file[s] as number));
  return [
    {
      code: 'unknown-track',
      message: `${found} particles of snapshot ${s} name tracks that do not exist or are damaged; they are shown without track.`,
      path,
      offset: (index.offset[s] as number) + firstAt,
    },
  ];
}

function doubles(track: Uint32Array, s: number, { files, index, pulses }: ParticleStore): readonly Warning[] {
  const path = files.pathOf(snapshotsFile(index.file[s] as number));
  return doubleParticles(track, { snapshot: s, pulses }, { path, offset: index.offset[s] as number });
}

function lostScalars(columns: readonly (Float32Array | undefined)[], s: number, { files, index }: ParticleStore): readonly Warning[] {
  return columns.flatMap((column, k) => {
    const path = files.pathOf(scalarsFile(k));
    return column
      ? []
      : [
          {
            code: 'missing-scalar',
            message: `${path} does not have the values of snapshot ${s}; they are NaN.`,
            path,
            offset: index.scalarOffset[s] as number,
          },
        ];
  });
}
