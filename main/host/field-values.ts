import { fieldOfCut } from '../../shared/compute/cut-plane.ts';
import { planeNumbers } from '../../shared/compute/plane-numbers.ts';
import { windowSize } from '../../shared/compute/plane-window.ts';
import { planeStatistics, reduceMean, type PlaneStatistics } from '../../shared/compute/statistics.ts';
import type { FieldRequest, SampleFilter, StatisticsReply, StatisticsRequest, ValueMode } from '../../shared/contract/planes.ts';
import type { WireArray } from '../../shared/contract/payload.ts';
import type { Cut } from '../../shared/model/cut.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import type { ComponentInfo, FrameInfo, Plane, PlaneWindow } from '../../shared/model/frames.ts';
import type { Scale } from '../../shared/model/scale.ts';
import type { SampleStates } from './sample-states.ts';

/** What statistics are asked for. */
export type StatisticsOf = Pick<StatisticsRequest, 'component' | 'mode' | 'filter'>;

/** The state of a sample that a filter hides. */
const FILTERED = 5;

/** Part of a buffer that a call is about; the window is clipped to the plane. */
export interface FieldPlace {
  readonly buffer: FrameBuffer;
  readonly states: SampleStates;
  readonly frame: number;
  readonly plane: number;
  readonly cut?: Cut;
  readonly window: PlaneWindow;
  readonly signal: AbortSignal;
}

/** One field of a request, in an array that belongs to the caller. */
export async function readField(place: FieldPlace, field: FieldRequest): Promise<WireArray> {
  if (field.brief && field.component === 'state' && !(await place.states.of(place, place.window, 'state')))
    return { dtype: 'u1', data: new Uint8Array(0) };
  const plane = field.reduce === 'mean' && place.window.step > 1 ? await meanField(place, field) : await ownField(place, field);
  if (field.as !== 'f4' || plane.dtype === 'f4') return { dtype: plane.dtype, data: plane.data };
  return { dtype: 'f4', data: Float32Array.from(planeNumbers(plane)) };
}

/** Facts of a plane's valid samples. Where the scale rises, those of the stored samples are scaled: exact and fast for integers. */
export async function readStatistics(place: FieldPlace, { component, mode, filter }: StatisticsOf): Promise<PlaneStatistics> {
  const state = await leftOut(place, component, filter);
  const scale = linearScale(place, component, mode);
  if (!scale || scale.slope <= 0) return planeStatistics(await valuesOf(place, component, mode), state);
  const { reply, histogram } = planeStatistics(await valuesOf(place, component, 'raw'), state);
  return { reply: reply.count === 0 ? reply : scaleStatistics(reply, scale), histogram };
}

/** States of the samples, nonzero = left out, with those that a filter hides; undefined where all count. */
export async function leftOut(place: FieldPlace, component: string, filter: SampleFilter | undefined): Promise<Uint8Array | undefined> {
  const state = await place.states.of(place, place.window, component);
  if (!filter) return state;
  const values = planeNumbers(await valuesOf(place, filter.component, 'scaled'));
  const out = state ? state.slice() : new Uint8Array(values.length);
  for (let i = 0; i < out.length; i++) if ((values[i] as number) > filter.above) out[i] = FILTERED;
  return out;
}

/** The states are known where means and statistics asked for them; mostly all samples are valid. */
async function ownStates(place: FieldPlace): Promise<Plane> {
  const { width, height } = windowSize(place.window);
  const state = await place.states.of(place, place.window, 'state');
  return { dtype: 'u1', width, height, data: state?.slice() ?? new Uint8Array(width * height) };
}

/** Block means. Linear scales are applied to the means, which are fewer than the samples. */
async function meanField(place: FieldPlace, { component, mode }: FieldRequest): Promise<Plane> {
  const { step } = place.window;
  const whole = { ...place, window: { ...place.window, step: 1 } };
  const scale = linearScale(place, component, mode);
  const state = await place.states.of(place, whole.window, component);
  const means = reduceMean(await valuesOf(whole, component, scale ? 'raw' : mode), step, state);
  const data = means.data as Float32Array;
  if (scale) for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) * scale.slope + scale.offset;
  return means;
}

/** The field with data that are nobody else's: planes that the buffer handed out belong to the buffer. */
async function ownField(place: FieldPlace, { component, mode }: FieldRequest): Promise<Plane> {
  if (component === 'state') return ownStates(place);
  const held = new Set<ArrayBufferLike>();
  const { buffer } = place;
  const watched: FrameBuffer = {
    info: buffer.info,
    warnings: buffer.warnings,
    bytes: 0,
    plane: async (ref, options) => {
      const plane = await buffer.plane(ref, options);
      held.add(plane.data.buffer);
      return plane;
    },
  };
  const plane = await valuesOf({ ...place, buffer: watched }, component, mode);
  return held.has(plane.data.buffer) ? { ...plane, data: plane.data.slice() } : plane;
}

export function valuesOf({ buffer, frame, plane, cut, window, signal }: FieldPlace, component: string, mode: ValueMode): Promise<Plane> {
  return fieldOfCut(buffer, { frame, plane, window, ...(cut ? { cut } : {}) }, component, mode, { signal });
}

/**
 * The scale that turns stored samples into the asked mode, where that is all there is to it: raw is as stored, and blank or derived values
 * are no linear function of stored ones.
 */
function linearScale(place: FieldPlace, component: string, mode: ValueMode): Scale | undefined {
  if (mode === 'raw' || place.buffer.info.state !== 'present') return undefined;
  return storedComponent(place.buffer.info.frames[place.frame], component)?.scale;
}

function storedComponent(frame: FrameInfo | undefined, name: string): ComponentInfo | undefined {
  return frame?.components.find((component) => component.name === name);
}

function scaleStatistics(reply: StatisticsReply, { slope, offset }: Scale): StatisticsReply {
  const value = (stored: number): number => stored * slope + offset;
  return {
    ...reply,
    min: value(reply.min),
    max: value(reply.max),
    mean: value(reply.mean),
    std: reply.std * slope,
    percentiles: reply.percentiles.map(([percent, stored]) => [percent, value(stored)] as const),
  };
}
