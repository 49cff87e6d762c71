import { describe, expect, it } from 'vitest';
import { adaptDisplay, arrowColors, defaultColors, defaultDisplay } from '../../renderer/views/frame/default-display.ts';
import { hasState, offeredFields } from '../../renderer/views/frame/frame-fields.ts';
import { settleDisplay } from '../../renderer/views/frame/settle-display.ts';
import { component, imageFrame, vectorFrame } from '../support/view-frames.ts';

describe('offered fields', () => {
  it('names the derived velocities first and the validity with classes of its own', () => {
    const fields = offeredFields(vectorFrame(4, 4, ['TS:Peak ratio'], { dimensions: 3 }));
    expect(fields.map((field) => field.component)).toEqual([
      'speed',
      'u',
      'v',
      'w',
      'TS:Peak ratio',
      'ACTIVE_CHOICE',
      'ENABLED',
      'U0',
      'V0',
    ]);
    expect(fields.map((field) => field.kind)).toEqual([
      'positive',
      'signed',
      'signed',
      'signed',
      'quality',
      'category',
      'category',
      'signed',
      'signed',
    ]);
    expect(fields[4]?.label).toBe('Peak ratio');
  });

  it('leaves out masks that are not in the file', () => {
    const frame = imageFrame(4, 4, {
      components: [component('PIXEL', 'intensity', 'u2'), { ...component('MASK', 'mask', 'u1'), stored: false }],
    });
    expect(offeredFields(frame).map((field) => field.component)).toEqual(['PIXEL']);
    expect(hasState(frame)).toBe(false);
  });
});

describe('default display', () => {
  it('shows intensities in grey at 1 to 99.8 %', () => {
    const { background } = defaultDisplay(imageFrame(4, 4), 'dark');
    expect(background.component).toBe('PIXEL');
    expect(background.smooth).toBe(false);
    expect(background.colors).toMatchObject({
      map: 'gray',
      levels: { mode: 'locked', lowPercent: 1, highPercent: 99.8, symmetric: false },
    });
    expect(background.colors.levels.low).toBeUndefined();
  });

  it('puts a stored signed scalar below arrows coloured by speed, with the centre of the theme', () => {
    const frame = vectorFrame(4, 4, ['TS:Correlation value', 'TS:Vorticity']);
    const dark = defaultDisplay(frame, 'dark');
    expect(dark.background).toMatchObject({
      component: 'TS:Vorticity',
      colors: { map: 'dark-centre', levels: { symmetric: true, highPercent: 99 } },
    });
    expect(dark.arrows.colorBy).toBe('speed');
    expect(defaultDisplay(frame, 'light').background.colors.map).toBe('light-centre');
  });

  it('colours arrows by signed fields with the other centre: values about zero stand out from the picture', () => {
    expect([arrowColors('signed', 'dark').map, arrowColors('signed', 'light').map]).toEqual(['light-centre', 'dark-centre']);
    expect(arrowColors('positive', 'dark')).toEqual(defaultColors('positive', 'dark'));
  });

  it('else shows the speed below arrows of one colour', () => {
    const { background, arrows } = defaultDisplay(vectorFrame(4, 4, ['TS:Peak ratio']), 'dark');
    expect(background).toMatchObject({ component: 'speed', colors: { map: 'viridis' } });
    expect(arrows.colorBy).toBeUndefined();
  });
});

describe('settings over buffers', () => {
  const frame = vectorFrame(4, 4, ['TS:Vorticity']);
  const display = defaultDisplay(frame, 'dark');

  it('stay the same object where the fields are there', () => {
    expect(adaptDisplay(display, frame, 'dark')).toBe(display);
  });

  it('replace only what the frame lacks', () => {
    const changed = { ...display, axes: 'index' as const };
    const adapted = adaptDisplay(changed, vectorFrame(4, 4), 'dark');
    expect(adapted.background.component).toBe('speed');
    expect(adapted.arrows).toBe(changed.arrows);
    expect(adapted.axes).toBe('index');
    const image = adaptDisplay(changed, imageFrame(4, 4), 'dark');
    expect(image.background.component).toBe('PIXEL');
    expect(image.arrows.colorBy).toBeUndefined();
  });
});

describe('settling', () => {
  const display = defaultDisplay(vectorFrame(4, 4, ['TS:Vorticity']), 'dark');
  const shown = {
    background: { low: -3, high: 3 },
    arrows: { low: 0, high: 2 },
    arrowCounts: { shown: 1, disabled: 0, masked: 0, total: 1 },
  };

  it('takes the numbers of the first picture', () => {
    const settled = settleDisplay(undefined, { display, reference: 1.5, shown });
    expect(settled.background.colors.levels).toMatchObject({ low: -3, high: 3 });
    expect(settled.arrows.colors.levels).toMatchObject({ low: 0, high: 2 });
    expect(settled.arrows.reference).toBe(1.5);
  });

  it('leaves numbers that are there, per-buffer limits, and other fields alone', () => {
    const settled = settleDisplay(undefined, { display, reference: 1.5, shown });
    expect(settleDisplay(settled, { display, reference: 9, shown: { ...shown, background: { low: 0, high: 9 } } })).toBe(settled);
    const other = { ...display, background: { ...display.background, component: 'u' } };
    expect(settleDisplay(other, { display, reference: 1.5, shown }).background.colors.levels.low).toBeUndefined();
    const { colors } = display.background;
    const perBuffer = {
      ...display,
      background: { ...display.background, colors: { ...colors, levels: { ...colors.levels, mode: 'per-buffer' as const } } },
    };
    expect(settleDisplay(perBuffer, { display: perBuffer, reference: 1.5, shown }).background.colors.levels.low).toBeUndefined();
  });
});
