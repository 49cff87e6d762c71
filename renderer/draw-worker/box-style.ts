import type { Rgba } from '../../shared/draw/scene.ts';
import type { BoxStyle } from '../../shared/draw/space-box.ts';
import { mixColors } from '../../shared/draw/space-shades.ts';
import type { ThemeColors } from './messages.ts';

const LIGHT_INK = 0xff101010;
const DARK_INK = 0xffffffff;
/** Colour of lines of the box and its grid between canvas and ink. */
const BOX_SHARE = 0.5;
const GRID_SHARE = 0.15;

/** What stands out most from the canvas. */
export function inkOf({ brightness }: ThemeColors): Rgba {
  return brightness === 'light' ? LIGHT_INK : DARK_INK;
}

/** How a box in space looks, in device pixels. */
export function boxStyle(theme: ThemeColors, pixelRatio: number): BoxStyle {
  const mixed = (share: number): Rgba => mixColors(inkOf(theme), theme.canvas, share);
  return { line: mixed(BOX_SHARE), grid: mixed(GRID_SHARE), lineWidth: pixelRatio };
}
