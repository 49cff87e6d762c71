import { colorIndex, prepareScale, type PreparedScale } from './color-scale.ts';
import { createFilter } from './filtered-rows.ts';
import { hatchRow, markedRows } from './hatch.ts';
import { axesOfField, pixelRange, samplesUnderPixels } from './pixel-samples.ts';
import type { ColorLayer, Raster, SampledField, Viewport } from './scene.ts';

const LAST = 255;

/** Draws three fields as red, green and blue, each spread over the limits of the layer's colours; hatches and means as `drawImage`. */
export function drawColorImage(raster: Raster, viewport: Viewport, layer: ColorLayer): void {
  const [field] = layer.fields;
  const { axisX, axisY } = axesOfField(raster, viewport, field);
  const columns = samplesUnderPixels(axisX);
  const rows = samplesUnderPixels(axisY);
  const { from, to } = pixelRange(columns);
  if (from === to) return;
  const channels = layer.fields.map((channel) =>
    scaledRows(channel, createFilter({ ...layer, field: channel }, axisX, axisY, columns, rows)),
  );
  const scale = prepareScale(layer.colors);
  const marks = markedRows(layer);
  for (let y = 0; y < raster.height; y++) {
    const row = rows[y]!;
    if (row < 0) continue;
    const [red, green, blue] = channels.map((valuesOf) => valuesOf(y)) as [Float64Array, Float64Array, Float64Array];
    mixRow(raster.pixels, y * raster.width + from, red, green, blue, to - from, scale, layer.colors.notANumber);
    if (marks?.[row] === 1) hatchRow(raster, y, columns, row * field.width, layer);
  }
}

function scaledRows({ slope, offset }: SampledField, rowOf: (y: number) => Float64Array): (y: number) => Float64Array {
  return (y) => {
    const values = rowOf(y);
    for (let i = 0; i < values.length; i++) values[i] = slope * values[i]! + offset;
    return values;
  };
}

function mixRow(
  pixels: Uint32Array,
  at: number,
  red: Float64Array,
  green: Float64Array,
  blue: Float64Array,
  count: number,
  scale: PreparedScale,
  notANumber: number,
): void {
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [red[i]!, green[i]!, blue[i]!];
    pixels[at + i] =
      r + g + b === r + g + b ? (0xff000000 | (level(scale, b) << 16) | (level(scale, g) << 8) | level(scale, r)) >>> 0 : notANumber;
  }
}

/** 0 to 255 between the limits. */
function level(scale: PreparedScale, value: number): number {
  if (value <= scale.low) return 0;
  return value >= scale.high ? LAST : colorIndex(scale, value);
}
