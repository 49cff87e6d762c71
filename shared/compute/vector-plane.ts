import type { NumberArray } from '../model/dtype.ts';
import { findComponent, isOutside, storedChoices, storedPlane, type Place } from './sample-state.ts';
import { scaleInPlace, toFloat64 } from './sample-values.ts';

/** Letter of the stored components and the axis whose sign turns them. */
const VECTOR = { u: ['U', 'x'], v: ['V', 'y'], w: ['W', 'z'] } as const;

export type VectorName = keyof typeof VECTOR;

export function vectorNames(dimensions: 0 | 2 | 3): readonly VectorName[] {
  return (['u', 'v', 'w'] as const).slice(0, dimensions);
}

/** The stored number of the choice in effect, NaN where the choice points outside of the data. */
export async function vectorInEffect(place: Place, name: VectorName): Promise<Float64Array> {
  const [letter] = VECTOR[name];
  if (place.choice !== undefined) return vectorOfChoice(place, letter, place.choice);
  const choices = await storedChoices(place);
  const first = await storedPlane(place, `${letter}0`);
  if (!choices || place.frame.choices === 1) return eraseOutside(toFloat64(first.dtype, first.data), choices);
  const sets = [first.data as NumberArray];
  for (let k = 1; k < place.frame.choices; k++) sets.push((await storedPlane(place, `${letter}${k}`)).data as NumberArray);
  return gather(sets, choices);
}

/** One stored set for all vectors; for a mark of processing NaN where it is not set. */
async function vectorOfChoice(place: Place, letter: string, choice: number): Promise<Float64Array> {
  const { dtype, data } = await storedPlane(place, `${letter}${Math.min(choice, place.frame.choices - 1)}`);
  const values = toFloat64(dtype, data);
  if (choice < place.frame.choices) return values;
  const choices = await storedChoices(place);
  for (let i = 0; i < values.length; i++) if (choices?.[i] !== choice) values[i] = Number.NaN;
  return values;
}

/** With a single stored set every choice that is one at all shows it. */
function eraseOutside(values: Float64Array, choices: Int32Array | undefined): Float64Array {
  if (choices) for (let i = 0; i < values.length; i++) if (isOutside(choices[i] as number)) values[i] = Number.NaN;
  return values;
}

function gather(sets: readonly NumberArray[], choices: Int32Array): Float64Array {
  const out = new Float64Array(choices.length);
  const last = sets.length - 1;
  for (let i = 0; i < out.length; i++) {
    const at = choices[i] as number;
    out[i] = isOutside(at) ? Number.NaN : ((sets[Math.min(at, last)] as NumberArray)[i] as number);
  }
  return out;
}

/** (stored * slope + offset) * sign of the axis slope: the one place of the sign rule. */
export async function scaledVector(place: Place, name: VectorName): Promise<Float64Array> {
  const [letter, axis] = VECTOR[name];
  const scale = findComponent(place.frame, `${letter}0`)?.scale ?? place.frame.scales.i;
  return scaleInPlace(await vectorInEffect(place, name), scale, Math.sign(place.frame.scales[axis].slope));
}

/** Length of the vectors; `of` reads one component. */
export async function vectorLength(place: Place, of: (place: Place, name: VectorName) => Promise<Float64Array>): Promise<Float64Array> {
  const sum = new Float64Array(place.samples);
  for (const name of vectorNames(place.frame.dimensions)) addSquares(sum, await of(place, name));
  return takeRoots(sum);
}

function addSquares(sum: Float64Array, values: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (values[i] as number) * (values[i] as number);
}

function takeRoots(sum: Float64Array): Float64Array {
  for (let i = 0; i < sum.length; i++) sum[i] = Math.sqrt(sum[i] as number);
  return sum;
}
