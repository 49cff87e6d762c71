import type { NumberArray, TypedArray } from '../../../shared/model/dtype.ts';

const ARRAYS = { u1: Uint8Array, u2: Uint16Array, i4: Int32Array, f4: Float32Array, f8: Float64Array } as const;

export type FileType = keyof typeof ARRAYS;

/** Bytes in the type of the file, which holds all of them. */
export function bytesAs(to: FileType, bytes: Uint8Array): NumberArray {
  return to === 'u1' ? bytes : ARRAYS[to].from(bytes);
}

/** 1 where the sample is not 0. */
export function flagsOf(data: TypedArray): Uint8Array {
  const flags = new Uint8Array(data.length);
  for (let i = 0; i < flags.length; i++) flags[i] = Number(data[i]) === 0 ? 0 : 1;
  return flags;
}

/** Header plane of vectors with choices: 0 = disabled, 1 to 6 = choice 0 to 5. */
export function headerPlane(
  choices: ArrayLike<number>,
  enabled: ArrayLike<number> | undefined,
): { readonly data: Float32Array; readonly lost: number } {
  const data = new Float32Array(choices.length);
  let lost = 0;
  for (let i = 0; i < data.length; i++) {
    const choice = choices[i] as number;
    const isEnabled = enabled ? enabled[i] !== 0 : true;
    if (isEnabled && choice >= 0) data[i] = choice + 1;
    else if (isEnabled || choice !== 0) lost++;
  }
  return { data, lost };
}
