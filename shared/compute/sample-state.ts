import type { FrameBuffer, ReadOptions } from '../model/dataset.ts';
import type { ComponentInfo, FrameInfo, Plane, PlaneWindow } from '../model/frames.ts';
import type { NumberArray } from '../model/dtype.ts';

/** Why a sample does not count; a smaller number wins where several hold, but blank is all or nothing. */
export const SAMPLE_STATE = { valid: 0, masked: 1, disabled: 2, outsideChoices: 3, blank: 4 } as const;

/** Choices 0-3 are stored, 4 (smoothed) and 5 (filled) show the last stored one; everything else points at no data. */
export const LAST_CHOICE = 5;

/** A checked place in a buffer: what all derived planes start from. */
export interface Place {
  readonly buffer: FrameBuffer;
  readonly frame: FrameInfo;
  readonly frameIndex: number;
  readonly plane: number;
  /** Clipped to the plane. */
  readonly window: PlaneWindow;
  /** Samples per row, rows and their product after the window's step. */
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly options: ReadOptions;
}

export function isBlank(place: Place): boolean {
  return place.buffer.info.state !== 'present';
}

export function findComponent(frame: FrameInfo, name: string): ComponentInfo | undefined {
  return frame.components.find((component) => component.name === name);
}

/** The stored samples of a component at the place. */
export function storedPlane(place: Place, component: string): Promise<Plane> {
  const { x, y, width, height, step } = place.window;
  const whole = width === place.frame.shape[1] && height === place.frame.shape[0] && step === 1;
  const ref = { frame: place.frameIndex, component, plane: place.plane };
  return place.buffer.plane(whole ? ref : { ...ref, window: { x, y, width, height, step } }, place.options);
}

/** Samples of a component that only counts where it is in the file; undefined stands for its defined value (ones, choice 0). */
export async function storedIfPresent(place: Place, name: string): Promise<NumberArray | undefined> {
  if (!findComponent(place.frame, name)?.stored) return undefined;
  return (await storedPlane(place, name)).data as NumberArray;
}

/** One state per sample, u1. */
export async function sampleState(place: Place): Promise<Uint8Array> {
  const state = new Uint8Array(place.samples);
  if (isBlank(place)) return state.fill(SAMPLE_STATE.blank);
  const choice = await storedIfPresent(place, 'ACTIVE_CHOICE');
  if (choice) markOutsideChoices(state, choice);
  const enabled = await storedIfPresent(place, 'ENABLED');
  if (enabled) markZeros(state, enabled, SAMPLE_STATE.disabled);
  const mask = await storedIfPresent(place, 'MASK');
  if (mask) markZeros(state, mask, SAMPLE_STATE.masked);
  return state;
}

function markZeros(state: Uint8Array, flags: NumberArray, code: number): void {
  for (let i = 0; i < state.length; i++) if (flags[i] === 0) state[i] = code;
}

function markOutsideChoices(state: Uint8Array, choice: NumberArray): void {
  for (let i = 0; i < state.length; i++) {
    const at = choice[i] as number;
    if (!(at >= 0 && at <= LAST_CHOICE)) state[i] = SAMPLE_STATE.outsideChoices;
  }
}

/** 1 where mask and enabled allow the sample; blank frames have no valid sample. */
export async function validPlane(place: Place): Promise<Uint8Array> {
  if (isBlank(place)) return new Uint8Array(place.samples);
  const valid = await maskPlane(place);
  const enabled = await storedIfPresent(place, 'ENABLED');
  if (enabled) markZeros(valid, enabled, 0);
  return valid;
}

/** MASK as 0 and 1, or ones where none is stored; a fresh array. */
export async function maskPlane(place: Place): Promise<Uint8Array> {
  const mask = new Uint8Array(place.samples).fill(1);
  const stored = isBlank(place) ? undefined : await storedIfPresent(place, 'MASK');
  if (stored) markZeros(mask, stored, 0);
  return mask;
}
