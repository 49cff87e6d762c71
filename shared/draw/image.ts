import type { NumberArray } from '../model/dtype.ts';
import { codeColors, colorValues, prepareScale } from './color-scale.ts';
import { filteredPixels } from './filtered-pixels.ts';
import { hatchRow, markedRows } from './hatch.ts';
import { axesOfField, isReduced, pixelRange, samplesUnderPixels } from './pixel-samples.ts';
import type { PixelAxis } from './pixel-samples.ts';
import type { ImageLayer, Raster, SampledField, Viewport } from './scene.ts';

/**
 * Draws a field in colours. Each pixel shows the sample under its centre; where samples are smaller than pixels their mean, and with
 * `smooth` an interpolation. Samples that are masked (when `masked` is given) or blank are hatched and take no part in means.
 * Pixels outside of the field stay as they are.
 */
export function drawImage(raster: Raster, viewport: Viewport, layer: ImageLayer): void {
  const { field } = layer;
  const { axisX, axisY } = axesOfField(raster, viewport, field);
  const columns = samplesUnderPixels(axisX);
  const rows = samplesUnderPixels(axisY);
  const { from, to } = pixelRange(columns);
  if (from === to) return;
  const filtered = layer.smooth || isReduced(axisX) || isReduced(axisY);
  const paintRow = filtered ? filteredPainter(raster, layer, axisX, axisY, columns, rows) : plainPainter(raster, layer, columns, from, to);
  const marks = markedRows(layer);
  let above = -1;
  for (let y = 0; y < raster.height; y++) {
    const row = rows[y]!;
    if (row < 0) continue;
    const at = y * raster.width;
    const marked = marks !== undefined && marks[row] === 1;
    if (!filtered && row === above && !marked) raster.pixels.copyWithin(at + from, at - raster.width + from, at - raster.width + to);
    else paintRow(y, row);
    if (marked) hatchRow(raster, y, columns, row * field.width, layer);
    above = row;
  }
}

type PaintRow = (y: number, row: number) => void;

/** The sample under each pixel: through a table for narrow integers, else value by value. */
function plainPainter(raster: Raster, { field, colors }: ImageLayer, columns: Int32Array, from: number, to: number): PaintRow {
  const table = codeColors(field, colors);
  if (table) {
    const codes = bitPatterns(field);
    return (y, row) => paintCodes(raster.pixels, y * raster.width, codes, row * field.width, columns, from, to, table);
  }
  const scale = prepareScale(colors);
  const values = new Float64Array(to - from);
  return (y, row) => {
    takeValues(field.data, row * field.width, columns, from, to, values);
    colorValues(scale, values, field, rowOf(raster, y, from, to));
  };
}

/** Narrow integers without their sign, as the tables count them. */
function bitPatterns({ data }: SampledField): Uint8Array | Uint16Array {
  return data.BYTES_PER_ELEMENT === 1
    ? new Uint8Array(data.buffer, data.byteOffset, data.length)
    : new Uint16Array(data.buffer, data.byteOffset, data.length);
}

function paintCodes(
  pixels: Uint32Array,
  at: number,
  codes: Uint8Array | Uint16Array,
  start: number,
  columns: Int32Array,
  from: number,
  to: number,
  table: Uint32Array,
): void {
  for (let x = from; x < to; x++) pixels[at + x] = table[codes[start + columns[x]!]!]!;
}

function takeValues(data: NumberArray, start: number, columns: Int32Array, from: number, to: number, values: Float64Array): void {
  for (let x = from; x < to; x++) values[x - from] = data[start + columns[x]!]!;
}

function filteredPainter(
  raster: Raster,
  layer: ImageLayer,
  axisX: PixelAxis,
  axisY: PixelAxis,
  columns: Int32Array,
  rows: Int32Array,
): PaintRow {
  const scale = prepareScale(layer.colors);
  const { from, to } = pixelRange(columns);
  const averages = filteredPixels(raster, layer, axisX, axisY, columns, rows);
  return (y) => {
    const at = y * raster.width;
    colorValues(scale, averages.subarray(at + from, at + to), layer.field, rowOf(raster, y, from, to));
  };
}

/** The pixels [from, to) of row y. */
function rowOf({ pixels, width }: Raster, y: number, from: number, to: number): Uint32Array {
  return pixels.subarray(y * width + from, y * width + to);
}
