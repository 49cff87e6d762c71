import { blendPixel } from './blend.ts';
import type { HatchStyle, ImageLayer, Raster } from './scene.ts';

/** Periods of this many pixels have lines of one pixel; wider ones, on screens with small pixels, of more. */
const PERIOD_PER_LINE_PIXEL = 7;

/** Hatches the pixels of one row of the raster whose samples are masked or blank; `start` is the first state of that row of samples. */
export function hatchRow(raster: Raster, y: number, columns: Int32Array, start: number, { state, masked, blank }: ImageLayer): void {
  if (!state) return;
  for (let x = 0; x < raster.width; x++) {
    const column = columns[x]!;
    if (column < 0) continue;
    const sample = state.data[start + column];
    if (sample === 4) hatchPixel(raster, x, y, blank);
    else if (sample === 1 && masked) hatchPixel(raster, x, y, masked);
  }
}

/** Lines rise to the right and are fixed on the screen. */
function hatchPixel(raster: Raster, x: number, y: number, { fill, line, period }: HatchStyle): void {
  const onLine = (x + y) % period < Math.max(1, Math.floor(period / PERIOD_PER_LINE_PIXEL));
  blendPixel(raster.pixels, y * raster.width + x, fill, 256);
  if (onLine) blendPixel(raster.pixels, y * raster.width + x, line, 256);
}
