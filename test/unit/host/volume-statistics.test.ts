import { describe, expect, test } from 'vitest';
import { readStatistics, type FieldPlace } from '../../../main/host/field-values.ts';
import { sampleStates } from '../../../main/host/sample-states.ts';
import { readVolumeStatistics } from '../../../main/host/volume-statistics.ts';
import { takeWindow } from '../../../shared/compute/plane-window.ts';
import type { FrameBuffer } from '../../../shared/model/dataset.ts';
import type { ComponentInfo } from '../../../shared/model/frames.ts';
import { unitScale } from '../../../shared/model/scale.ts';

const [WIDTH, HEIGHT] = [8, 6];

/** A volume whose plane p holds p * 100 + index, and a scalar that is the index; the first sample of each plane is masked. */
function volume(planes: number): { readonly place: FieldPlace; asked(): ReadonlySet<number> } {
  const numbers = unitScale('counts');
  const components: readonly ComponentInfo[] = [
    { name: 'PIXEL', role: 'intensity', dtype: 'f4', planes, scale: { ...numbers, slope: 2, offset: 1 }, stored: true },
    { name: 'TS:Peak', role: 'scalar', dtype: 'f4', planes, scale: numbers, stored: true },
    { name: 'MASK', role: 'mask', dtype: 'u1', planes, scale: unitScale(''), stored: true },
  ];
  const scales = { x: unitScale(''), y: unitScale(''), z: unitScale(''), i: numbers };
  const asked = new Set<number>();
  const shape = [HEIGHT, WIDTH] as const;
  const buffer: FrameBuffer = {
    info: {
      index: 0,
      state: 'present',
      name: 'volume',
      attributes: {},
      frames: [{ kind: 'image', shape, planes, grid: [1, 1, 1], scales, choices: 0, dimensions: 0, components, attributes: {} }],
    },
    warnings: [],
    bytes: 0,
    plane: async ({ component, plane, window }) => {
      asked.add(plane);
      if (component === 'MASK')
        return takeWindow(
          'u1',
          Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i === 0 ? 0 : 1)),
          shape,
          window,
        );
      return takeWindow(
        'f4',
        Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => (component === 'PIXEL' ? plane * 100 + i : i)),
        shape,
        window,
      );
    },
  };
  const window = { x: 0, y: 0, width: WIDTH, height: HEIGHT, step: 1 };
  return {
    place: { buffer, states: sampleStates(buffer), frame: 0, plane: 0, window, signal: new AbortController().signal },
    asked: () => asked,
  };
}

describe('statistics of a volume', () => {
  test('are of all planes, scaled, without what is masked', async () => {
    const { reply, histogram } = await readVolumeStatistics(volume(3).place, { component: 'PIXEL', mode: 'scaled' });
    expect(reply).toMatchObject({ min: 3, max: 2 * (200 + 47) + 1, count: 3 * 47, masked: 3 });
    expect(histogram.reduce((sum, amount) => sum + amount, 0)).toBe(3 * 47);
  });

  test('of many planes look at some of them, spread over all', async () => {
    const { place, asked } = volume(500);
    const { reply } = await readVolumeStatistics(place, { component: 'PIXEL', mode: 'raw' });
    expect(asked().size).toBeLessThanOrEqual(32);
    expect(reply.min).toBeLessThan(1600);
    expect(reply.max).toBeGreaterThan(48_000);
  });

  test('leave out what a filter hides, as those of a plane do', async () => {
    const filter = { component: 'TS:Peak', above: 10 };
    const { reply } = await readVolumeStatistics(volume(3).place, { component: 'PIXEL', mode: 'raw', filter });
    expect(reply).toMatchObject({ min: 1, max: 210, count: 30 });
    const plane = await readStatistics({ ...volume(3).place, plane: 1 }, { component: 'PIXEL', mode: 'raw', filter });
    expect(plane.reply).toMatchObject({ min: 101, max: 110, count: 10 });
  });
});
