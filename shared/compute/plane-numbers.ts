import { halfToNumber } from '../model/dtype.ts';
import type { NumberArray } from '../model/dtype.ts';
import type { Plane } from '../model/frames.ts';

/** The 65,536 values of IEEE half floats by their bits; made once. */
let halfValues: Float32Array | undefined;

export function halfTable(): Float32Array {
  halfValues ??= Float32Array.from({ length: 65536 }, (_, bits) => halfToNumber(bits));
  return halfValues;
}

function decodeHalves(bits: ArrayLike<number>, samples: number): Float32Array {
  const table = halfTable();
  const out = new Float32Array(samples);
  for (let i = 0; i < samples; i++) out[i] = table[bits[i]!]!;
  return out;
}

function magnitudes(data: ArrayLike<number>, samples: number): Float64Array {
  const out = new Float64Array(samples);
  for (let i = 0; i < samples; i++) out[i] = Math.hypot(data[2 * i]!, data[2 * i + 1]!);
  return out;
}

/**
 * One number a sample, row by row: half floats decoded to f4, 8-byte integers rounded to f8, complex as magnitudes in f8.
 * Every other type is returned as it is, without a copy.
 */
export function planeNumbers(plane: Plane): NumberArray {
  const samples = plane.width * plane.height;
  const { data } = plane;
  if (data instanceof BigUint64Array || data instanceof BigInt64Array) {
    const out = new Float64Array(samples);
    for (let i = 0; i < samples; i++) out[i] = Number(data[i]!);
    return out;
  }
  if (plane.dtype === 'f2') return decodeHalves(data, samples);
  if (plane.dtype === 'c8' || plane.dtype === 'c16') return magnitudes(data, samples);
  return data;
}
