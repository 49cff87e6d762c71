import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fieldPlane } from '../../shared/compute/derived-plane.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import { bytesOf, sampleAt, type TypedArray } from '../../shared/model/dtype.ts';
import type { Plane } from '../../shared/model/frames.ts';
import type { ExpectedArray } from './fixtures.ts';

/** Reads the plane that a fixture expects and compares every byte of it. */
export async function compareArray(buffer: FrameBuffer, expected: ExpectedArray, folder: string): Promise<void> {
  const where = { frame: expected.frame, plane: expected.plane };
  const plane = await fieldPlane(buffer, where, expected.component, expected.mode);
  expect([plane.height, plane.width]).toEqual(expected.shape);
  if (expected.mode === 'raw') expect(plane.dtype).toBe(expected.dtype.slice(1));
  const mask = expected.mode === 'masked' ? await maskOf(buffer, where) : undefined;
  const shown = expected.mode !== 'raw' && expected.dtype === '<f4' ? await singlePrecision(buffer, expected, plane) : plane.data;
  const values = mask ? zeroMasked(shown, mask) : shown;
  if (mask) {
    expect(mask.reduce((sum, flag) => sum + flag, 0)).toBe(expected.masked_count);
    if (expected.mask_sha256) expect(hash(mask)).toBe(expected.mask_sha256);
  }
  compareFacts(plane, mask, expected);
  expect(hash(values)).toBe(expected.sha256);
  if (expected.npy) expect(Buffer.from(bytesOf(values)).equals(fileEnd(join(folder, expected.npy), values.byteLength))).toBe(true);
}

/** 1 = masked, as the reference's masked arrays have it. */
async function maskOf(buffer: FrameBuffer, where: { frame: number; plane: number }): Promise<Uint8Array> {
  const state = (await fieldPlane(buffer, where, 'state', 'raw')).data as Uint8Array;
  return state.map((code) => (code === 0 ? 0 : 1));
}

function zeroMasked(data: TypedArray, mask: Uint8Array): TypedArray {
  const copy = data.slice();
  for (let i = 0; i < mask.length; i++) if (mask[i]) copy[i] = 0;
  return copy;
}

/**
 * The reference scales f32 images in f32, we in f64. The f32 arithmetic is repeated here for the hash; ours must agree within rounding.
 */
async function singlePrecision(buffer: FrameBuffer, expected: ExpectedArray, ours: Plane): Promise<Float32Array> {
  const where = { frame: expected.frame, plane: expected.plane };
  const raw = (await fieldPlane(buffer, where, expected.component, 'raw')).data as Float32Array;
  const scale = buffer.info.frames[expected.frame]?.components.find((component) => component.name === expected.component)?.scale;
  if (!scale) throw new Error(`no scale of ${expected.component}`);
  const slope = Math.fround(scale.slope);
  const offset = Math.fround(scale.offset);
  const out = raw.map((value) => Math.fround(Math.fround(value * slope) + offset));
  out.forEach((value, i) => {
    const own = Number(ours.data[i]);
    const limit = 1e-6 * (Math.abs((raw[i] as number) * slope) + Math.abs(offset));
    if (!Number.isNaN(own) && Math.abs(own - value) > limit)
      throw new Error(`sample ${i}: ${own} differs from ${value} by more than ${limit}`);
  });
  return out;
}

function compareFacts(plane: Plane, mask: Uint8Array | undefined, expected: ExpectedArray): void {
  if (expected.mean === undefined) return;
  let [min, max, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = 0; i < plane.width * plane.height; i++) {
    if (mask?.[i]) continue;
    const value = sampleAt(plane.dtype, plane.data, i);
    [min, max, sum, count] = [Math.min(min, value), Math.max(max, value), sum + value, count + 1];
  }
  const near = (actual: number, wanted: number | undefined): void => {
    if (wanted !== undefined)
      expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(wanted), Math.abs(max), Math.abs(min)));
  };
  near(min, expected.min);
  near(max, expected.max);
  near(sum / count, expected.mean);
}

function hash(data: TypedArray): string {
  return createHash('sha256').update(bytesOf(data)).digest('hex');
}

function fileEnd(path: string, length: number): Buffer {
  const bytes = readFileSync(path);
  return bytes.subarray(bytes.length - length);
}
