import { describe, expect, test } from 'vitest';
import { derivedComponents, fieldPlane } from '../../shared/compute/derived-plane.ts';
import type { ValueMode } from '../../shared/contract/planes.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import type { FrameInfo, PlaneWindow } from '../../shared/model/frames.ts';
import type { Scale } from '../../shared/model/scale.ts';
import { bufferOf } from '../support/vector-buffer.ts';

const scale = (slope: number, offset: number, unit = 'm/s'): Scale => ({ slope, offset, unit, description: '' });
const read = async (buffer: FrameBuffer, component: string, mode: ValueMode = 'masked', window?: PlaneWindow): Promise<number[]> =>
  Array.from((await fieldPlane(buffer, { frame: 0, plane: 0, ...(window ? { window } : {}) }, component, mode)).data, Number);

const I_SCALE = scale(0.5, 2);

/** 2 x 4 vectors, four choices; every choice k stores 100 k + position in u and its negative in v. */
function choiceVectors(choice: readonly number[], frame: Partial<FrameInfo> = {}): FrameBuffer {
  const numbers = (k: number, sign: number): Float32Array => Float32Array.from({ length: 8 }, (_, i) => sign * (100 * k + i));
  const sets = [0, 1, 2, 3].flatMap((k) => [
    [`U${k}`, { role: 'velocity', dtype: 'f4', data: numbers(k, 1), scale: I_SCALE }] as const,
    [`V${k}`, { role: 'velocity', dtype: 'f4', data: numbers(k, -1), scale: I_SCALE }] as const,
  ]);
  return bufferOf({
    kind: 'vector',
    shape: [2, 4],
    components: {
      ...Object.fromEntries(sets),
      ACTIVE_CHOICE: { role: 'choice', dtype: 'i4', data: Int32Array.from(choice) },
      ENABLED: { role: 'enabled', dtype: 'u1', data: Uint8Array.from([1, 0, 1, 1, 1, 1, 1, 1]) },
      MASK: { role: 'mask', dtype: 'u1', data: Uint8Array.from([0, 0, 1, 1, 1, 1, 1, 1]) },
    },
    frame: {
      choices: 4,
      scales: { x: scale(0.1, -1, 'mm'), y: scale(-0.2, 3, 'mm'), z: scale(1, 0), i: I_SCALE },
      grid: [8, 16, 1],
      ...frame,
    },
  });
}

