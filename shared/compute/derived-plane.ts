import type { ValueMode } from '../contract/planes.ts';
import { DataError } from '../model/data-error.ts';
import type { FrameBuffer, ReadOptions } from '../model/dataset.ts';
import type { FrameInfo, Plane, PlaneWindow } from '../model/frames.ts';
import { positionAt } from '../model/scale.ts';
import { clipWindow, windowSize } from './plane-window.ts';
import {
  eraseInvalid,
  findComponent,
  invalidSamples,
  isBlank,
  maskPlane,
  sampleState,
  storedPlane,
  validPlane,
  type Place,
} from './sample-state.ts';
import { scaleInPlace, toFloat64 } from './sample-values.ts';
import { SMOOTHED, splitChoice } from './vector-choice.ts';
import { scaledVector, vectorInEffect, vectorLength, vectorNames, type VectorName } from './vector-plane.ts';

/** Names that are computed, not stored: u v w speed for vectors; mask valid x y z state for every frame. */
export function derivedComponents(frame: FrameInfo): readonly string[] {
  const vectors = frame.kind === 'vector' ? [...vectorNames(frame.dimensions), 'speed'] : [];
  return [...vectors, 'mask', 'valid', 'x', 'y', 'z', 'state'];
}

/**
 * A stored or derived component, or a window of it, in the asked mode.
 * - stored: raw = the stored samples; scaled and masked = f64.
 * - u v w (choice in effect) and speed: f64 in every mode; raw = before scale and sign.
 * - u@k v@k w@k speed@k state@k: the same for choice k, 0-5, of all vectors (shared/compute/vector-choice).
 * - mask, valid, state: u1; x y z: f64 positions. They are the same in every mode.
 * Scaled values of blank and missing frames are NaN. `out-of-range` names a bad index or component.
 */
export async function fieldPlane(
  buffer: FrameBuffer,
  where: { readonly frame: number; readonly plane: number; readonly window?: PlaneWindow },
  component: string,
  mode: ValueMode,
  options: ReadOptions = {},
): Promise<Plane> {
  const found = findPlace(buffer, where, options);
  if (findComponent(found.frame, component)) return storedField(found, component, mode);
  const { name, choice } = splitChoice(component);
  if (choice !== undefined && choice > 0 && choice < SMOOTHED && choice >= found.frame.choices)
    throw unknownComponent(found.frame, component);
  const place = choice === undefined ? found : { ...found, choice };
  return derivedField(place, name, mode);
}

/** The component `state`, or `state@k`, of a whole plane; undefined where all samples are valid, which needs no plane. */
export async function invalidPlane(
  buffer: FrameBuffer,
  where: { readonly frame: number; readonly plane: number },
  choice?: number,
): Promise<Uint8Array | undefined> {
  const place = findPlace(buffer, where, {});
  return invalidSamples(choice === undefined ? place : { ...place, choice });
}

async function derivedField(place: Place, component: string, mode: ValueMode): Promise<Plane> {
  if (!derivedComponents(place.frame).includes(component)) throw unknownComponent(place.frame, component);
  const { width, height } = place;
  if (component === 'mask') return { dtype: 'u1', width, height, data: await maskPlane(place) };
  if (component === 'valid') return { dtype: 'u1', width, height, data: await validPlane(place) };
  if (component === 'state') return { dtype: 'u1', width, height, data: await sampleState(place) };
  if (component === 'x' || component === 'y' || component === 'z') return { dtype: 'f8', width, height, data: positions(place, component) };
  return { dtype: 'f8', width, height, data: await vectorField(place, component, mode) };
}

function findPlace(
  buffer: FrameBuffer,
  where: { readonly frame: number; readonly plane: number; readonly window?: PlaneWindow },
  options: ReadOptions,
): Place {
  const frame = buffer.info.frames[where.frame];
  if (!frame) throw outOfRange('frame', where.frame, buffer.info.frames.length);
  if (!Number.isInteger(where.plane) || where.plane < 0 || where.plane >= frame.planes)
    throw outOfRange('plane', where.plane, frame.planes);
  const window = clipWindow(frame.shape, where.window);
  const { width, height } = windowSize(window);
  return { buffer, frame, frameIndex: where.frame, plane: where.plane, window, width, height, samples: width * height, options };
}

function outOfRange(what: string, index: number, count: number): DataError {
  return new DataError('out-of-range', `There is no ${what} ${index}: the buffer has ${count} (0 to ${count - 1}).`, { field: what });
}

function unknownComponent(frame: FrameInfo, component: string): DataError {
  const stored = frame.components.map((info) => info.name);
  return new DataError('out-of-range', `There is no component '${component}' in this frame.`, {
    field: 'component',
    hint: `Stored are ${stored.join(', ')}; derived are ${derivedComponents(frame).join(', ')}.`,
  });
}

async function storedField(place: Place, component: string, mode: ValueMode): Promise<Plane> {
  if (mode === 'raw') return storedPlane(place, component);
  const { width, height } = place;
  if (isBlank(place)) return { dtype: 'f8', width, height, data: new Float64Array(place.samples).fill(Number.NaN) };
  const stored = await storedPlane(place, component);
  const values = scaleInPlace(toFloat64(stored.dtype, stored.data), findComponent(place.frame, component)?.scale ?? place.frame.scales.i);
  if (mode === 'masked') eraseInvalid(values, await invalidSamples(place));
  return { dtype: 'f8', width, height, data: values };
}

async function vectorField(place: Place, component: string, mode: ValueMode): Promise<Float64Array> {
  if (isBlank(place)) return new Float64Array(place.samples).fill(mode === 'raw' ? 0 : Number.NaN);
  const read = mode === 'raw' ? vectorInEffect : scaledVector;
  const values = component === 'speed' ? await vectorLength(place, read) : await read(place, component as VectorName);
  if (mode === 'masked') eraseInvalid(values, await invalidSamples(place));
  return values;
}

/** Positions of the samples along one axis, the shape of the plane. */
function positions(place: Place, axis: 'x' | 'y' | 'z'): Float64Array {
  const { frame, window, width, height } = place;
  const out = new Float64Array(place.samples);
  const grid = frame.grid[axis === 'x' ? 0 : axis === 'y' ? 1 : 2];
  const scale = frame.scales[axis];
  if (axis === 'z') return out.fill(positionAt(scale, grid, place.plane));
  if (axis === 'y') {
    for (let row = 0; row < height; row++) out.fill(positionAt(scale, grid, window.y + row * window.step), row * width, (row + 1) * width);
    return out;
  }
  for (let i = 0; i < width; i++) out[i] = positionAt(scale, grid, window.x + i * window.step);
  for (let row = 1; row < height; row++) out.copyWithin(row * width, 0, width);
  return out;
}
