import type { Raster, Rgba, SampledField, Viewport } from './scene.ts';

/** A field of classes (vector choice, mask, labels): sample value i has the colour i of the table, which repeats. */
export interface CategoryLayer {
  readonly field: SampledField;
  readonly table: readonly Rgba[];
}

/** Draws each pixel in the colour of the sample under its centre; pixels outside of the field and samples that are no whole numbers stay. */
export function drawCategories(raster: Raster, viewport: Viewport, { field, table }: CategoryLayer): void {
  const columns = sampleIndices(raster.width, viewport.scaleX, viewport.offsetX, field.x, field.step, field.width);
  const rows = sampleIndices(raster.height, viewport.scaleY, viewport.offsetY, field.y, field.step, field.height);
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

/** For each pixel the sample of the window that it shows, or -1. */
function sampleIndices(pixels: number, scale: number, offset: number, start: number, step: number, samples: number): Int32Array {
  return Int32Array.from({ length: pixels }, (_, pixel) => {
    const index = Math.floor(((pixel + 0.5 - offset) / scale + 0.5 - start) / step);
    return index >= 0 && index < samples ? index : -1;
  });
}
