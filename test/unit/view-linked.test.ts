import { describe, expect, test } from 'vitest';
import { colorsFor, convertZoom } from '../../renderer/stores/linked-views.ts';
import { defaultDisplay } from '../../renderer/views/frame/default-display.ts';
import type { Cut } from '../../shared/model/cut.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { cursorIn } from '../../renderer/stores/linked-cursor.ts';
import { imageFrame, vectorFrame } from '../support/view-frames.ts';

const scale = (slope: number, offset: number, unit = 'mm') => ({ slope, offset, unit, description: '' });

describe('zoom of linked views', () => {
  const image = imageFrame(1600, 1200, { scales: { x: scale(0.1, -80), y: scale(-0.1, 60), z: scale(1, 0), i: scale(1, 0, 'counts') } });
  const vectors = vectorFrame(100, 75, [], {
    scales: { x: scale(0.1, -80), y: scale(-0.1, 60), z: scale(1, 0), i: scale(1, 0, 'm/s') },
    grid: [16, 16, 1],
  });

  test('shows the same part of the coordinates in a coarser frame', () => {
    expect(convertZoom({ mode: 'free', centreX: 800, centreY: 320, scale: 2 }, image, vectors)).toEqual({
      mode: 'free',
      centreX: 50,
      centreY: 20,
      scale: 32,
    });
    expect(convertZoom({ mode: 'fit' }, image, vectors)).toEqual({ mode: 'fit' });
  });

  test('goes by samples where there are as many, and not at all between other units', () => {
    const zoom = { mode: 'free', centreX: 1, centreY: 2, scale: 3 } as const;
    expect(convertZoom(zoom, image, imageFrame(1600, 1200))).toBe(zoom);
    expect(convertZoom(zoom, image, imageFrame(10, 10, { scales: { ...image.scales, x: scale(1, 0, 'px') } }))).toBeUndefined();
    expect(convertZoom(zoom, image, imageFrame(10, 10, { scales: { ...image.scales, x: scale(0, 0) } }))).toBeUndefined();
  });
});

describe('cursor of linked views', () => {
  const volume = vectorFrame(20, 10, [], { planes: 6, dimensions: 3 });
  const looking = (frame: FrameInfo, cut?: Cut, plane = 0, readOut?: { x: number; y: number }) => ({
    dataset: 'd1',
    place: { buffer: 0, frame: 0, plane, cut },
    bufferInfo: { index: 0, state: 'present' as const, name: '', frames: [frame], attributes: {} },
    ...(readOut ? { readOut: { ...readOut, positionX: 0, positionY: 0, pinned: false, values: [], state: 'valid' as const } } : {}),
  });

  test('marks the same sample, and where it lies on the other cuts of a volume', () => {
    const here = looking(volume, undefined, 4, { x: 7, y: 3 });
    expect(cursorIn(here, looking(volume))).toEqual({ x: 7, y: 3 });
    expect(cursorIn(here, looking(volume, 'xz'))).toEqual({ x: 7, y: 4 });
    expect(cursorIn(here, looking(volume, 'zy'))).toEqual({ x: 4, y: 3 });
  });

  test('goes by coordinates to a coarser frame, and nowhere without common units or outside', () => {
    const image = imageFrame(320, 160, { scales: { ...volume.scales } });
    const on = (x: number, y: number, frame: FrameInfo) => cursorIn(looking(image, undefined, 0, { x, y }), looking(frame));
    expect(on(32, 16, volume)).toEqual({ x: 2, y: 1 });
    expect(on(319, 159, { ...volume, shape: [5, 5] })).toBeUndefined();
    expect(on(32, 16, imageFrame(10, 10, { scales: { ...volume.scales, x: scale(1, 0, 'px') } }))).toBeUndefined();
    expect(cursorIn(looking(volume), looking(volume))).toBeUndefined();
  });
});

describe('colours of linked views', () => {
  const display = defaultDisplay(imageFrame(4, 4), 'dark');
  const changed = { ...display, background: { ...display.background, colors: { ...display.background.colors, gamma: 3 } } };

  test('follow for the same field and stay for another one', () => {
    expect(colorsFor(changed, display).background.colors.gamma).toBe(3);
    expect(colorsFor(display, { ...display })).not.toBe(display);
    const other = { ...display, background: { ...display.background, component: 'MASK' } };
    expect(colorsFor(changed, other)).toBe(other);
  });

  test('the same object comes back where nothing changes, so that two views do not move each other for ever', () => {
    const same = structuredClone(changed);
    expect(colorsFor(changed, same)).toBe(same);
  });
});
