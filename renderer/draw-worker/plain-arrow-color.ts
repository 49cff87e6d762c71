import { COLOR_MAPS } from '../../shared/colors/color-map.ts';
import { colorTable } from '../../shared/colors/color-table.ts';
import type { Rgba } from '../../shared/draw/scene.ts';
import type { DisplaySettings } from '../stores/display-settings.ts';

const WHITE = 0xffffffff;
const BLACK = 0xff000000;
/** Of the brightness of white, above which white arrows are hardly seen. */
const LIGHT = 0.65;

/** The one colour of arrows: white, but black on a light canvas and on maps with a light centre, which most samples of a signed field have. */
export function plainArrowColor({ visible, colors: { map } }: DisplaySettings['background'], canvas: Rgba): Rgba {
  if (!visible) return brightness(canvas) > LIGHT ? BLACK : WHITE;
  const isDiverging = COLOR_MAPS.find(({ name }) => name === map)?.kind === 'diverging';
  return isDiverging && brightness(colorTable(map, false)[128] ?? 0) > LIGHT ? BLACK : WHITE;
}

/** 0 to 1 as the eye weighs the colours. */
function brightness(color: Rgba): number {
  return (0.299 * (color & 255) + 0.587 * ((color >> 8) & 255) + 0.114 * ((color >> 16) & 255)) / 255;
}
