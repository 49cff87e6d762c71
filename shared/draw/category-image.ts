import { samplesUnderPixels } from './pixel-samples.ts';
import type { Raster, Rgba, SampledField, Viewport } from './scene.ts';

/** A field of classes (vector choice, mask, labels): sample value i has the colour i of the table, which repeats. */
export interface CategoryLayer {
  readonly field: SampledField;
  readonly table: readonly Rgba[];
}

/** Draws each pixel in the colour of the sample under its centre; pixels outside of the field and samples that are no whole numbers stay. */
export function drawCategories(raster: Raster, viewport: Viewport, { field, table }: CategoryLayer): void {
  const columns = samplesUnderPixels({
    pixels: raster.width,
    scale: viewport.scaleX,
    offset: viewport.offsetX,
    start: field.x,
    step: field.step,
    samples: field.width,
  });
  const rows = samplesUnderPixels({
    pixels: raster.height,
    scale: viewport.scaleY,
    offset: viewport.offsetY,
    start: field.y,
    step: field.step,
    samples: field.height,
  });
  const colors = Uint32Array.from(table);
  const { data, width } = field;
  for (let y = 0; y < raster.height; y++) {
    const row = rows[y]!;
    if (row < 0) continue;
    for (let x = 0, at = y * raster.width; x < raster.width; x++, at++) {
      const column = columns[x]!;
      if (column < 0) continue;
      const value = data[row * width + column]!;
      if (Number.isInteger(value)) raster.pixels[at] = colors[((value % colors.length) + colors.length) % colors.length]!;
    }
  }
}
