import { describe, expect, test } from 'vitest';
import { readField, readStatistics, type FieldPlace } from '../../../main/host/field-values.ts';
import { sampleStates } from '../../../main/host/sample-states.ts';
import { takeWindow } from '../../../shared/compute/plane-window.ts';
import type { FrameBuffer } from '../../../shared/model/dataset.ts';
import type { ComponentInfo } from '../../../shared/model/frames.ts';
import { unitScale } from '../../../shared/model/scale.ts';

const WIDTH = 7;
const HEIGHT = 5;
const PIXELS = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i * 37) % 101);

/** An image with a mask that leaves out the given samples, and pixels scaled by a slope. */
function image(slope: number, masked: readonly number[]): { readonly buffer: FrameBuffer; readonly place: FieldPlace; reads(): number } {
  const mask = Uint8Array.from(PIXELS, (_, i) => (masked.includes(i) ? 0 : 1));
  const scale = { ...unitScale('counts'), slope, offset: 3 };
  const components: readonly ComponentInfo[] = [
    { name: 'PIXEL', role: 'intensity', dtype: 'u2', planes: 1, scale, stored: true },
    { name: 'MASK', role: 'mask', dtype: 'u1', planes: 1, scale: unitScale(''), stored: true },
  ];
  const scales = { x: unitScale(''), y: unitScale(''), z: unitScale(''), i: scale };
  let reads = 0;
  const buffer: FrameBuffer = {
    info: {
      index: 0,
      state: 'present',
      name: 'image',
      attributes: {},
      frames: [
        {
          kind: 'image',
          shape: [HEIGHT, WIDTH],
          planes: 1,
          grid: [1, 1, 1],
          scales,
          choices: 0,
          dimensions: 0,
          components,
          attributes: {},
        },
      ],
    },
    warnings: [],
    bytes: 0,
    plane: async ({ component, window }) => {
      reads += component === 'MASK' ? 1 : 0;
      return component === 'MASK' ? takeWindow('u1', mask, [HEIGHT, WIDTH], window) : takeWindow('u2', PIXELS, [HEIGHT, WIDTH], window);
    },
  };
  const window = { x: 0, y: 0, width: WIDTH, height: HEIGHT, step: 1 };
  return {
    buffer,
    place: { buffer, states: sampleStates(buffer), frame: 0, plane: 0, window, signal: new AbortController().signal },
    reads: () => reads,
  };
}

/** Block means in the plainest way. */
function meansOf(step: number, value: (i: number) => number): number[] {
  const out = [];
  for (let y = 0; y < HEIGHT; y += step) {
    for (let x = 0; x < WIDTH; x += step) {
      const values = [];
      for (let row = y; row < Math.min(HEIGHT, y + step); row++)
        for (let column = x; column < Math.min(WIDTH, x + step); column++) values.push(value(row * WIDTH + column));
      const valid = values.filter((one) => !Number.isNaN(one));
      out.push(valid.reduce((sum, one) => sum + one, 0) / valid.length);
    }
  }
  return out;
}

/** By linear interpolation between the two nearest, as numpy does it. */
function percentileOf(sorted: readonly number[], percent: number): number {
  const rank = (percent / 100) * (sorted.length - 1);
  const [low = 0, high = low] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return low + (high - low) * (rank - Math.floor(rank));
}

const MASKED = [0, 1, 7, 8, 16, 33];

describe('block means', () => {
  test.each([2, -0.5])('leave masked samples out and obey a slope of %f', async (slope) => {
    const { place } = image(slope, MASKED);
    const { dtype, data } = await readField(
      { ...place, window: { ...place.window, step: 2 } },
      { component: 'PIXEL', mode: 'masked', reduce: 'mean' },
    );
    const expected = meansOf(2, (i) => (MASKED.includes(i) ? Number.NaN : (PIXELS[i] as number) * slope + 3));
    expect(dtype).toBe('f4');
    // The first block is masked as a whole.
    expect(data[0]).toBeNaN();
    expect(Array.from(data, Number).map((value) => Math.round(value * 1e4))).toEqual(expected.map((value) => Math.round(value * 1e4)));
  });

  test('of a whole plane are not asked for: one step is the samples themselves', async () => {
    const { place } = image(2, MASKED);
    expect((await readField(place, { component: 'PIXEL', mode: 'raw', reduce: 'mean' })).data).toEqual(PIXELS);
  });
});

