import { createFilter } from './filtered-rows.ts';
import type { PixelAxis } from './pixel-samples.ts';
import type { ImageLayer, Raster } from './scene.ts';

type Averages = Float32Array | Float64Array;

interface Kept {
  readonly data: ImageLayer['field']['data'];
  readonly state: Uint8Array | undefined;
  /** All else that the averages depend on. */
  readonly key: string;
  readonly averages: Averages;
}

/** What was averaged last for each picture memory: other colours and limits then need no second average, and the next field no new memory. */
const kept = new WeakMap<ArrayBufferLike, Kept>();

/** Unscaled values of the raster's pixels (see `createFilter`), row by row of the raster; pixels outside of the field have any value. */
export function filteredPixels(
  raster: Raster,
  layer: ImageLayer,
  axisX: PixelAxis,
  axisY: PixelAxis,
  columns: Int32Array,
  rows: Int32Array,
): Averages {
  const {
    field: { data },
    state,
  } = layer;
  const key = JSON.stringify([axisX, axisY, layer.smooth, layer.masked !== undefined, layer.filtered !== undefined]);
  const last = kept.get(raster.pixels.buffer);
  if (last?.data === data && last.state === state?.data && last.key === key) return last.averages;
  const averages = averagesFor(data, raster.width * raster.height, last?.averages);
  const filter = createFilter(layer, axisX, axisY, columns, rows);
  const from = columns.findIndex((column) => column >= 0);
  for (let y = 0; y < raster.height; y++) if (rows[y]! >= 0) averages.set(filter(y), y * raster.width + from);
  kept.set(raster.pixels.buffer, { data, state: state?.data, key, averages });
  return averages;
}

/** Single precision where that tells all samples apart. */
function averagesFor(data: Kept['data'], pixels: number, last: Averages | undefined): Averages {
  const Type = data instanceof Float32Array || data.BYTES_PER_ELEMENT <= 2 ? Float32Array : Float64Array;
  return last instanceof Type && last.length === pixels ? last : new Type(pixels);
}
