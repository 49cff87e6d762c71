import { describe, expect, test } from 'vitest';
import { filteredState } from '../../renderer/draw-worker/filtered-state.ts';
import { levelStatistics, needGroups, planFetch, wishedStatistics } from '../../renderer/draw-worker/fetch-plan.ts';
import { adaptDisplay, defaultDisplay } from '../../renderer/views/frame/default-display.ts';
import { findField, offeredFields, uncertaintyFields } from '../../renderer/views/frame/frame-fields.ts';
import { frameRect, geometryOf, indexAt, panBy, sampleUnder, viewportOf, zoomAt } from '../../renderer/views/frame/viewport.ts';
import type { DisplaySettings } from '../../renderer/stores/display-settings.ts';
import { cutFrame, type Cut } from '../../shared/model/cut.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { component, imageFrame, vectorFrame } from '../support/view-frames.ts';

const SCALARS = ['TS:Uncertainty Vx', 'TS:Uncertainty Vy', 'TS:Uncertainty V', 'TS:Peak ratio'];
const raster = { width: 600, height: 600 };

function plan(frame: FrameInfo, change: Partial<DisplaySettings>, cut?: Cut) {
  const seen = cutFrame(frame, cut);
  const display = { ...defaultDisplay(frame, 'dark'), ...change };
  const viewport = viewportOf(geometryOf(seen, display), raster, { mode: 'fit' });
  return planFetch({
    buffer: { index: 0, state: 'present', name: '', frames: [frame], attributes: {} },
    frame: seen,
    cut,
    display,
    viewport,
    raster,
    pixelRatio: 1,
  });
}

describe('threshold filter', () => {
  const field = { data: Float32Array.of(1, 2, 3, Number.NaN), width: 4, height: 1, x: 0, y: 0, step: 1, slope: 2, offset: -1 };

  test('marks valid samples above the threshold in values, and leaves every other state', () => {
    expect([...filteredState(undefined, field, 2).data]).toEqual([0, 5, 5, 0]);
    const state = { ...field, data: Uint8Array.of(0, 1, 0, 2) };
    const made = filteredState(state, field, 2);
    expect([...made.data]).toEqual([0, 1, 5, 2]);
    expect([...state.data]).toEqual([0, 1, 0, 2]);
    expect(filteredState(state, field, 2).data).toBe(made.data);
    expect([...filteredState(state, field, 100).data]).toEqual([0, 1, 0, 2]);
  });

  test('is fetched with the image and with the arrows only while it is on', () => {
    const filter = { on: true, component: 'TS:Uncertainty V', above: 1 };
    const frame = vectorFrame(40, 30, SCALARS);
    expect(plan(frame, { filter }).filter?.request.component).toBe('TS:Uncertainty V');
    expect(plan(frame, { filter }).arrows?.filter?.request.component).toBe('TS:Uncertainty V');
    expect(plan(frame, { filter: { ...filter, on: false } }).filter).toBeUndefined();
    expect(needGroups(plan(frame, { filter }))).toHaveLength(1);
  });

  test('and a choice that the frame does not have are dropped, the rest of the display stays', () => {
    const frame = vectorFrame(4, 4, SCALARS, { choices: 4 });
    const display: DisplaySettings = {
      ...defaultDisplay(frame, 'dark'),
      choice: 2,
      filter: { on: true, component: 'TS:Peak ratio', above: 1 },
      scaleBar: false,
    };
    expect(adaptDisplay(display, frame, 'dark')).toBe(display);
    const poor = adaptDisplay(display, vectorFrame(4, 4, []), 'dark');
    expect(poor).toMatchObject({ scaleBar: false });
    expect('choice' in poor || 'filter' in poor).toBe(false);
  });
});

describe('one vector choice', () => {
  const frame = vectorFrame(40, 30, SCALARS, { choices: 4 });

  test('is asked of everything that depends on it', () => {
    const display = { choice: 2, background: { ...defaultDisplay(frame, 'dark').background, component: 'speed' } };
    const { background, backgroundState, arrows } = plan(frame, display);
    expect([background, backgroundState, arrows?.u, arrows?.v, arrows?.state].map((need) => need?.request.component)).toEqual([
      'speed@2',
      'state@2',
      'u@2',
      'v@2',
      'state@2',
    ]);
    expect(wishedStatistics(frame, { ...defaultDisplay(frame, 'dark'), ...display }).background?.component).toBe('speed@2');
  });

  test('leaves stored components as they are', () => {
    expect(
      plan(frame, { choice: 2, background: { ...defaultDisplay(frame, 'dark').background, component: 'TS:Peak ratio' } }).background
        ?.request.component,
    ).toBe('TS:Peak ratio');
  });
});

