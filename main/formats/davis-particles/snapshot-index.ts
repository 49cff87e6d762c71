import { readFields } from '../../codecs/field-table.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import {
  FILES,
  POSITION_AT,
  POSITION_BYTES,
  SNAPSHOT,
  SNAPSHOTS_HEADER,
  SNAPSHOTS_HEADER_BYTES,
  snapshotsFile,
  scalarsFile,
  type SnapshotLayout,
} from './layout.ts';
import type { ParticleFiles } from './particle-files.ts';

/** Where the particles of every snapshot lie; a snapshot is one pulse of one step, numbered step * pulses + pulse. */
export interface SnapshotIndex {
  readonly snapshots: number;
  readonly layout: SnapshotLayout;
  /** 0 = the snapshot is said not to be there. */
  readonly present: Uint8Array;
  readonly file: Uint32Array;
  /** Byte offsets; above 2^53 rounded, which is beyond every file. */
  readonly offset: Float64Array;
  readonly scalarOffset: Float64Array;
  readonly count: Uint32Array;
  readonly seconds: BigInt64Array;
  readonly picoseconds: BigInt64Array;
}

/** More than a machine has particles for, and an index that still fits into memory. */
export const MAX_SNAPSHOTS = 1 << 24;

export function emptyIndex(snapshots: number, layout: SnapshotLayout): SnapshotIndex {
  return {
    snapshots,
    layout,
    present: new Uint8Array(snapshots),
    file: new Uint32Array(snapshots),
    offset: new Float64Array(snapshots),
    scalarOffset: new Float64Array(snapshots),
    count: new Uint32Array(snapshots),
    seconds: new BigInt64Array(snapshots),
    picoseconds: new BigInt64Array(snapshots),
  };
}

/** Reads the header of snapshots.bin: `unsupported` where its sizes are others than those of the layout. */
export async function readSnapshotsHeader(
  files: ParticleFiles,
  layout: SnapshotLayout,
  options: ReadOptions,
): Promise<{ readonly source: ByteSource; readonly snapshots: number }> {
  const source = await files.open(snapshotsFile(0));
  const path = source.name;
  const header = readFields(await source.read(0, Math.min(SNAPSHOTS_HEADER_BYTES, source.size), options), SNAPSHOTS_HEADER, {
    path,
    offset: 0,
  });
  const { version, headBytes, particleBytes } = layout;
  if (header.version !== version || header.headBytes !== headBytes || header.particleBytes !== particleBytes) {
    throw new DataError(
      'unsupported',
      `${path} has version ${header.version} with ${header.headBytes} and ${header.particleBytes} bytes a head and a particle, not version ${version} with ${headBytes} and ${particleBytes}.`,
      { path, offset: 0, field: 'version' },
    );
  }
  return { source, snapshots: header.snapshots };
}

/** An index that may end before the steps that info.bin promises. */
export interface FoundIndex {
  readonly index: SnapshotIndex;
  readonly warnings: readonly Warning[];
}

/** Reads snapshotpositions.bin: all whole steps that it lists, none is an error. Nothing is allocated before the file is known to be long enough. */
export async function readSnapshotIndex(files: ParticleFiles, steps: number, pulses: number, options: ReadOptions): Promise<FoundIndex> {
  const source = await files.open(FILES.positions);
  const path = source.name;
  const there = Math.floor(source.size / (POSITION_BYTES * pulses));
  if (there >= steps) return { index: await readPositions(source, steps * pulses, options), warnings: [] };
  const early = endsEarly(path, source.size, there, steps);
  return { index: await readPositions(source, there * pulses, options), warnings: [early] };
}

/** An index without what was cut off. */
export function firstSnapshots(index: SnapshotIndex, snapshots: number): SnapshotIndex {
  const { present, file, offset, scalarOffset, count, seconds, picoseconds } = index;
  return {
    ...index,
    snapshots,
    present: present.subarray(0, snapshots),
    file: file.subarray(0, snapshots),
    offset: offset.subarray(0, snapshots),
    scalarOffset: scalarOffset.subarray(0, snapshots),
    count: count.subarray(0, snapshots),
    seconds: seconds.subarray(0, snapshots),
    picoseconds: picoseconds.subarray(0, snapshots),
  };
}

/** A file that ends after so many of the promised steps; none is an error. */
export function endsEarly(path: string, offset: number, there: number, steps: number): Warning {
  if (there === 0) throw new DataError('truncated', `${path} holds none of the ${steps} steps that info.bin promises.`, { path, offset });
  const [are, one] = steps - there === 1 ? ['the last one is', ''] : [`the last ${steps - there} are`, 's'];
  const message = `${path} ends after ${there} of ${steps} steps: ${are} missing, and tracks end before the missing step${one}.`;
  return { code: 'truncated', message, path, offset };
}

