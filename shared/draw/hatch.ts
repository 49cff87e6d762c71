import { allEqual } from '../compute/all-equal.ts';
import { blendPixel } from './blend.ts';
import type { HatchStyle, ImageLayer, Raster } from './scene.ts';

/** Periods of this many pixels have lines of one pixel; wider ones, on screens with small pixels, of more. */
const PERIOD_PER_LINE_PIXEL = 7;

/** What decides about hatching. */
export type HatchedLayer = Pick<ImageLayer, 'state' | 'masked' | 'blank' | 'filtered'>;

/** Hatches the pixels of one row of the raster whose samples are masked or blank; `start` is the first state of that row of samples. */
export function hatchRow(
  raster: Raster,
  y: number,
  columns: Int32Array,
  start: number,
  { state, masked, blank, filtered }: HatchedLayer,
): void {
  if (!state) return;
  for (let x = 0; x < raster.width; x++) {
    const column = columns[x]!;
    if (column < 0) continue;
    const sample = state.data[start + column];
    if (sample === 4) hatchPixel(raster, x, y, blank);
    else if (sample === 1 && masked) hatchPixel(raster, x, y, masked);
    else if (sample === 5 && filtered) hatchPixel(raster, x, y, filtered);
  }
}

/** 1 for each row of samples that has something to hatch; undefined where nothing has. */
export function markedRows({ state, masked, filtered }: HatchedLayer): Uint8Array | undefined {
  if (!state) return undefined;
  const { width, height, data } = state;
  if (allEqual(data, 0)) return undefined;
  const hatched = (1 << 4) | (masked ? 1 << 1 : 0) | (filtered ? 1 << 5 : 0);
  const marks = Uint8Array.from({ length: height }, (_, row) => ((statesIn(data, row * width, (row + 1) * width) & hatched) === 0 ? 0 : 1));
  return marks.includes(1) ? marks : undefined;
}

/** Which states there are: bit n for state n. */
function statesIn(states: Uint8Array, from: number, to: number): number {
  let bits = 0;
  for (let i = from; i < to; i++) bits |= 1 << states[i]!;
  return bits;
}

/** Lines are fixed on the screen. */
function hatchPixel(raster: Raster, x: number, y: number, { fill, line, period, falling }: HatchStyle): void {
  const onLine = (falling ? x - y + period * raster.height : x + y) % period < Math.max(1, Math.floor(period / PERIOD_PER_LINE_PIXEL));
  blendPixel(raster.pixels, y * raster.width + x, fill, 256);
  if (onLine) blendPixel(raster.pixels, y * raster.width + x, line, 256);
}
