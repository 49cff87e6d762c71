import type { Rgba } from '../../shared/draw/scene.ts';
import type { ThemeColors } from './messages.ts';

const CATEGORY_COUNT = 8;

/** The theme's data colours as pixels. */
export function readThemeColors(): ThemeColors {
  const style = getComputedStyle(document.documentElement);
  const color = (token: string): Rgba => parseColor(style.getPropertyValue(token).trim());
  return {
    brightness: document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark',
    canvas: color('--surface-canvas'),
    maskedLine: color('--data-masked'),
    maskedFill: color('--data-masked-fill'),
    missingLine: color('--data-missing'),
    notANumber: color('--data-nan'),
    under: color('--data-under'),
    over: color('--data-over'),
    disabled: color('--data-disabled'),
    categories: Array.from({ length: CATEGORY_COUNT }, (_, index) => color(`--cat-${index + 1}`)),
  };
}

let probe: CanvasRenderingContext2D | null | undefined;

/** Any CSS colour as 0xAABBGGRR: the browser itself reads it, since builds rewrite colours (#c0c0c0 becomes silver). */
export function parseColor(text: string): Rgba {
  probe ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!probe) return 0xff000000;
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = text;
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = probe.getImageData(0, 0, 1, 1).data;
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