describe('vectors', () => {
  const buffer = choiceVectors([0, 1, 1, 2, 3, 4, 5, 6]);

  test('smoothed (4) and filled (5) show the last choice, larger numbers and negative ones nothing', async () => {
    expect(await read(buffer, 'u', 'raw')).toEqual([0, 101, 102, 203, 304, 305, 306, Number.NaN]);
    expect(await read(choiceVectors([-1, 0, 0, 0, 0, 0, 0, 0]), 'u', 'raw')).toEqual([Number.NaN, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('the sign of the axis slope turns the scaled value with its offset', async () => {
    expect((await read(buffer, 'u', 'scaled')).slice(0, 3)).toEqual([2, 52.5, 53]);
    expect((await read(buffer, 'v', 'scaled')).slice(0, 3)).toEqual([-2, 48.5, 49]);
    const still = choiceVectors([0, 0, 0, 0, 0, 0, 0, 0], { scales: { x: scale(0, 0), y: scale(1, 0), z: scale(1, 0), i: I_SCALE } });
    expect(await read(still, 'u', 'scaled')).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('one choice for all: stored sets for 0 to 3, marks of processing for 4 and 5', async () => {
    expect(await read(buffer, 'u@2', 'raw')).toEqual([200, 201, 202, 203, 204, 205, 206, 207]);
    expect((await read(buffer, 'v@0', 'scaled')).slice(0, 2)).toEqual([-2, -1.5]);
    expect(await read(buffer, 'u@4', 'raw')).toEqual([NaN, NaN, NaN, NaN, NaN, 305, NaN, NaN]);
    expect(await read(buffer, 'u@5', 'raw')).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, 306, NaN]);
    expect(await read(buffer, 'state@2')).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
    expect(await read(buffer, 'state@5')).toEqual([1, 1, 3, 3, 3, 3, 0, 3]);
    await expect(read(choiceVectors([0, 0, 0, 0, 0, 0, 0, 0], { choices: 1 }), 'u@1')).rejects.toThrow("no component 'u@1'");
    await expect(read(buffer, 'x@1')).rejects.toThrow("no component 'x@1'");
  });

  test('masked, disabled and outside vectors are NaN in masked, and told apart in state', async () => {
    expect((await read(buffer, 'u')).map(Number.isNaN)).toEqual([true, true, false, false, false, false, false, true]);
    expect(await read(buffer, 'state')).toEqual([1, 1, 0, 0, 0, 0, 0, 3]);
    expect(await read(choiceVectors([0, 0, 0, 9, 0, 0, 0, 0]), 'state')).toEqual([1, 1, 0, 3, 0, 0, 0, 0]);
  });

  test('stored components are scaled without the sign rule', async () => {
    expect((await read(buffer, 'V0', 'scaled')).slice(0, 3)).toEqual([2, 1.5, 1]);
    expect((await read(buffer, 'V0')).slice(0, 3)).toEqual([Number.NaN, Number.NaN, 1]);
    expect((await read(buffer, 'U3', 'raw')).slice(0, 2)).toEqual([300, 301]);
  });

  test('speed is the length of the vector in effect', async () => {
    const [, , third = 0] = await read(buffer, 'speed');
    expect(third).toBe(Math.sqrt(53 * 53 + 49 * 49));
    expect((await read(buffer, 'speed', 'raw'))[2]).toBe(Math.sqrt(2 * 102 * 102));
  });

  test('coordinates count grid points and start at the offset', async () => {
    expect(await read(buffer, 'x')).toEqual([0, 1, 2, 3, 0, 1, 2, 3].map((i) => 0.1 * 8 * i - 1));
    expect(await read(buffer, 'y', 'raw')).toEqual([0, 0, 0, 0, 1, 1, 1, 1].map((i) => -0.2 * 16 * i + 3));
    expect(new Set(await read(buffer, 'z'))).toEqual(new Set([0]));
  });

  test('a window with a step gives the same samples as the whole plane', async () => {
    const window = { x: 1, y: 0, width: 9, height: 2, step: 2 };
    for (const component of ['u', 'V2', 'x', 'y', 'state', 'mask', 'speed']) {
      const whole = await read(buffer, component);
      expect(await read(buffer, component, 'masked', window)).toEqual([whole[1], whole[3]]);
    }
  });

  test('components that are defined, not stored, are not read', async () => {
    const plain = bufferOf({
      kind: 'vector',
      shape: [1, 2],
      components: {
        U0: { role: 'velocity', dtype: 'f4', data: Float32Array.of(1, 2) },
        V0: { role: 'velocity', dtype: 'f4', data: Float32Array.of(3, 4) },
        ENABLED: { role: 'enabled', dtype: 'u1', data: Uint8Array.of(0, 0), stored: false },
        MASK: { role: 'mask', dtype: 'u1', data: Uint8Array.of(0, 0), stored: false },
      },
    });
    expect(await read(plain, 'u')).toEqual([1, 2]);
    expect(await read(plain, 'valid')).toEqual([1, 1]);
  });

  test('three components are offered where there are three', () => {
    const frame = buffer.info.frames[0] as FrameInfo;
    expect(derivedComponents(frame)).toEqual(['u', 'v', 'speed', 'mask', 'valid', 'x', 'y', 'z', 'state']);
    expect(derivedComponents({ ...frame, dimensions: 3 }).slice(0, 4)).toEqual(['u', 'v', 'w', 'speed']);
  });
});

describe('images', () => {
  const image = bufferOf({
    kind: 'image',
    shape: [1, 4],
    components: {
      PIXEL: { role: 'intensity', dtype: 'u2', data: Uint16Array.of(0, 1, 2, 65535), scale: scale(0.1, 10) },
      MASK: { role: 'mask', dtype: 'u1', data: Uint8Array.of(1, 0, 255, 1) },
    },
  });

  test('are scaled in f64', async () => {
    expect(await read(image, 'PIXEL', 'scaled')).toEqual([0, 1, 2, 65535].map((value) => value * 0.1 + 10));
    expect((await read(image, 'PIXEL'))[1]).toBeNaN();
  });

  test('lose the sign of zero, as the reference reader does', async () => {
    const zero = bufferOf({
      kind: 'image',
      shape: [1, 1],
      components: { PIXEL: { role: 'intensity', dtype: 'f4', data: Float32Array.of(-0) } },
    });
    expect(Object.is((await read(zero, 'PIXEL', 'scaled'))[0], 0)).toBe(true);
  });

  test('any number but 0 in the mask is valid', async () => {
    expect(await read(image, 'mask', 'raw')).toEqual([1, 0, 1, 1]);
    expect(await read(image, 'MASK', 'raw')).toEqual([1, 0, 255, 1]);
  });

  test('have no velocity; the error says what there is', async () => {
    await expect(read(image, 'u')).rejects.toMatchObject({
      code: 'out-of-range',
      hint: 'Stored are PIXEL, MASK; derived are mask, valid, x, y, z, state.',
    });
    await expect(read(image, 'pixel')).rejects.toMatchObject({ code: 'out-of-range' });
    await expect(fieldPlane(image, { frame: 1, plane: 0 }, 'PIXEL', 'raw')).rejects.toMatchObject({ code: 'out-of-range', field: 'frame' });
    await expect(fieldPlane(image, { frame: 0, plane: -1 }, 'PIXEL', 'raw')).rejects.toMatchObject({
      code: 'out-of-range',
      field: 'plane',
    });
    await expect(read(image, 'x', 'raw', { x: 4, y: 0, width: 1, height: 1, step: 1 })).rejects.toMatchObject({
      code: 'out-of-range',
      field: 'window',
    });
  });

  test('blank ones are zeros in raw and nothing else', async () => {
    const blank = bufferOf({
      kind: 'image',
      shape: [1, 2],
      state: 'blank',
      components: { PIXEL: { role: 'intensity', dtype: 'u2', data: new Uint16Array(2) } },
    });
    expect(await read(blank, 'PIXEL', 'raw')).toEqual([0, 0]);
    expect(await read(blank, 'PIXEL', 'scaled')).toEqual([Number.NaN, Number.NaN]);
    expect(await read(blank, 'state')).toEqual([4, 4]);
    expect(await read(blank, 'valid')).toEqual([0, 0]);
  });

  test.each([
    ['f2', Uint16Array.of(0x3c00, 0xc000, 0x7c00), [1, -2, Number.POSITIVE_INFINITY]],
    ['i8', BigInt64Array.of(-1n, 2n ** 60n, 7n), [-1, 2 ** 60, 7]],
    ['c8', Float32Array.of(3, 4, 0, -2, 1, 0), [5, 2, 1]],
    ['b1', Uint8Array.of(0, 1, 1), [0, 1, 1]],
  ] as const)('samples of type %s become f64', async (dtype, data, expected) => {
    const buffer = bufferOf({ kind: 'image', shape: [1, 3], components: { PIXEL: { role: 'intensity', dtype, data } } });
    expect(await read(buffer, 'PIXEL', 'scaled')).toEqual(expected);
  });
});
