import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrowSteps, covers, needGroups, planFetch, planWindow } from '../../renderer/draw-worker/fetch-plan.ts';
import { findSet, mergeSets, shortageOf, type FieldSet } from '../../renderer/draw-worker/field-sets.ts';
import { defaultDisplay } from '../../renderer/views/frame/default-display.ts';
import { deviceViewport, geometryOf, viewportOf } from '../../renderer/views/frame/viewport.ts';
import type { DisplaySettings, Zoom } from '../../renderer/stores/display-settings.ts';
import type { BufferInfo, FrameInfo } from '../../shared/model/frames.ts';
import { component, imageFrame, vectorFrame } from '../support/view-frames.ts';

const raster = { width: 800, height: 800 };

function plan(
  frame: FrameInfo,
  zoom: Zoom = { mode: 'fit' },
  state: BufferInfo['state'] = 'present',
  change: Partial<DisplaySettings> = {},
) {
  const viewport = deviceViewport(viewportOf(geometryOf(frame), raster, zoom), 1);
  return planFetch({
    buffer: { index: 0, state, name: '', frames: [frame], attributes: {} },
    frame,
    display: { ...defaultDisplay(frame, 'dark'), ...change },
    viewport,
    raster,
    pixelRatio: 1,
  });
}

describe('what is fetched of an image', () => {
  it('is raw integers at about one sample a pixel, averaged where samples are left out', () => {
    const { background, backgroundState } = plan(imageFrame(4096, 4096));
    expect(background?.request).toEqual({ component: 'PIXEL', mode: 'raw', reduce: 'mean' });
    expect(background?.window).toEqual({ x: 0, y: 0, width: 4096, height: 4096, step: 5 });
    expect(backgroundState).toBeUndefined();
  });

  it('is the part in view with a margin when magnified', () => {
    const { background } = plan(imageFrame(4096, 4096), { mode: 'free', centreX: 2000, centreY: 1000, scale: 2 });
    expect(background?.request).toEqual({ component: 'PIXEL', mode: 'raw' });
    const { window, visible } = background ?? {};
    expect(window && visible && covers(window, visible)).toBe(true);
    expect(visible?.width).toBeLessThan(410);
    expect(window?.width).toBeLessThan(620);
  });

  it('is the whole of a small one, whatever the zoom', () => {
    expect(plan(imageFrame(512, 512), { mode: 'free', centreX: 9, centreY: 9, scale: 30 }).background?.window).toEqual({
      x: 0,
      y: 0,
      width: 512,
      height: 512,
      step: 1,
    });
  });

  it('comes as f4 where the rasteriser cannot take the type, with the state of a blank buffer', () => {
    const frame = imageFrame(16, 16, { components: [component('PIXEL', 'intensity', 'u8')] });
    expect(plan(frame).background?.request.as).toBe('f4');
    expect(plan(frame, { mode: 'fit' }, 'blank').backgroundState?.request.component).toBe('state');
  });
});

describe('what is fetched of vectors', () => {
  it('is one group over one window where all fit', () => {
    const groups = needGroups(plan(vectorFrame(256, 256, ['TS:Vorticity'])));
    expect(groups.map((group) => group.map(({ request }) => request.component))).toEqual([
      ['TS:Vorticity', 'state', 'u', 'v', 'state', 'speed'],
    ]);
  });

  it('is every n-th of a million arrows', () => {
    const { arrows } = plan(vectorFrame(1000, 1000));
    expect(arrows?.everyX).toBe(16);
    expect(arrows?.u.window).toEqual({ x: 0, y: 0, width: 1000, height: 1000, step: 16 });
  });

  it('keeps arrows apart by the wanted pixels', () => {
    const viewport = { scaleX: 2, offsetX: 0, scaleY: 4, offsetY: 0 };
    expect(arrowSteps({ mode: 'adaptive', spacing: 13 }, viewport, 2)).toEqual({ everyX: 13, everyY: 7 });
    expect(arrowSteps({ mode: 'every', x: 3, y: 1 }, viewport, 2)).toEqual({ everyX: 3, everyY: 1 });
  });
});

describe('windows', () => {
  it('cover what is seen, start at multiples of the step and stay inside the frame', () => {
    const whole = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(
        whole,
        whole,
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0.1, max: 40, noNaN: true }),
        fc.double({ min: -0.2, max: 1.2, noNaN: true }),
        (width, height, step, scale, at) => {
          const frame = imageFrame(width, height);
          const { window, visible } = planWindow(
            frame,
            viewportOf(geometryOf(frame), raster, { mode: 'free', centreX: at * width, centreY: at * height, scale }),
            raster,
            step,
          );
          expect(covers(window, visible)).toBe(true);
          for (const { x, y, width: w, height: h } of [window, visible]) {
            expect([x % step, y % step]).toEqual([0, 0]);
            expect(w > 0 && h > 0 && x + w <= width && y + h <= height).toBe(true);
          }
        },
      ),
    );
  });
});

describe('field sets', () => {
  const need = plan(imageFrame(64, 64)).background!;
  const set: FieldSet = { window: need.window, width: 64, height: 64, fields: new Map([['PIXEL|raw||', new Uint16Array(1)]]) };
  const other = { ...need, request: { component: 'MASK', mode: 'raw' } as const };

  it('ask only for what is missing, over the window that is there', () => {
    expect(shortageOf([], [need])).toEqual({ window: need.window, requests: [need.request] });
    expect(shortageOf([set], [need])).toBeUndefined();
    const shortage = shortageOf([set], [need, other])!;
    expect(shortage.requests).toEqual([other.request]);
    const merged = mergeSets([set], [{ shortage, set: { ...set, fields: new Map([['MASK|raw||', new Uint8Array(1)]]) } }]);
    expect(merged).toHaveLength(1);
    expect(findSet(merged, [need, other])).toBe(merged[0]);
  });

  it('serve a provisional picture from any part and step', () => {
    const far = { ...need, visible: { ...need.visible, step: 4 }, request: { ...need.request, reduce: 'mean' as const } };
    expect(shortageOf([set], [far])).toBeDefined();
    expect(findSet([set], [far])).toBe(set);
  });
});
