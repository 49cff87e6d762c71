import { describe, expect, test } from 'vitest';
import { binMosaic, demosaic, MOSAICS, type Mosaic } from '../../shared/compute/demosaic.ts';

/** A mosaic of a picture whose colours are planes, which bilinear interpolation gives back exactly away from the edges. */
const colorAt = (channel: string, x: number, y: number): number =>
  ({ R: 100 + 2 * x + y, G: 500 + x - 3 * y, B: 900 - x + 2 * y })[channel] ?? Number.NaN;

function mosaicOf(mosaic: Mosaic, width: number, height: number): Float64Array {
  return Float64Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return colorAt(mosaic[2 * (y & 1) + (x & 1)] ?? '', x, y);
  });
}

describe.each(MOSAICS)('mosaic %s', (mosaic) => {
  test('gives every colour of a linear picture back', () => {
    const [width, height] = [8, 7];
    const { red, green, blue } = demosaic(mosaicOf(mosaic, width, height), width, height, mosaic);
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const at = y * width + x;
        expect([red[at], green[at], blue[at]]).toEqual(['R', 'G', 'B'].map((channel) => colorAt(channel, x, y)));
      }
    }
    for (const plane of [red, green, blue]) expect([...plane].every((value) => value > 0)).toBe(true);
  });

  test('keeps what is stored, also on the edges and in a single sample', () => {
    const data = mosaicOf(mosaic, 5, 3);
    const planes = demosaic(data, 5, 3, mosaic);
    for (const [at, value] of data.entries()) {
      const channel = mosaic[2 * (Math.floor(at / 5) & 1) + ((at % 5) & 1)];
      expect((channel === 'R' ? planes.red : channel === 'G' ? planes.green : planes.blue)[at]).toBe(value);
    }
    expect(demosaic(new Uint16Array([7]), 1, 1, mosaic)).toMatchObject({ width: 1, height: 1 });
  });

  test('bins blocks to one colour, with the mean of the two greens', () => {
    const data = mosaicOf(mosaic, 5, 4);
    const binned = binMosaic(data, 5, 4, mosaic);
    expect([binned.width, binned.height]).toEqual([2, 2]);
    const block = [...mosaic].map((channel, place) => [channel, data[2 * 5 + 2 + (place >> 1) * 5 + (place & 1)] ?? 0] as const);
    const mean = (wanted: string): number => {
      const found = block.filter(([channel]) => channel === wanted);
      return found.reduce((sum, [, value]) => sum + value, 0) / found.length;
    };
    expect([binned.red[3], binned.green[3], binned.blue[3]]).toEqual(['R', 'G', 'B'].map(mean));
  });
});
