import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampZoom, frameRect, geometryOf, indexAt, panBy, sampleUnder, viewportOf, zoomAt } from '../../renderer/views/frame/viewport.ts';
import type { Zoom } from '../../renderer/stores/display-settings.ts';
import { imageFrame, vectorFrame } from '../support/view-frames.ts';

const area = { width: 600, height: 400 };

describe('geometry', () => {
  it('takes the height of a sample from equal units, and from the grid where units differ', () => {
    const frame = imageFrame(10, 10);
    const scale = (slope: number, unit: string) => ({ slope, unit, offset: 0, description: '' });
    expect(geometryOf({ ...frame, scales: { ...frame.scales, x: scale(0.5, 'mm'), y: scale(-1, 'mm') } }).aspect).toBe(2);
    expect(geometryOf({ ...frame, grid: [8, 4, 1], scales: { ...frame.scales, x: scale(0.5, 'mm'), y: scale(-1, 's') } }).aspect).toBe(0.5);
    expect(geometryOf({ ...frame, scales: { ...frame.scales, x: scale(1e-9, 'mm'), y: scale(1, 'mm') } }).aspect).toBe(1);
    expect(geometryOf({ ...frame, scales: { ...frame.scales, y: scale(0, 'mm') } }).aspect).toBe(1);
  });
});

describe('fit', () => {
  it('shows all samples with equal scales, in the middle', () => {
    const viewport = viewportOf(geometryOf(imageFrame(300, 100)), area, { mode: 'fit' });
    expect(viewport.scaleX).toBe(2);
    expect(frameRect(geometryOf(imageFrame(300, 100)), area, viewport)).toEqual({ x: 0, y: 100, width: 600, height: 200 });
  });

  it('leaves a line of a frame that is far longer than wide', () => {
    const row = geometryOf(imageFrame(6000, 1));
    const viewport = viewportOf(row, area, { mode: 'fit' });
    expect(frameRect(row, area, viewport).width).toBeCloseTo(600, 9);
    expect(frameRect(row, area, viewport).height).toBeCloseTo(3, 9);
    expect(sampleUnder(row, viewport, 300.07, 199)).toEqual({ x: 3000, y: 0 });
    const column = geometryOf(imageFrame(2, 8000));
    expect(frameRect(column, area, viewportOf(column, area, { mode: 'fit' })).width).toBeCloseTo(3, 9);
  });

  it('finds the sample under each pixel of its square, and none outside', () => {
    const geometry = geometryOf(imageFrame(3, 2));
    const viewport = viewportOf(geometry, area, { mode: 'fit' });
    expect(viewport.scaleX).toBe(200);
    expect(sampleUnder(geometry, viewport, 1, 1)).toEqual({ x: 0, y: 0 });
    expect(sampleUnder(geometry, viewport, 599, 399)).toEqual({ x: 2, y: 1 });
    expect(sampleUnder(geometry, viewport, 201, 199)).toEqual({ x: 1, y: 0 });
    expect(sampleUnder(geometry, viewport, -1, 10)).toBeUndefined();
  });
});

describe('zoom', () => {
  const geometry = geometryOf(vectorFrame(200, 150));

  it('keeps the index under the cursor, or fills the area', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.1, max: 6, noNaN: true }),
        fc.double({ min: 150, max: 450, noNaN: true }),
        fc.double({ min: 120, max: 280, noNaN: true }),
        (factor, x, y) => {
          const before = zoomAt(geometry, area, { mode: 'fit' }, 3, 300, 200);
          const after = zoomAt(geometry, area, before, factor, x, y);
          const [a, b] = [indexAt(viewportOf(geometry, area, before), x, y), indexAt(viewportOf(geometry, area, after), x, y)];
          expect(b.x).toBeCloseTo(a.x, 6);
          expect(b.y).toBeCloseTo(a.y, 6);
        },
      ),
    );
  });

  it('goes back to fit when zoomed out', () => {
    const near = zoomAt(geometry, area, { mode: 'fit' }, 2, 10, 10);
    expect(near.mode).toBe('free');
    expect(zoomAt(geometry, area, near, 0.4, 300, 200)).toEqual({ mode: 'fit' });
  });

  it('never leaves a gap beside a side that is larger than the area', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.double({ min: -1e4, max: 1e4, noNaN: true }), (dx, dy) => {
        const near: Zoom = { mode: 'free', centreX: 100, centreY: 75, scale: 8 };
        const zoom = panBy(geometry, area, near, dx, dy);
        const rect = frameRect(geometry, area, viewportOf(geometry, area, zoom));
        expect(rect.x).toBeCloseTo(0, 6);
        expect(rect.width).toBeCloseTo(area.width, 6);
        expect(rect.height).toBeCloseTo(area.height, 6);
        expect(clampZoom(geometry, area, zoom)).toEqual(zoom);
      }),
    );
  });

  it('moves the picture with the hand', () => {
    const near: Zoom = { mode: 'free', centreX: 100, centreY: 75, scale: 8 };
    expect(panBy(geometry, area, near, 16, -8)).toEqual({ ...near, centreX: 98, centreY: 76 });
  });
});
