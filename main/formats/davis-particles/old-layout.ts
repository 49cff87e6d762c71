import { Cursor } from '../../codecs/cursor.ts';
import { readFields } from '../../codecs/field-table.ts';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { InfoFile } from './info-file.ts';
import { OLD_SNAPSHOT, OLD_TRACK_HEADS, SNAPSHOTS_HEADER_BYTES, TRACKS_HEADER, TRACKS_HEADER_BYTES } from './layout.ts';
import type { ParticleFiles } from './particle-files.ts';
import {
  emptyIndex,
  endsEarly,
  firstSnapshots,
  MAX_SNAPSHOTS,
  readSnapshotsHeader,
  type FoundIndex,
  type SnapshotIndex,
} from './snapshot-index.ts';
import { fewerTracks, findTracks, type TrackIndex } from './track-index.ts';

const PICOSECONDS = 1e12;
const NO_BOUNDS = [0, 0, 0, 0, 0, 0];

/** The snapshots of the old layout have no index: their heads (count, snapshot number) are walked once. A file that ends early leaves the rest out, with a warning. */
export async function walkSnapshots(files: ParticleFiles, { steps, clock }: InfoFile, options: ReadOptions): Promise<FoundIndex> {
  const { source, snapshots } = await readSnapshotsHeader(files, OLD_SNAPSHOT, options);
  const path = source.name;
  const { headBytes, particleBytes } = OLD_SNAPSHOT;
  const room = Math.floor((source.size - SNAPSHOTS_HEADER_BYTES) / headBytes);
  const most = Math.min(steps, room);
  if (most > MAX_SNAPSHOTS)
    throw new DataError('too-large', `The set has ${steps} snapshots; at most ${MAX_SNAPSHOTS} are read.`, { path });
  const warnings: Warning[] = [];
  if (snapshots !== steps)
    warnings.push({ code: 'count', message: `${path} promises ${snapshots} snapshots, info.bin ${steps}.`, path, offset: 4 });
  const index = emptyIndex(most, OLD_SNAPSHOT);
  setTimes(index, clock ?? { start: 0, step: 0 });
  let [offset, s, there, foreign] = [SNAPSHOTS_HEADER_BYTES, 0, 0, 0];
  for (; s < most && offset + headBytes <= source.size; s++) {
    throwIfAborted(options.signal);
    const head = new Cursor(await source.read(offset, 8, options), { path, offset });
    const [count, number] = [head.u32(), head.u32()];
    if (number < most) {
      index.present[number] = 1;
      index.offset[number] = offset;
      index.count[number] = count;
      there = Math.max(there, number + 1);
    } else if (foreign++ === 0)
      warnings.push({
        code: 'foreign-number',
        message: `Snapshot ${s} of ${path} says that it is number ${number} of ${steps}; it is left out.`,
        path,
        offset: offset + 4,
      });
    offset += headBytes + particleBytes * count;
  }
  if (s === steps) return { index, warnings };
  return { index: firstSnapshots(index, there), warnings: [...warnings, endsEarly(path, source.size, there, steps)] };
}

function setTimes(index: SnapshotIndex, { start, step }: NonNullable<InfoFile['clock']>): void {
  for (let s = 0; s < index.snapshots; s++) {
    const time = start + s * step;
    const seconds = Math.floor(time);
    index.seconds[s] = BigInt.asIntN(64, BigInt(seconds));
    index.picoseconds[s] = BigInt(Math.round((time - seconds) * PICOSECONDS));
  }
}

/** Tracks of the old layout have records of different sizes: they are walked once. The bounds are the union of their boxes. */
export async function walkTracks(
  files: ParticleFiles,
  options: ReadOptions,
): Promise<{ readonly tracks: TrackIndex; readonly bounds: readonly number[] }> {
  const source = await findTracks(files);
  if ('count' in source) return { tracks: source, bounds: NO_BOUNDS };
  const path = source.name;
  const header = readFields(await source.read(0, Math.min(TRACKS_HEADER_BYTES, source.size), options), TRACKS_HEADER, { path, offset: 0 });
  const head = OLD_TRACK_HEADS[header.version];
  if (!head || header.recordBytes !== head.bytes) {
    throw new DataError(
      'unsupported',
      `${path} has version ${header.version} with heads of ${header.recordBytes} bytes; 0 with 48 and 1 with 40 are known.`,
      { path, offset: 0, field: 'version' },
    );
  }
  const room = Math.floor((source.size - TRACKS_HEADER_BYTES) / head.bytes);
  const most = Math.min(header.count, room);
  const [start, length] = [new Uint32Array(most), new Uint32Array(most)];
  const offsets = new Float64Array(most);
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let offset = TRACKS_HEADER_BYTES;
  let count = 0;
  for (; count < most; count++) {
    throwIfAborted(options.signal);
    const cursor = new Cursor(await source.read(offset, head.bytes, options), { path, offset });
    offsets[count] = offset;
    start[count] = cursor.u32();
    cursor.position = head.lengthAt;
    const points = cursor.u32();
    if (offset + head.bytes + 4 * points > source.size) break;
    length[count] = points;
    cursor.position = head.boxAt;
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis] as number, cursor.f32());
      high[axis] = Math.max(high[axis] as number, cursor.f32());
    }
    offset += head.bytes + 4 * points;
  }
  return {
    bounds: count === 0 ? NO_BOUNDS : [...low, ...high],
    tracks: {
      count,
      warnings: fewerTracks(path, offset, count, header.count),
      read: async (from, to) => ({ start: start.slice(from, to), index: new Uint32Array(to - from), length: length.slice(from, to) }),
      placeOf: (track) => ({ path, offset: offsets[track] as number }),
    },
  };
}
