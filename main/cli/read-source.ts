import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import { vectorNames } from '../../shared/compute/vector-plane.ts';
import type { ValueMode } from '../../shared/contract/planes.ts';
import { DataError } from '../../shared/model/data-error.ts';
import type { FrameBuffer, ReadOptions } from '../../shared/model/dataset.ts';
import type { DType, TypedArray } from '../../shared/model/dtype.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';

/** Which numbers of every buffer are read. */
export interface Wanted {
  readonly frame: number;
  /** Absent: PIXEL, or the whole vector. */
  readonly component?: string | undefined;
  /** Absent: all planes. */
  readonly plane?: number | undefined;
  readonly mode: ValueMode;
}

/** The planes of one buffer, all of one size and type; with fields their values stand together at every sample. */
export interface FramePlanes {
  readonly width: number;
  readonly height: number;
  readonly dtype: DType;
  readonly fields?: readonly string[];
  /** True where a single plane stands for the frame, so that the array has no axis of planes. */
  readonly flat: boolean;
  readonly planes: readonly TypedArray[];
}

export async function readPlanes(buffer: FrameBuffer, wanted: Wanted, options: ReadOptions): Promise<FramePlanes> {
  const frame = buffer.info.frames[wanted.frame];
  if (!frame) {
    const count = buffer.info.frames.length;
    throw new DataError('out-of-range', `There is no frame ${wanted.frame}: the buffer has ${count} (0 to ${count - 1}).`, {
      field: 'frame',
    });
  }
  const fields = wanted.component === undefined && frame.kind === 'vector' ? wholeVector(frame, wanted.mode) : undefined;
  const indices = wanted.plane === undefined ? Array.from({ length: frame.planes }, (_, plane) => plane) : [wanted.plane];
  const planes: TypedArray[] = [];
  let dtype: DType = 'f8';
  for (const plane of indices) {
    const where = { frame: wanted.frame, plane };
    if (fields) planes.push(await readTogether(buffer, where, fields, wanted.mode, options));
    else {
      const read = await fieldPlane(buffer, where, wanted.component ?? 'PIXEL', wanted.mode, options);
      planes.push(read.data);
      dtype = read.dtype;
    }
  }
  const [height, width] = frame.shape;
  return { width, height, dtype, flat: indices.length === 1, planes, ...(fields ? { fields } : {}) };
}

function wholeVector(frame: FrameInfo, mode: ValueMode): readonly string[] {
  if (mode !== 'raw') return vectorNames(frame.dimensions);
  throw new DataError('invalid-option', 'A vector frame has no single raw component; name one with --component.', {
    field: 'component',
    hint: `Stored are ${frame.components.map((component) => component.name).join(', ')}.`,
  });
}

/** u, v and w of a plane, interleaved. */
async function readTogether(
  buffer: FrameBuffer,
  where: { frame: number; plane: number },
  fields: readonly string[],
  mode: ValueMode,
  options: ReadOptions,
): Promise<TypedArray> {
  const count = fields.length;
  let out = new Float64Array(0);
  for (const [field, name] of fields.entries()) {
    const values = (await fieldPlane(buffer, where, name, mode, options)).data;
    if (field === 0) out = new Float64Array(values.length * count);
    for (let i = 0; i < values.length; i++) out[i * count + field] = values[i] as number;
  }
  return out;
}