describe('statistics', () => {
  test.each([
    [2, MASKED],
    [-0.5, MASKED],
    [2, []],
    [1, PIXELS.map((_, i) => i)],
  ])('at a slope of %f equal those of the scaled valid samples', async (slope, masked) => {
    const { place } = image(slope, [...masked]);
    const { reply } = await readStatistics(place, { component: 'PIXEL', mode: 'scaled' });
    const valid = [...PIXELS]
      .filter((_, i) => ![...masked].includes(i))
      .map((value) => value * slope + 3)
      .sort((a, b) => a - b);
    expect(reply).toMatchObject({ count: valid.length, masked: PIXELS.length - valid.length, notFinite: 0 });
    if (valid.length === 0) return;
    const mean = valid.reduce((sum, value) => sum + value, 0) / valid.length;
    expect([reply.min, reply.max]).toEqual([valid[0], valid.at(-1)]);
    expect(reply.mean).toBeCloseTo(mean, 9);
    expect(reply.std).toBeCloseTo(Math.sqrt(valid.reduce((sum, value) => sum + (value - mean) ** 2, 0) / valid.length), 9);
    // Scaled integers are exact; other values are counted in bins.
    for (const [percent, value] of reply.percentiles) expect(value).toBeCloseTo(percentileOf(valid, percent), slope > 0 ? 9 : 2);
  });
});

describe('arrays of a reply', () => {
  test.each([
    ['PIXEL', 'raw'],
    ['MASK', 'raw'],
    ['PIXEL', 'scaled'],
    ['state', 'raw'],
    ['mask', 'raw'],
  ] as const)("of %s %s are nobody else's", async (component, mode) => {
    const { place } = image(1, MASKED);
    const [first, second] = [await readField(place, { component, mode }), await readField(place, { component, mode })];
    expect(first.data).toEqual(second.data);
    first.data.fill(9 as never);
    expect((await readField(place, { component, mode })).data).toEqual(second.data);
  });

  test('are exact where a window is asked for', async () => {
    const { place } = image(1, MASKED);
    const { data } = await readField(
      { ...place, window: { x: 0, y: 1, width: WIDTH, height: 2, step: 1 } },
      { component: 'PIXEL', mode: 'raw' },
    );
    expect([data, data.buffer.byteLength]).toEqual([PIXELS.slice(7, 21), 28]);
  });
});

test('the states of a plane are found once, and count as memory only where something is left out', async () => {
  const [some, none] = [image(1, MASKED), image(1, [])];
  for (const { place } of [some, none]) for (let i = 0; i < 3; i++) await readStatistics(place, { component: 'PIXEL', mode: 'raw' });
  expect([some.reads(), some.place.states.bytes]).toEqual([1, WIDTH * HEIGHT]);
  expect([none.reads(), none.place.states.bytes]).toEqual([1, 0]);
});

describe('states that are all 0', () => {
  const wish = { component: 'state', mode: 'raw', brief: true } as const;

  test('do not travel where they need not', async () => {
    expect((await readField(image(1, []).place, wish)).data).toHaveLength(0);
    expect((await readField(image(1, []).place, { component: 'state', mode: 'raw' })).data).toEqual(new Uint8Array(WIDTH * HEIGHT));
  });

  test('travel where one is not 0', async () => {
    const expected = Uint8Array.from(PIXELS, (_, i) => (MASKED.includes(i) ? 1 : 0));
    expect((await readField(image(1, MASKED).place, wish)).data).toEqual(expected);
  });
});