describe('levels of a volume', () => {
  const volume = vectorFrame(20, 10, SCALARS, { planes: 6, dimensions: 3 });
  const display = defaultDisplay(volume, 'dark');

  test('that stay are of all planes, those of each picture and those of a single plane are not', () => {
    expect(levelStatistics(volume, display)).toMatchObject({ background: { whole: true }, speed: { whole: true } });
    const each = {
      ...display.background,
      colors: { ...display.background.colors, levels: { ...display.background.colors.levels, mode: 'per-buffer' } },
    } as const;
    expect(levelStatistics(volume, { ...display, background: each }).background).not.toHaveProperty('whole');
    expect(levelStatistics({ ...volume, planes: 1 }, display).background).not.toHaveProperty('whole');
    expect(wishedStatistics(volume, display).background).not.toHaveProperty('whole');
  });

  test('leave out what the threshold filter hides', () => {
    const filter = { on: true, component: 'TS:Uncertainty V', above: 1 };
    expect(wishedStatistics(volume, { ...display, filter }).background).toMatchObject({
      filter: { component: 'TS:Uncertainty V', above: 1 },
    });
    expect(wishedStatistics(volume, { ...display, filter: { ...filter, on: false } }).background).not.toHaveProperty('filter');
  });
});

describe('cuts and uncertainties', () => {
  const volume = vectorFrame(20, 10, SCALARS, { planes: 6, dimensions: 3 });

  test('arrows are the velocities along the axes of the cut', () => {
    const names = (cut?: Cut) => {
      const { arrows } = plan(volume, {}, cut);
      return [arrows?.u.request.component, arrows?.v.request.component];
    };
    expect([names(), names('xz'), names('zy')]).toEqual([
      ['u', 'v'],
      ['u', 'w'],
      ['w', 'v'],
    ]);
    expect(plan({ ...volume, dimensions: 2 }, {}, 'xz').arrows).toBeUndefined();
  });

  test('marks take the uncertainty along each axis, else the total one', () => {
    const marks = (cut?: Cut) => {
      const { arrows } = plan(volume, { uncertaintyMarks: 'ellipse' }, cut);
      return [arrows?.uncertainty?.u.request.component, arrows?.uncertainty?.v.request.component];
    };
    expect(marks()).toEqual(['TS:Uncertainty Vx', 'TS:Uncertainty Vy']);
    expect(marks('xz')).toEqual(['TS:Uncertainty Vx', 'TS:Uncertainty V']);
    expect(uncertaintyFields(volume)[0]?.component).toBe('TS:Uncertainty V');
    expect(plan(vectorFrame(4, 4), { uncertaintyMarks: 'box' }).arrows?.uncertainty).toBeUndefined();
  });
});

describe('colours', () => {
  const frame = imageFrame(9, 7, { components: ['R', 'G', 'B'].map((name) => component(name, 'intensity', 'u1')) });

  test('a frame of red, green and blue opens as a colour picture of three fields', () => {
    const display = defaultDisplay(frame, 'dark');
    expect(display.background.component).toBe('rgb');
    expect(plan(frame, {}).colors?.map(({ request }) => request.component)).toEqual(['R', 'G', 'B']);
    expect(wishedStatistics(frame, display).background).toEqual({ component: 'G', mode: 'scaled' });
    expect(offeredFields(frame).map(({ component: name }) => name)).toEqual(['rgb', 'R', 'G', 'B']);
  });

  test('a mosaic is fetched sample by sample from an even place', () => {
    const big = imageFrame(4096, 4096);
    const { background } = plan(big, { mosaic: 'RGGB' });
    expect(background?.request).toEqual({ component: 'PIXEL', mode: 'raw' });
    expect([(background?.window.x ?? 1) % 2, (background?.window.y ?? 1) % 2, background?.window.step]).toEqual([0, 0, 1]);
  });

  test('names in the file stand beside readable ones', () => {
    expect(findField(vectorFrame(2, 2, SCALARS), 'TS:Peak ratio')).toMatchObject({ label: 'Peak ratio', stored: 'TS:Peak ratio' });
  });
});

describe('flipped display', () => {
  const flipped = geometryOf(imageFrame(300, 100), { flipX: true, flipY: false });
  const area = { width: 600, height: 400 };

  test('covers the same rectangle and mirrors the samples in it', () => {
    const viewport = viewportOf(flipped, area, { mode: 'fit' });
    expect(frameRect(flipped, area, viewport)).toEqual({ x: 0, y: 100, width: 600, height: 200 });
    expect(sampleUnder(flipped, viewport, 1, 101)).toEqual({ x: 299, y: 0 });
    expect(sampleUnder(flipped, viewport, 599, 299)).toEqual({ x: 0, y: 99 });
  });

  test('zoom keeps the sample under the cursor, a drag moves the picture with the hand', () => {
    const zoom = zoomAt(flipped, area, { mode: 'fit' }, 4, 150, 200);
    const [before, after] = [viewportOf(flipped, area, { mode: 'fit' }), viewportOf(flipped, area, zoom)];
    expect(indexAt(after, 150, 200).x).toBeCloseTo(indexAt(before, 150, 200).x);
    const moved = viewportOf(flipped, area, panBy(flipped, area, zoom, 10, 0));
    expect(indexAt(moved, 160, 200).x).toBeCloseTo(indexAt(after, 150, 200).x);
  });
});
