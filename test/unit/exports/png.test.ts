import { decode } from 'fast-png';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDescription } from '../../../main/codecs/frame-description.ts';
import { png } from '../../../main/writers/png.ts';
import { fieldPlane } from '../../../shared/compute/derived-plane.ts';
import { colorTable } from '../../../shared/colors/color-table.ts';
import { imageSample, vectorSample } from '../../support/described-data.ts';
import { namesIn, temporaryFolder, writeTo } from '../../support/export-round-trip.ts';

describe('png of whole datasets', () => {
  it.each(['u1', 'u2'] as const)('keeps %s as it is, and describes it', async (dtype) => {
    await using folder = await temporaryFolder();
    const dataset = imageSample(dtype);
    const target = join(folder.path, 'pictures');
    await writeTo(png, dataset, target);
    expect(await namesIn(target)).toEqual(['00000.png', '00000_f1.png', '00001.png', '00001_f1.png', '00002.png', '00002_f1.png']);
    const picture = decode(await readFile(join(target, '00002_f1.png')));
    const stored = (await (await dataset.buffer(2)).plane({ frame: 1, component: 'PIXEL', plane: 0 })).data;
    expect(picture).toMatchObject({ width: 5, height: 3, depth: dtype === 'u2' ? 16 : 8, channels: 1 });
    expect([...picture.data]).toEqual([...stored]);
    const description = parseDescription(picture.text.Streakline ?? '', { path: 'x' });
    expect(description?.buffers?.[0]).toMatchObject({ name: 'B00003', frames: (await dataset.buffer(2)).info.frames });
    expect(picture.text.Plane).toBe('buffer 2, frame 1, PIXEL, plane 0');
  });

  it('spreads other values over 16 bits between low and high', async () => {
    await using folder = await temporaryFolder();
    const dataset = vectorSample({ buffers: 1, planes: 1 });
    const path = join(folder.path, 'a.png');
    const { losses } = await writeTo(png, dataset, path, { options: { component: 'u', low: 0.45, high: 0.55 } });
    expect(losses.join()).toContain('black');
    const picture = decode(await readFile(path));
    expect(picture.text.Levels).toBe('0.45 0.55');
    const values = (await fieldPlane(await dataset.buffer(0), { frame: 0, plane: 0 }, 'u', 'masked')).data as Float64Array;
    const expected = Array.from(values, (value) =>
      Number.isNaN(value) ? 0 : Math.max(0, Math.min(65535, Math.round(((value - 0.45) / (0.55 - 0.45)) * 65535))),
    );
    expect(expected.some((level) => level > 0 && level < 65535)).toBe(true);
    for (const [i, level] of expected.entries()) expect(Math.abs((picture.data[i] as number) - level)).toBeLessThanOrEqual(1);
  });

  it('draws the colours of a map, and nothing where there is no value', async () => {
    await using folder = await temporaryFolder();
    const dataset = vectorSample({ buffers: 1, planes: 1 });
    const path = join(folder.path, 'a.png');
    await writeTo(png, dataset, path, { options: { style: 'color', map: 'magma' } });
    const picture = decode(await readFile(path));
    const pixels = new Uint32Array(Uint8Array.from(picture.data).buffer);
    const values = (await fieldPlane(await dataset.buffer(0), { frame: 0, plane: 0 }, 'speed', 'masked')).data as Float64Array;
    const valid = [...values].filter((value) => !Number.isNaN(value));
    const table = colorTable('magma', false);
    expect(pixels[values.indexOf(Math.max(...valid))]).toBe(table[255]);
    expect(pixels[values.indexOf(Math.min(...valid))]).toBe(table[0]);
    expect(pixels[values.findIndex(Number.isNaN)]).toBe(0);
  });

  it('names a folder where one file is not enough', async () => {
    await using folder = await temporaryFolder();
    await expect(writeTo(png, imageSample(), join(folder.path, 'a.png'))).rejects.toMatchObject({ code: 'invalid-option' });
    expect(await namesIn(folder.path)).toEqual([]);
  });
});
