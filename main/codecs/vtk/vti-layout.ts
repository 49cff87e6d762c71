import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { Scale } from '../../../shared/model/scale.ts';
import { scaledFields } from '../scaled-frame.ts';

/*
 * VTK XML ImageData after the "VTK XML formats" description of VTK: an XML head whose DataArrays name offsets into the raw bytes that
 * follow the '_' of AppendedData; each array is a UInt64 of its bytes, then its numbers, little endian, x fastest. Points lie at
 * Origin + index * Spacing, and Spacing is positive: axes with a negative scale are written from their other end.
 */
export const VTI_DESCRIPTION = 'streakline';
export const LENGTH_BYTES = 8;

/** An array of point data: a vector of three numbers, one value, or the mask. */
export interface VtiArray {
  readonly name: string;
  readonly frame: number;
  readonly kind: 'vector' | 'value' | 'mask';
  /** Components that it holds; of a vector u, v[, w] (the third number is 0 where there is no w), of the mask none. */
  readonly components: readonly string[];
}

/** The arrays of a buffer in their order: the same in writer and reader. Those of later frames are named after their frame. */
export function vtiArrays(frames: readonly FrameInfo[]): readonly VtiArray[] {
  const taken = new Set<string>([VTI_DESCRIPTION]);
  const named = (plain: string, frame: number): string => {
    const first = frame === 0 ? plain : `${plain} (frame ${frame})`;
    let free = first;
    for (let n = 2; taken.has(free); n++) free = `${first} ${n}`;
    taken.add(free);
    return free;
  };
  return frames.flatMap((info, frame): readonly VtiArray[] => {
    const fields = scaledFields(info);
    const vector = fields.filter(({ axis }) => axis !== undefined).map(({ component }) => component);
    const values = fields.filter(({ axis }) => axis === undefined).map(({ component }) => component);
    return [
      ...(vector.length > 0 ? [{ name: named('vector', frame), frame, kind: 'vector' as const, components: vector }] : []),
      ...values.map((component): VtiArray => ({ name: named(component, frame), frame, kind: 'value', components: [component] })),
      { name: named('mask', frame), frame, kind: 'mask', components: [] },
    ];
  });
}

export interface VtiAxis {
  readonly size: number;
  /** True where the samples are written from the last to the first. */
  readonly flipped: boolean;
  readonly origin: number;
  readonly spacing: number;
}

/** x, y and z of a frame. A scale that is no length of a step (0, not a number) becomes a step of 1. */
export function vtiAxes(frame: FrameInfo): readonly [VtiAxis, VtiAxis, VtiAxis] {
  const axis = (scale: Scale, grid: number, size: number): VtiAxis => {
    const step = scale.slope * grid;
    const spacing = Number.isFinite(step) && step !== 0 ? Math.abs(step) : 1;
    const start = Number.isFinite(scale.offset) ? scale.offset : 0;
    const flipped = step < 0;
    return { size, flipped, origin: flipped ? start - spacing * (size - 1) : start, spacing };
  };
  const { scales, grid, shape, planes } = frame;
  return [axis(scales.x, grid[0], shape[1]), axis(scales.y, grid[1], shape[0]), axis(scales.z, grid[2], planes)];
}

/** Frames that share their points stand in one file: the numbers of the frames of each file, that of frame 0 first. */
export function vtiParts(frames: readonly FrameInfo[]): readonly (readonly number[])[] {
  const parts = new Map<string, number[]>();
  for (const [index, frame] of frames.entries()) {
    const points = JSON.stringify(vtiAxes(frame));
    const known = parts.get(points);
    if (known) known.push(index);
    else parts.set(points, [index]);
  }
  return [...parts.values()];
}

/** Name of the file of a part; the first one has the name of the buffer itself. */
export function vtiPartName(name: string, part: number): string {
  return part === 0 ? name : name.replace(/(\.vti)?$/i, `_part${part}.vti`);
}

/** Samples of a plane between the order of the file and ours: its own inverse. `width` numbers a row, each of `step` values. */
export function flipPlane<T extends Float64Array | Float32Array | Uint8Array>(plane: T, axes: readonly VtiAxis[], step: number): T {
  const [x, y] = axes;
  if (!x || !y || !(x.flipped || y.flipped)) return plane;
  const out = plane.slice() as T;
  const row = x.size * step;
  for (let from = 0; from < y.size; from++) {
    const to = y.flipped ? y.size - 1 - from : from;
    if (!x.flipped) out.set(plane.subarray(from * row, (from + 1) * row), to * row);
    else
      for (let i = 0; i < x.size; i++)
        for (let k = 0; k < step; k++) out[to * row + (x.size - 1 - i) * step + k] = plane[from * row + i * step + k] as number;
  }
  return out;
}
