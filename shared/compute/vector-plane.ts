import type { NumberArray } from '../model/dtype.ts';
import { findComponent, LAST_CHOICE, storedIfPresent, storedPlane, type Place } from './sample-state.ts';
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
  const choice = await storedIfPresent(place, 'ACTIVE_CHOICE');
  if (!choice) {
    const only = await storedPlane(place, `${letter}0`);
    return toFloat64(only.dtype, only.data);
  }
  const sets: NumberArray[] = [];
  for (let k = 0; k < place.frame.choices; k++) sets.push((await storedPlane(place, `${letter}${k}`)).data as NumberArray);
  return gather(sets, choice, place.samples);
}

function gather(sets: readonly NumberArray[], choice: NumberArray, samples: number): Float64Array {
  const out = new Float64Array(samples);
  const last = sets.length - 1;
  for (let i = 0; i < samples; i++) {
    const at = choice[i] as number;
    out[i] = at >= 0 && at <= LAST_CHOICE ? ((sets[at > last ? last : at] as NumberArray)[i] as number) : Number.NaN;
  }
  return out;
}

/** (stored * slope + offset) * sign of the axis slope: the one place of the sign rule. */
export async function scaledVector(place: Place, name: VectorName): Promise<Float64Array> {
  const [letter, axis] = VECTOR[name];
  const values = scaleInPlace(await vectorInEffect(place, name), findComponent(place.frame, `${letter}0`)?.scale ?? place.frame.scales.i);
  const sign = Math.sign(place.frame.scales[axis].slope);
  if (sign !== 1) for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * sign;
  return values;
}

/** Length of the vectors; `of` reads one component. */
export async function vectorLength(place: Place, of: (place: Place, name: VectorName) => Promise<Float64Array>): Promise<Float64Array> {
  const sum = new Float64Array(place.samples);
  for (const name of vectorNames(place.frame.dimensions)) {
    const values = await of(place, name);
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (values[i] as number) * (values[i] as number);
  }
  for (let i = 0; i < sum.length; i++) sum[i] = Math.sqrt(sum[i] as number);
  return sum;
}
