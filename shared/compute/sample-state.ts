import { allEqual } from './all-equal.ts';
import type { FrameBuffer, ReadOptions } from '../model/dataset.ts';
import type { ComponentInfo, FrameInfo, Plane, PlaneWindow } from '../model/frames.ts';
import type { NumberArray } from '../model/dtype.ts';

/** Why a sample does not count; a smaller number wins where several hold, but blank is all or nothing. */
export const SAMPLE_STATE = { valid: 0, masked: 1, disabled: 2, outsideChoices: 3, blank: 4 } as const;

/** Choices 0-3 are stored, 4 (smoothed) and 5 (filled) show the last stored one; everything else points at no data. */
const LAST_CHOICE = 5;
const LAST_STORED_CHOICE = 3;

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
  /** One choice for all vectors (shared/compute/vector-choice); absent = the stored choice of each. */
  readonly choice?: number;
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

/**
 * Flags of a component that only counts where it is in the file; undefined stands for its defined value, ones. Always bytes: the loops
 * below stay on one array type, and out of async functions, where the engine hardly optimises them.
 */
async function storedFlags(place: Place, name: string): Promise<Uint8Array | undefined> {
  if (!findComponent(place.frame, name)?.stored) return undefined;
  const data = (await storedPlane(place, name)).data as NumberArray;
  return data instanceof Uint8Array ? data : Uint8Array.from(data, (flag) => (flag === 0 ? 0 : 1));
}

/** The choice of every vector; undefined where none is stored, which means choice 0. */
export async function storedChoices(place: Place): Promise<Int32Array | undefined> {
  if (!findComponent(place.frame, 'ACTIVE_CHOICE')?.stored) return undefined;
  const data = (await storedPlane(place, 'ACTIVE_CHOICE')).data as NumberArray;
  return data instanceof Int32Array ? data : Int32Array.from(data);
}

/** One state per sample, u1. */
export async function sampleState(place: Place): Promise<Uint8Array> {
  return (await invalidSamples(place)) ?? new Uint8Array(place.samples);
}

/** The same, undefined where all samples are valid: most planes are, and then there is nothing to do. */
export async function invalidSamples(place: Place): Promise<Uint8Array | undefined> {
  if (isBlank(place)) return new Uint8Array(place.samples).fill(SAMPLE_STATE.blank);
  let state = await outsideChoices(place);
  for (const [name, code] of [
    ['ENABLED', SAMPLE_STATE.disabled],
    ['MASK', SAMPLE_STATE.masked],
  ] as const) {
    const flags = await storedFlags(place, name);
    if (!flags || allEqual(flags, 1) || !flags.includes(0)) continue;
    state ??= new Uint8Array(place.samples);
    markZeros(state, flags, code);
  }
  return state;
}

function markZeros(state: Uint8Array, flags: Uint8Array, code: number): void {
  for (let i = 0; i < state.length; i++) if (flags[i] === 0) state[i] = code;
}

/** Vectors that point at no data, or lack the mark of processing that is asked for; undefined where there are none. */
async function outsideChoices(place: Place): Promise<Uint8Array | undefined> {
  const { choice } = place;
  if (choice !== undefined && choice <= LAST_STORED_CHOICE) return undefined;
  const choices = await storedChoices(place);
  if (choice === undefined) return choices && markOutside(choices);
  if (!choices) return new Uint8Array(place.samples).fill(SAMPLE_STATE.outsideChoices);
  return Uint8Array.from(choices, (stored) => (stored === choice ? SAMPLE_STATE.valid : SAMPLE_STATE.outsideChoices));
}

function markOutside(choices: Int32Array): Uint8Array | undefined {
  let first = 0;
  while (first < choices.length && !isOutside(choices[first] as number)) first++;
  if (first === choices.length) return undefined;
  const state = new Uint8Array(choices.length);
  for (let i = first; i < state.length; i++) if (isOutside(choices[i] as number)) state[i] = SAMPLE_STATE.outsideChoices;
  return state;
}

export function isOutside(choice: number): boolean {
  return choice < 0 || choice > LAST_CHOICE;
}

/** NaN where the state is anything but valid, in place. */
export function eraseInvalid(values: Float64Array, state: Uint8Array | undefined): void {
  if (!state) return;
  for (let i = 0; i < values.length; i++) if (state[i] !== 0) values[i] = Number.NaN;
}

/** 1 where mask and enabled allow the sample; blank frames have no valid sample. */
export async function validPlane(place: Place): Promise<Uint8Array> {
  if (isBlank(place)) return new Uint8Array(place.samples);
  const valid = await maskPlane(place);
  const enabled = await storedFlags(place, 'ENABLED');
  if (enabled) markZeros(valid, enabled, 0);
  return valid;
}

/** MASK as 0 and 1, or ones where none is stored; a fresh array. */
export async function maskPlane(place: Place): Promise<Uint8Array> {
  const mask = new Uint8Array(place.samples).fill(1);
  const stored = isBlank(place) ? undefined : await storedFlags(place, 'MASK');
  if (stored) markZeros(mask, stored, 0);
  return mask;
}
