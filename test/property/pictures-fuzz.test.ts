import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pictures } from '../../main/formats/pictures.ts';
import '../../main/host/node-inflate.ts';
import { cutEverywhere, flipBits, type FuzzFile } from '../support/export-fuzz.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/pictures/', import.meta.url));

async function fuzzFile(name: string): Promise<FuzzFile> {
  return { format: pictures, name, files: new Map([[name, new Uint8Array(await readFile(fixtures + name))]]) };
}

describe('damaged pictures', () => {
  it.each([
    // What may be missing at the end: padding of the last row, and the last block of a PNG and the padding of a WebP chunk.
    ['grey.bmp', 3],
    ['bits4.bmp', 1],
    ['masks16.bmp', 2],
    ['runs8.bmp', 0],
    ['runs4.bmp', 0],
    ['palette.gif', 0],
    ['interlaced.gif', 0],
    ['animated.gif', 0],
    ['restart.jpg', 0],
    ['progressive.jpg', 0],
    ['rgb.jpg', 0],
    ['lossless.webp', 0],
    ['lossy.webp', 0],
    ['palette.png', 12],
  ])(
    '%s gives what is there or says what is wrong',
    async (name, mayMiss) => {
      const file = await fuzzFile(name);
      expect(await cutEverywhere(file)).toBeLessThanOrEqual(mayMiss);
      await flipBits(file);
    },
    120_000,
  );
});
