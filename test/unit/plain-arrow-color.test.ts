import { expect, it } from 'vitest';
import type { ColorMapName } from '../../shared/colors/color-map.ts';
import { plainArrowColor } from '../../renderer/draw-worker/plain-arrow-color.ts';
import type { DisplaySettings } from '../../renderer/stores/display-settings.ts';

const [WHITE, BLACK] = [0xffffffff, 0xff000000];

function background(map: ColorMapName, visible = true): DisplaySettings['background'] {
  const levels = { mode: 'locked', lowPercent: 0, highPercent: 100, symmetric: false } as const;
  return {
    visible,
    component: 'speed',
    mode: 'scaled',
    smooth: true,
    colors: { map, reversed: false, transfer: 'linear', gamma: 1, markClipped: false, levels },
  };
}

it('keeps arrows of one colour apart from what lies behind them', () => {
  expect(plainArrowColor(background('viridis'), WHITE)).toBe(WHITE);
  expect(plainArrowColor(background('dark-centre'), WHITE)).toBe(WHITE);
  expect(plainArrowColor(background('light-centre'), BLACK)).toBe(BLACK);
  expect(plainArrowColor(background('viridis', false), WHITE)).toBe(BLACK);
  expect(plainArrowColor(background('light-centre', false), BLACK)).toBe(WHITE);
});
