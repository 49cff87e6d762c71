import type { NumberArray } from '../model/dtype.ts';

/** Colours of the upper left 2 x 2 samples of a camera with a Bayer mosaic, row by row. */
export const MOSAICS = ['RGGB', 'BGGR', 'GRBG', 'GBRG'] as const;
export type Mosaic = (typeof MOSAICS)[number];

export interface ColorPlanes {
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly width: number;
  readonly height: number;
}

const CHANNEL: Readonly<Record<string, 0 | 1 | 2>> = { R: 0, G: 1, B: 2 };

/**
 * Colours at every sample of a mosaic of width x height samples: what is stored for its own colour, for the others the mean of the
 * nearest samples of that colour (bilinear; fewer at the edges). `data` begins at an even row and column of the mosaic.
 */
export function demosaic(data: NumberArray, width: number, height: number, mosaic: Mosaic): ColorPlanes {
  const channels = [new Float32Array(width * height), new Float32Array(width * height), new Float32Array(width * height)] as const;
  const colors = mosaicChannels(mosaic);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const own = colors[2 * (y & 1) + (x & 1)]!;
      const beside = colors[2 * (y & 1) + ((x + 1) & 1)]!;
      channels[own][at] = data[at]!;
      if (own === 1) {
        // On a green sample one colour lies left and right, the other above and below.
        channels[beside][at] = pairMean(data, at, 1, x > 0, x + 1 < width);
        channels[colors[2 * ((y + 1) & 1) + (x & 1)]!][at] = pairMean(data, at, width, y > 0, y + 1 < height);
      } else {
        channels[1][at] = crossMean(data, at, x, y, width, height);
        channels[own === 0 ? 2 : 0][at] = cornerMean(data, at, x, y, width, height);
      }
    }
  }
  const [red, green, blue] = channels;
  return { red, green, blue, width, height };
}

/** Half the size: each 2 x 2 block of the mosaic is one colour. What is left over of odd sizes is dropped. */
export function binMosaic(data: NumberArray, width: number, height: number, mosaic: Mosaic): ColorPlanes {
  const [columns, rows] = [width >> 1, height >> 1];
  const sums = [new Float32Array(columns * rows), new Float32Array(columns * rows), new Float32Array(columns * rows)] as const;
  const colors = mosaicChannels(mosaic);
  for (const [place, channel] of colors.entries()) {
    const part = channel === 1 ? 0.5 : 1;
    for (let row = 0; row < rows; row++) {
      const start = (2 * row + (place >> 1)) * width + (place & 1);
      for (let column = 0; column < columns; column++) sums[channel][row * columns + column]! += part * data[start + 2 * column]!;
    }
  }
  const [red, green, blue] = sums;
  return { red, green, blue, width: columns, height: rows };
}

function mosaicChannels(mosaic: Mosaic): readonly (0 | 1 | 2)[] {
  return Array.from(mosaic, (letter) => CHANNEL[letter] ?? 1);
}

/** Mean of the samples `stride` before and after, as far as they are there. */
function pairMean(data: NumberArray, at: number, stride: number, before: boolean, after: boolean): number {
  if (before && after) return (data[at - stride]! + data[at + stride]!) / 2;
  return before ? data[at - stride]! : after ? data[at + stride]! : data[at]!;
}

function crossMean(data: NumberArray, at: number, x: number, y: number, width: number, height: number): number {
  let sum = 0;
  let count = 0;
  if (x > 0) {
    sum += data[at - 1]!;
    count++;
  }
  if (x + 1 < width) {
    sum += data[at + 1]!;
    count++;
  }
  if (y > 0) {
    sum += data[at - width]!;
    count++;
  }
  if (y + 1 < height) {
    sum += data[at + width]!;
    count++;
  }
  return count > 0 ? sum / count : data[at]!;
}

function cornerMean(data: NumberArray, at: number, x: number, y: number, width: number, height: number): number {
  let sum = 0;
  let count = 0;
  for (const row of [-1, 1]) {
    if (y + row < 0 || y + row >= height) continue;
    for (const column of [-1, 1]) {
      if (x + column < 0 || x + column >= width) continue;
      sum += data[at + row * width + column]!;
      count++;
    }
  }
  return count > 0 ? sum / count : data[at]!;
}