async function readPositions(source: ByteSource, snapshots: number, options: ReadOptions): Promise<SnapshotIndex> {
  const path = source.name;
  if (snapshots > MAX_SNAPSHOTS)
    throw new DataError('too-large', `The set has ${snapshots} snapshots; at most ${MAX_SNAPSHOTS} are read.`, { path });
  const index = emptyIndex(snapshots, SNAPSHOT);
  const bytes = await source.read(0, POSITION_BYTES * snapshots, options);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let s = 0, at = 0; s < snapshots; s++, at += POSITION_BYTES) {
    index.present[s] = view.getUint8(at + POSITION_AT.present);
    index.file[s] = view.getUint32(at + POSITION_AT.file, true);
    index.offset[s] = Number(view.getBigUint64(at + POSITION_AT.offset, true));
    index.scalarOffset[s] = Number(view.getBigUint64(at + POSITION_AT.scalarOffset, true));
    // What is not there has no particles, whatever its record says.
    index.count[s] = index.present[s] === 0 ? 0 : view.getUint32(at + POSITION_AT.count, true);
    index.seconds[s] = view.getBigInt64(at + POSITION_AT.seconds, true);
    index.picoseconds[s] = view.getBigInt64(at + POSITION_AT.picoseconds, true);
  }
  return index;
}

/** The files that the index names, looked at once: what a snapshot needs must lie inside of them. A warning a kind, with the first case. */
export async function checkIndex(
  files: ParticleFiles,
  index: SnapshotIndex,
  { scalars, pulses }: { readonly scalars: number; readonly pulses: number },
): Promise<readonly Warning[]> {
  const warnings: Warning[] = [];
  const sizes = new Map<number, number | undefined>();
  const absent = new Set<number>();
  const cut = new Set<number>();
  let blank = 0;
  let firstCut = -1;
  for (let s = 0; s < index.snapshots; s++) {
    if (index.present[s] === 0) {
      blank += 1;
      continue;
    }
    const file = index.file[s] as number;
    if (!sizes.has(file)) sizes.set(file, absent.size > MAX_ABSENT ? undefined : (await files.find(snapshotsFile(file)))?.size);
    const size = sizes.get(file);
    if (size === undefined) absent.add(file);
    else if (snapshotEnd(index, s) > size) {
      cut.add(Math.floor(s / pulses));
      if (firstCut < 0) firstCut = s;
    }
  }
  const [first] = absent;
  if (first !== undefined) {
    const path = files.pathOf(snapshotsFile(first));
    warnings.push({
      code: 'unreadable-steps',
      message: `${path} is missing${absent.size > 1 ? ` and so are ${absent.size - 1} more` : ''}: its steps cannot be read.`,
      path,
    });
  }
  if (cut.size > 0) {
    const path = files.pathOf(snapshotsFile(index.file[firstCut] as number));
    const first = pulses === 1 ? `step ${firstCut}` : `pulse ${firstCut % pulses} of step ${Math.floor(firstCut / pulses)}`;
    warnings.push({
      code: 'unreadable-steps',
      message: `${cut.size} of ${index.snapshots / pulses} steps lie beyond the end of their file, first ${first} in ${path}.`,
      path,
      offset: index.offset[firstCut] as number,
    });
  }
  if (blank > 0)
    warnings.push({
      code: 'missing',
      message: `${blank} of ${index.snapshots} ${pulses === 1 ? 'steps' : 'pulses'} are marked as not there; they have no particles.`,
      path: files.pathOf(FILES.positions),
    });
  return [...warnings, ...(await checkScalars(files, index, scalars))];
}

/** A damaged index may name a file per snapshot; after so many that are not there the others are taken to be missing, too. */
const MAX_ABSENT = 16;

function snapshotEnd({ offset, count, layout }: SnapshotIndex, s: number): number {
  return (offset[s] as number) + layout.headBytes + layout.particleBytes * (count[s] as number);
}

async function checkScalars(files: ParticleFiles, index: SnapshotIndex, scalars: number): Promise<readonly Warning[]> {
  const warnings: Warning[] = [];
  let needed = 0;
  for (let s = 0; s < index.snapshots; s++)
    if (index.present[s]) needed = Math.max(needed, (index.scalarOffset[s] as number) + 4 * (index.count[s] as number));
  for (let k = 0; k < scalars; k++) {
    const path = files.pathOf(scalarsFile(k));
    const size = (await files.find(scalarsFile(k)))?.size;
    if (size === undefined)
      warnings.push({ code: 'missing-companion', message: `${path} is missing: its values are shown as missing (NaN).`, path });
    else if (size < needed)
      warnings.push({
        code: 'truncated',
        message: `${path} has ${size} bytes, its snapshots need ${needed}; what is missing is NaN.`,
        path,
        offset: size,
      });
  }
  return warnings;
}
