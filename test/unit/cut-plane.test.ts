import { describe, expect, test } from 'vitest';
import { fieldOfCut } from '../../shared/compute/cut-plane.ts';
import { takeWindow } from '../../shared/compute/plane-window.ts';
import { cutFrame, uncut } from '../../shared/model/cut.ts';
import type { FrameBuffer } from '../../shared/model/dataset.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { unitScale } from '../../shared/model/scale.ts';
import { imageFrame } from '../support/view-frames.ts';

const [WIDTH, HEIGHT, DEPTH] = [5, 4, 3];
const value = (x: number, y: number, z: number): number => 100 * z + 10 * y + x;

const frame: FrameInfo = imageFrame(WIDTH, HEIGHT, {
  planes: DEPTH,
  grid: [1, 2, 3],
  scales: { x: unitScale('mm'), y: unitScale('s'), z: unitScale('m'), i: { ...unitScale('counts'), slope: 2 } },
});

const volume: FrameBuffer = {
  info: { index: 0, state: 'present', name: 'v', frames: [frame], attributes: {} },
  warnings: [],
  bytes: 0,
  plane: async ({ plane, window }) => {
    const data = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, i) => value(i % WIDTH, Math.floor(i / WIDTH), plane));
    return takeWindow('u2', data, [HEIGHT, WIDTH], window);
  },
};

const rows = async (where: Parameters<typeof fieldOfCut>[1], component = 'PIXEL') => {
  const { width, height, data } = await fieldOfCut(volume, where, component, 'raw');
  return Array.from({ length: height }, (_, row) => Array.from(data.subarray(row * width, (row + 1) * width), Number));
};

describe('cuts of a volume', () => {
  test('xz has rows of z at one y, zy columns of z at one x', async () => {
    expect(await rows({ frame: 0, plane: 2, cut: 'xz' })).toEqual([0, 1, 2].map((z) => [0, 1, 2, 3, 4].map((x) => value(x, 2, z))));
    expect(await rows({ frame: 0, plane: 4, cut: 'zy' })).toEqual([0, 1, 2, 3].map((y) => [0, 1, 2].map((z) => value(4, y, z))));
    expect(await rows({ frame: 0, plane: 1 })).toEqual([0, 1, 2, 3].map((y) => [0, 1, 2, 3, 4].map((x) => value(x, y, 1))));
  });

  test('windows with steps take the same samples of a cut', async () => {
    expect(await rows({ frame: 0, plane: 1, cut: 'xz', window: { x: 1, y: 0, width: 4, height: 3, step: 2 } })).toEqual([
      [value(1, 1, 0), value(3, 1, 0)],
      [value(1, 1, 2), value(3, 1, 2)],
    ]);
    expect(await rows({ frame: 0, plane: 1, cut: 'zy', window: { x: 1, y: 1, width: 2, height: 3, step: 2 } })).toEqual([
      [value(1, 1, 1)],
      [value(1, 3, 1)],
    ]);
  });

  test('positions stay those of the volume', async () => {
    expect(await rows({ frame: 0, plane: 2, cut: 'xz' }, 'z')).toEqual([0, 3, 6].map((z) => Array(WIDTH).fill(z)));
    expect(await rows({ frame: 0, plane: 2, cut: 'zy' }, 'x')).toEqual(Array(HEIGHT).fill(Array(DEPTH).fill(2)));
  });

  test('a plane beyond the axis is refused by its number', async () => {
    await expect(rows({ frame: 0, plane: HEIGHT, cut: 'xz' })).rejects.toThrow('There is no plane 4 across: the volume has 4');
    await expect(rows({ frame: 0, plane: WIDTH, cut: 'zy' })).rejects.toThrow('has 5');
  });

  test('the frame of a cut has its sizes, grids and scales exchanged', () => {
    expect(cutFrame(frame, 'xz')).toMatchObject({
      shape: [3, 5],
      planes: 4,
      grid: [1, 3, 2],
      scales: { x: { unit: 'mm' }, y: { unit: 'm' }, z: { unit: 's' }, i: { unit: 'counts' } },
    });
    expect(cutFrame(frame, 'zy')).toMatchObject({
      shape: [4, 3],
      planes: 5,
      grid: [3, 2, 1],
      scales: { x: { unit: 'm' }, y: { unit: 's' }, z: { unit: 'mm' } },
    });
    expect(uncut('xz', 4, 2, 3)).toEqual({ x: 4, y: 3, z: 2 });
    expect(uncut('zy', 2, 3, 4)).toEqual({ x: 4, y: 3, z: 2 });
  });
});
