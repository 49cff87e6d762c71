import { NO_TRACK, type ParticleInstants, type ParticleSet } from '../../../../shared/model/particles.ts';
import { bytesOf } from '../../../../shared/model/dtype.ts';
import {
  NO_TRACK_WORD,
  PARTICLE_WORD,
  POSITION_AT,
  POSITION_BYTES,
  SNAPSHOT,
  SNAPSHOTS_HEADER_BYTES,
} from '../../../formats/davis-particles/layout.ts';
import type { AtomicFile } from '../../atomic-file.ts';

/** In links from particle to particle: the track has none there. */
const NO_LINK = -1;
/** Bytes of a particle in shapes.bin, all zero. */
const SHAPE_BYTES = 2;
/** Position records that are put together before they are written. */
const POSITIONS_AT_ONCE = 4096;

/** Indices of the same tracks' particles in the snapshots before and after. */
export interface Links {
  readonly previous: Int32Array;
  readonly next: Int32Array;
}

/** The files that grow with the snapshots. */
export interface SnapshotFiles {
  readonly snapshots: AtomicFile;
  readonly positions: AtomicFile;
  readonly shapes: AtomicFile;
  readonly scalars: readonly AtomicFile[];
}

export interface SnapshotWriter {
  /** The next snapshot. */
  put(set: ParticleSet, links: Links): Promise<void>;
  finish(): Promise<void>;
}

/** Writes snapshots in their order: particles with links, scalars in the same order, and where all of it lies. */
export async function beginSnapshots(
  files: SnapshotFiles,
  snapshots: number,
  { seconds, picoseconds }: ParticleInstants,
): Promise<SnapshotWriter> {
  await files.snapshots.write(bytesOf(Uint32Array.of(SNAPSHOT.version, snapshots, SNAPSHOT.headBytes, SNAPSHOT.particleBytes)));
  let number = 0;
  let offset = SNAPSHOTS_HEADER_BYTES;
  let particles = 0;
  let records = new DataView(new ArrayBuffer(POSITIONS_AT_ONCE * POSITION_BYTES));
  let waiting = 0;
  const flush = async (): Promise<void> => {
    await files.positions.write(new Uint8Array(records.buffer, 0, waiting * POSITION_BYTES));
    records = new DataView(new ArrayBuffer(POSITIONS_AT_ONCE * POSITION_BYTES));
    waiting = 0;
  };
  const addRecord = (count: number): void => {
    const at = waiting++ * POSITION_BYTES;
    records.setUint8(at + POSITION_AT.present, 1);
    records.setBigUint64(at + POSITION_AT.offset, BigInt(offset), true);
    records.setBigUint64(at + POSITION_AT.scalarOffset, BigInt(files.scalars.length > 0 ? 4 * particles : 0), true);
    records.setBigUint64(at + POSITION_AT.shapeOffset, BigInt(SHAPE_BYTES * particles), true);
    records.setUint32(at + POSITION_AT.count, count, true);
    records.setBigInt64(at + POSITION_AT.seconds, seconds[number] as bigint, true);
    records.setBigInt64(at + POSITION_AT.picoseconds, picoseconds[number] as bigint, true);
  };
  return {
    put: async (set, links) => {
      const bytes = snapshotBytes(set, links, number, seconds[number] as bigint, picoseconds[number] as bigint);
      addRecord(set.count);
      await files.snapshots.write(bytes);
      for (const [k, file] of files.scalars.entries()) await file.write(bytesOf((set.scalars[k] as Float32Array).subarray(0, set.count)));
      offset += bytes.byteLength;
      particles += set.count;
      number += 1;
      if (waiting === POSITIONS_AT_ONCE) await flush();
    },
    finish: async () => {
      await flush();
      // The last byte alone: what lies before it is zero.
      if (particles > 0) await files.shapes.overwrite(SHAPE_BYTES * particles - 1, new Uint8Array(1));
    },
  };
}

function snapshotBytes(set: ParticleSet, { previous, next }: Links, number: number, seconds: bigint, picoseconds: bigint): Uint8Array {
  const { count, xyz, intensity, track } = set;
  const bytes = new Uint8Array(SNAPSHOT.headBytes + SNAPSHOT.particleBytes * count);
  const words = new Uint32Array(bytes.buffer);
  const floats = new Float32Array(bytes.buffer);
  words[0] = count;
  words[1] = number;
  const view = new DataView(bytes.buffer);
  view.setBigInt64(8, seconds, true);
  view.setBigInt64(16, picoseconds, true);
  for (let i = 0, at = SNAPSHOT.headBytes / 4; i < count; i++, at += SNAPSHOT.particleBytes / 4) {
    const id = track[i] as number;
    words[at + PARTICLE_WORD.trackLow] = id;
    words[at + PARTICLE_WORD.trackHigh] = id === NO_TRACK ? NO_TRACK_WORD : 0;
    floats[at + PARTICLE_WORD.x] = xyz[3 * i] as number;
    floats[at + PARTICLE_WORD.y] = xyz[3 * i + 1] as number;
    floats[at + PARTICLE_WORD.z] = xyz[3 * i + 2] as number;
    floats[at + PARTICLE_WORD.intensity] = intensity[i] as number;
    words[at + PARTICLE_WORD.previous] = previous[i] as number;
    words[at + PARTICLE_WORD.next] = next[i] as number;
  }
  return bytes;
}

export function noLinks(count: number): Int32Array {
  return new Int32Array(count).fill(NO_LINK);
}

/** From each particle to that of the same track in the snapshot behind, and back. Tracks ascend in both; of equal ones the last counts. */
export function linkSnapshots(before: Uint32Array, after: Uint32Array): { readonly next: Int32Array; readonly previous: Int32Array } {
  const [next, previous] = [noLinks(before.length), noLinks(after.length)];
  let a = 0;
  let b = 0;
  while (a < before.length && b < after.length) {
    const id = before[a] as number;
    if (id === NO_TRACK) break;
    if (id < (after[b] as number)) a += 1;
    else if (id > (after[b] as number)) b += 1;
    else {
      const [firstA, firstB] = [a, b];
      while (before[a + 1] === id) a += 1;
      while (after[b + 1] === id) b += 1;
      next.fill(b, firstA, a + 1);
      previous.fill(a, firstB, b + 1);
      a += 1;
      b += 1;
    }
  }
  return { next, previous };
}
