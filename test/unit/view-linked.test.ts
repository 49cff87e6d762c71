import { describe, expect, test } from 'vitest';
import { colorsFor, convertZoom } from '../../renderer/stores/linked-views.ts';
import { defaultDisplay } from '../../renderer/views/frame/default-display.ts';
import { imageFrame, vectorFrame } from '../support/view-frames.ts';

const scale = (slope: number, offset: number, unit = 'mm') => ({ slope, offset, unit, description: '' });

describe('zoom of linked views', () => {
  const image = imageFrame(1600, 1200, { scales: { x: scale(0.1, -80), y: scale(-0.1, 60), z: scale(1, 0), i: scale(1, 0, 'counts') } });
  const vectors = vectorFrame(100, 75, [], { scales: { x: scale(0.1, -80), y: scale(-0.1, 60), z: scale(1, 0), i: scale(1, 0, 'm/s') }, grid: [16, 16, 1] });

  test('shows the same part of the coordinates in a coarser frame', () => {
    expect(convertZoom({ mode: 'free', centreX: 800, centreY: 320, scale: 2 }, image, vectors)).toEqual({ mode: 'free', centreX: 50, centreY: 20, scale: 32 });
    expect(convertZoom({ mode: 'fit' }, image, vectors)).toEqual({ mode: 'fit' });
  });

  test('goes by samples where there are as many, and not at all between other units', () => {
    const zoom = { mode: 'free', centreX: 1, centreY: 2, scale: 3 } as const;
    expect(convertZoom(zoom, image, imageFrame(1600, 1200))).toBe(zoom);
    expect(convertZoom(zoom, image, imageFrame(10, 10, { scales: { ...image.scales, x: scale(1, 0, 'px') } }))).toBeUndefined();
    expect(convertZoom(zoom, image, imageFrame(10, 10, { scales: { ...image.scales, x: scale(0, 0) } }))).toBeUndefined();
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
