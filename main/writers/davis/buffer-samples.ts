import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameBuffer, ReadOptions } from '../../../shared/model/dataset.ts';
import { allocateSamples, bytesOf, type NumberArray, type TypedArray } from '../../../shared/model/dtype.ts';
import type { Plane } from '../../../shared/model/frames.ts';
import { convertSamples } from '../converted-samples.ts';
import type { Losses } from '../losses.ts';
import type { BufferPlan } from './buffer-plan.ts';
import type { PlannedScalar } from './scalar-plan.ts';
import { bytesAs, flagsOf, headerPlane, type FileType } from './stored-samples.ts';

/** A buffer on its way into a file. */
export interface BufferSource {
  readonly buffer: FrameBuffer;
  readonly plan: BufferPlan;
  readonly losses: Losses;
  readonly options: ReadOptions;
}

interface PlaneAt {
  readonly frame: number;
  readonly plane: number;
}

/** The data section in file order: frame, stored plane, z plane, row, column. */
export async function* dataSection(source: BufferSource): AsyncIterable<Uint8Array> {
  const { plan } = source;
  for (let frame = 0; frame < plan.frames; frame++) {
    for (const [at, stored] of plan.format.stored.entries()) {
      for (let plane = 0; plane < plan.planes; plane++) {
        if (stored === 'HEADER') yield bytesOf(await readHeaderPlane(source, { frame, plane }));
        else yield bytesOf(await readSamples(source, plan.components[at] as string, plan.format.dtype as FileType, { frame, plane }));
      }
    }
  }
}

/** One byte a sample, 1 = valid; frames without a mask are valid everywhere, blank buffers nowhere. */
export async function* maskSection({ buffer, plan, options }: BufferSource): AsyncIterable<Uint8Array> {
  for (const at of planesOf(plan)) {
    const hasMask = buffer.info.frames[at.frame]?.components.some(({ name, stored }) => name === plan.mask && stored) ?? false;
    if (buffer.info.state === 'blank') yield new Uint8Array(plan.width * plan.height);
    else if (hasMask) yield flagsOf((await readPlane(buffer, plan, plan.mask as string, at, options)).data);
    else yield onesInside(buffer, plan, at.frame);
  }
}

/** Valid wherever the frame has samples. */
function onesInside({ info }: FrameBuffer, plan: BufferPlan, frame: number): Uint8Array {
  const [height, width] = info.frames[frame]?.shape ?? [0, 0];
  return padded({ dtype: 'u1', width, height, data: new Uint8Array(width * height).fill(1) }, plan).data as Uint8Array;
}

export async function* scalarSection(source: BufferSource, scalar: PlannedScalar): AsyncIterable<Uint8Array> {
  for (const at of planesOf(source.plan)) yield bytesOf(await readSamples(source, scalar.component, scalar.dtype, at));
}

/** The scalar field isValid of formats without header plane: u2, 1 = enabled. */
export async function* enabledSection({ buffer, plan, options }: BufferSource): AsyncIterable<Uint8Array> {
  for (const at of planesOf(plan)) {
    const { data } = await readPlane(buffer, plan, 'ENABLED', at, options);
    yield bytesOf(Uint16Array.from(flagsOf(data)));
  }
}

function* planesOf(plan: BufferPlan): Iterable<PlaneAt> {
  for (let frame = 0; frame < plan.frames; frame++) for (let plane = 0; plane < plan.planes; plane++) yield { frame, plane };
}

async function readSamples(
  { buffer, plan, losses, options }: BufferSource,
  component: string,
  dtype: FileType,
  at: PlaneAt,
): Promise<TypedArray> {
  const plane = await readPlane(buffer, plan, component, at, options);
  if (plane.dtype === 'u1') return bytesAs(dtype, plane.data as Uint8Array);
  return convertSamples(dtype, plane.dtype, plane.data, { component, buffer: buffer.info.index, frame: at.frame, path: plan.path }, losses);
}

async function readHeaderPlane({ buffer, plan, losses, options }: BufferSource, at: PlaneAt): Promise<Float32Array> {
  const names = buffer.info.frames[at.frame]?.components.map(({ name }) => name) ?? [];
  const read = async (name: string): Promise<Int32Array | undefined> =>
    names.includes(name) ? Int32Array.from((await readPlane(buffer, plan, name, at, options)).data as Int32Array) : undefined;
  const choices = (await read('ACTIVE_CHOICE')) ?? new Int32Array(plan.width * plan.height);
  const { data, lost } = headerPlane(choices, await read('ENABLED'));
  if (lost > 0) losses.add('ACTIVE_CHOICE: DaVis stores no choice where vectors are disabled or have none; those are written as disabled.');
  return data;
}

async function readPlane(buffer: FrameBuffer, plan: BufferPlan, component: string, at: PlaneAt, options: ReadOptions): Promise<Plane> {
  const plane = await buffer.plane({ ...at, component }, options);
  const [height, width] = buffer.info.frames[at.frame]?.shape ?? [];
  if (plane.width === width && plane.height === height) return padded(plane, plan);
  throw new DataError('internal', `A plane of ${component} has ${plane.width} x ${plane.height} samples instead of ${width} x ${height}.`);
}

/** The plane with zeros to the right and below, up to the size of the buffer. */
function padded(plane: Plane, { width, height }: BufferPlan): Plane {
  if (plane.width === width && plane.height === height) return plane;
  const data = allocateSamples(plane.dtype, width * height) as NumberArray;
  const from = plane.data as NumberArray;
  for (let row = 0; row < plane.height; row++) data.set(from.subarray(row * plane.width, (row + 1) * plane.width), row * width);
  return { dtype: plane.dtype, width, height, data };
}
