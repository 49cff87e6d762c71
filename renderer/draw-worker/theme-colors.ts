import type { Rgba } from '../../shared/draw/scene.ts';
import type { ThemeColors } from './messages.ts';

const CATEGORY_COUNT = 8;

/** The theme's data colours as pixels; tokens are #rrggbb or #rrggbbaa. */
export function readThemeColors(): ThemeColors {
  const style = getComputedStyle(document.documentElement);
  const color = (token: string): Rgba => parseColor(style.getPropertyValue(token).trim());
  return {
    brightness: document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark',
    canvas: color('--surface-canvas'),
    maskedLine: color('--data-masked'), maskedFill: color('--data-masked-fill'), missingLine: color('--data-missing'),
    notANumber: color('--data-nan'), under: color('--data-under'), over: color('--data-over'), disabled: color('--data-disabled'),
    categories: Array.from({ length: CATEGORY_COUNT }, (_, index) => color(`--cat-${index + 1}`)),
  };
}

/** #rgb, #rrggbb or #rrggbbaa as 0xAABBGGRR; anything else is a clear mistake and becomes opaque magenta. */
export function parseColor(text: string): Rgba {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1];
  if (digits === undefined) return 0xffff00ff;
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as [number, number, number];
  const alpha = full.length === 8 ? Number.parseInt(full.slice(6), 16) : 255;
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
