import { readFields } from '../../codecs/field-table.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { ReadOptions } from '../../../shared/model/dataset.ts';
import type { Warning } from '../../../shared/model/warning.ts';
import {
  EMPTY_BOX,
  FILES,
  INFO,
  INFO_BYTES,
  INFO_VERSION,
  OLD_INFO,
  OLD_INFO_BOUNDED_BYTES,
  OLD_INFO_BOUNDS,
  OLD_INFO_BYTES,
  SECOND_BOX_AT,
} from './layout.ts';
import type { ParticleFiles } from './particle-files.ts';

/** What info.bin says. */
export interface InfoFile {
  readonly pulses: number;
  readonly steps: number;
  readonly scalars: number;
  /** Smallest x, y, z, largest x, y, z; undefined where the tracks have to tell (version 0). */
  readonly bounds: readonly number[] | undefined;
  readonly secondBox?: readonly number[];
  /** Present in versions 0 and 1, whose snapshots are told by themselves: seconds of the first one and between two. */
  readonly clock?: { readonly start: number; readonly step: number };
  readonly warnings: readonly Warning[];
}

const PULSES = [1, 2, 4];
/** One file per scalar is opened; real sets have a few. */
const MAX_SCALARS = 256;

/** Reads info.bin: `malformed`, `truncated` or `unsupported` name file and offset. */
export async function readInfoFile(files: ParticleFiles, options: ReadOptions): Promise<InfoFile> {
  const source = await files.open(FILES.info);
  const bytes = await source.read(0, Math.min(INFO_BYTES, source.size), options);
  const path = source.name;
  if (bytes.length < 4) throw short(path, source.size, INFO_BYTES);
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (version === INFO_VERSION) return readPresent(bytes, path);
  if (version < INFO_VERSION) return readOld(bytes, path, version);
  throw new DataError('unsupported', `${path} has version ${version}; versions 0, 1 and 2 are known.`, {
    path,
    offset: 0,
    field: 'version',
  });
}

function short(path: string, size: number, wanted: number): DataError {
  return new DataError('truncated', `${path} has ${size} bytes, ${wanted} are needed.`, { path, offset: size });
}

function readPresent(bytes: Uint8Array, path: string): InfoFile {
  if (bytes.length < INFO.maxZ[0] + 8) throw short(path, bytes.length, INFO_BYTES);
  const info = readFields(bytes, INFO, { path, offset: 0 });
  if (!PULSES.includes(info.pulses)) {
    throw new DataError('malformed', `${path} says ${info.pulses} snapshots per block; there are sets with 1, 2 and 4.`, {
      path,
      offset: INFO.pulses[0],
      field: 'snapshots per block',
    });
  }
  if (info.scalars > MAX_SCALARS) {
    throw new DataError('too-large', `${path} says ${info.scalars} scalars; at most ${MAX_SCALARS} are read.`, {
      path,
      offset: INFO.scalars[0],
      field: 'scalars',
    });
  }
  const cut =
    bytes.length < INFO_BYTES
      ? [
          {
            code: 'truncated',
            message: `${path} has ${bytes.length} of ${INFO_BYTES} bytes; what is missing is not used.`,
            path,
            offset: bytes.length,
          },
        ]
      : [];
  const { bounds, warnings } = ordered(info, path, INFO.minX[0]);
  const box = secondBoxOf(bytes);
  return {
    pulses: info.pulses,
    steps: info.blocks,
    scalars: info.scalars,
    bounds,
    ...(box ? { secondBox: box } : {}),
    warnings: [...cut, ...warnings],
  };
}

/** Undefined where it is the usual one, or cut off. */
function secondBoxOf(bytes: Uint8Array): readonly number[] | undefined {
  if (bytes.length < INFO_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const box = EMPTY_BOX.map((_, i) => view.getFloat64(SECOND_BOX_AT + 8 * i, true));
  return box.every((value, i) => value === EMPTY_BOX[i]) ? undefined : box;
}

function readOld(bytes: Uint8Array, path: string, version: number): InfoFile {
  if (bytes.length < OLD_INFO_BYTES) throw short(path, bytes.length, OLD_INFO_BYTES);
  const { snapshots, start, step } = readFields(bytes, OLD_INFO, { path, offset: 0 });
  for (const [field, value, offset] of [
    ['start time', start, OLD_INFO.start[0]],
    ['time step', step, OLD_INFO.step[0]],
  ] as const) {
    if (!Number.isFinite(value)) throw new DataError('malformed', `${path} has the ${field} ${value}.`, { path, offset, field });
  }
  const old = { pulses: 1, steps: snapshots, scalars: 0, clock: { start, step } };
  if (version === 0) return { ...old, bounds: undefined, warnings: [] };
  // lvpyio shows zeros here.
  if (bytes.length < OLD_INFO_BOUNDED_BYTES)
    return {
      ...old,
      bounds: [0, 0, 0, 0, 0, 0],
      warnings: [{ code: 'truncated', message: `${path} ends before its bounds; they are shown as zeros.`, path, offset: bytes.length }],
    };
  return { ...old, ...ordered(readFields(bytes, OLD_INFO_BOUNDS, { path, offset: 0 }), path, OLD_INFO_BOUNDS.minX[0]) };
}

type Box = { readonly [K in 'minX' | 'minY' | 'minZ' | 'maxX' | 'maxY' | 'maxZ']: number };

/** Pairs that stand the wrong way round are exchanged, as lvpyio does it. */
function ordered(box: Box, path: string, offset: number): Pick<InfoFile, 'warnings'> & { readonly bounds: readonly number[] } {
  const low = [box.minX, box.minY, box.minZ];
  const high = [box.maxX, box.maxY, box.maxZ];
  const warnings: Warning[] = [];
  for (const [axis, name] of ['x', 'y', 'z'].entries()) {
    const [min = 0, max = 0] = [low[axis], high[axis]];
    if (!(min > max)) continue;
    [low[axis], high[axis]] = [max, min];
    warnings.push({
      code: 'bounds',
      message: `The bounds of ${name} go from ${min} to ${max} in ${path}; they are exchanged.`,
      path,
      offset,
    });
  }
  return { bounds: [...low, ...high], warnings };
}
