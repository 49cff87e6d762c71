import { Cursor } from '../../codecs/cursor.ts';
import { readFields } from '../../codecs/field-table.ts';
import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { InfoFile } from './info-file.ts';
import { FILES, OLD_SNAPSHOT, OLD_TRACK_HEADS, SNAPSHOTS_HEADER_BYTES, TRACKS_HEADER, TRACKS_HEADER_BYTES } from './layout.ts';
import type { ParticleFiles } from './particle-files.ts';
import { emptyIndex, MAX_SNAPSHOTS, readSnapshotsHeader, type SnapshotIndex } from './snapshot-index.ts';
import type { TrackIndex } from './track-index.ts';

const PICOSECONDS = 1e12;

/** The snapshots of the old layout have no index: their heads (count, snapshot number) are walked once. A file that ends early leaves the rest out, with a warning. */
export async function walkSnapshots(
  files: ParticleFiles,
  { steps, clock }: InfoFile,
  options: ReadOptions,
): Promise<{ readonly index: SnapshotIndex; readonly warnings: readonly Warning[] }> {
  const { source, snapshots } = await readSnapshotsHeader(files, OLD_SNAPSHOT, options);
  const path = source.name;
  const { headBytes, particleBytes } = OLD_SNAPSHOT;
  const room = Math.floor((source.size - SNAPSHOTS_HEADER_BYTES) / headBytes);
  if (steps > room || steps > MAX_SNAPSHOTS)
    throw new DataError('truncated', `${path} has room for ${room} snapshots, info.bin promises ${steps}.`, { path, offset: source.size });
  const warnings: Warning[] = [];
  if (snapshots !== steps)
    warnings.push({ code: 'count', message: `${path} promises ${snapshots} snapshots, info.bin ${steps}.`, path, offset: 4 });
  const index = emptyIndex(steps, OLD_SNAPSHOT);
  let offset = SNAPSHOTS_HEADER_BYTES;
  let cut = false;
  let foreign = 0;
  for (let s = 0; s < steps; s++) {
    throwIfAborted(options.signal);
    const time = (clock?.start ?? 0) + s * (clock?.step ?? 0);
    const seconds = Math.floor(time);
    index.seconds[s] = BigInt.asIntN(64, BigInt(seconds));
    index.picoseconds[s] = BigInt(Math.round((time - seconds) * PICOSECONDS));
    if (offset + headBytes > source.size) {
      if (!cut)
        warnings.push({
          code: 'truncated',
          message: `${path} ends before snapshot ${s} of ${steps}; the others are empty.`,
          path,
          offset: source.size,
        });
      cut = true;
      continue;
    }
    const head = new Cursor(await source.read(offset, 8, options), { path, offset });
    const [count, number] = [head.u32(), head.u32()];
    if (number < steps) {
      index.present[number] = 1;
      index.offset[number] = offset;
      index.count[number] = count;
    } else if (foreign++ === 0)
      warnings.push({
        code: 'foreign-number',
        message: `Snapshot ${s} of ${path} says that it is number ${number} of ${steps}; it is left out.`,
        path,
        offset: offset + 4,
      });
    offset += headBytes + particleBytes * count;
  }
  return { index, warnings };
}

/** Tracks of the old layout have records of different sizes: they are walked once. The bounds are the union of their boxes. */
export async function walkTracks(
  files: ParticleFiles,
  options: ReadOptions,
): Promise<{ readonly tracks: TrackIndex; readonly bounds: readonly number[] }> {
  const source = await files.open(FILES.tracks);
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
  if (header.count > room)
    throw new DataError('truncated', `${path} promises ${header.count} tracks and has room for ${room}.`, { path, offset: source.size });
  const { count } = header;
  const [start, length, index] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  const offsets = new Float64Array(count);
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let offset = TRACKS_HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    throwIfAborted(options.signal);
    const cursor = new Cursor(await source.read(offset, head.bytes, options), { path, offset });
    offsets[i] = offset;
    start[i] = cursor.u32();
    cursor.position = head.lengthAt;
    length[i] = cursor.u32();
    cursor.position = head.boxAt;
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis] as number, cursor.f32());
      high[axis] = Math.max(high[axis] as number, cursor.f32());
    }
    offset += head.bytes + 4 * (length[i] as number);
    if (offset > source.size)
      throw new DataError('truncated', `Track ${i} of ${path} has ${length[i]} particles; the file ends before them.`, {
        path,
        offset: offsets[i],
      });
  }
  return {
    bounds: count === 0 ? [0, 0, 0, 0, 0, 0] : [...low, ...high],
    tracks: {
      count,
      warnings: [],
      read: async (from, to) => ({ start: start.slice(from, to), index: index.slice(from, to), length: length.slice(from, to) }),
      placeOf: (track) => ({ path, offset: offsets[track] as number }),
    },
  };
}
