import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { cli, FIXTURES, temporaryFolder } from '../support/cli.ts';

const IMAGES = join(FIXTURES, 'davis', 'images.set');
const VECTORS = join(FIXTURES, 'davis', 'vectors.set');
const WHITE = [255, 255, 255];

/** The file that `plot` writes. */
async function plot(name: string, ...args: readonly string[]): Promise<Buffer> {
  const out = join(temporaryFolder(), name);
  const { code, stderr } = await cli(['plot', ...args, '--out', out]);
  if (code !== 0) throw new Error(stderr);
  return readFileSync(out);
}

/** The words of an SVG plot. */
async function words(...args: readonly string[]): Promise<readonly string[]> {
  const svg = (await plot('a.svg', ...args)).toString();
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
}

/** The picture inside of an SVG plot: pixel at a part of its width and height. */
async function picture(...args: readonly string[]): Promise<(x: number, y: number) => readonly number[]> {
  const svg = (await plot('a.svg', ...args)).toString();
  const [, data = ''] = /base64,([^"]+)"/.exec(svg) ?? [];
  const { width, height, data: pixels } = decode(Buffer.from(data, 'base64'));
  return (x, y) => {
    const at = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
    return [...pixels.subarray(at, at + 3)];
  };
}

describe('plot', () => {
  test('tells the size of the file that it writes', async () => {
    const out = join(temporaryFolder(), 'a.png');
    const { stdout } = await cli(['plot', IMAGES, '--out', out]);
    const { width, height } = decode(readFileSync(out));
    expect(stdout).toBe(`${out}: ${width} x ${height} pixels\n`);
  });

  test('in the style of lvpyio: ends of the axes as it labels them, masked white, the range of the valid values', async () => {
    // Labels as lvpyio draws them for the same files.
    expect(await words(IMAGES, '--style', 'lvpyio')).toEqual(
      expect.arrayContaining(['-1.50', '-1.05', '2.25', '1.90', 'x [mm]', 'y [mm]', 'velocity [m/s]']),
    );
    expect(await words(VECTORS, '--style', 'lvpyio')).toEqual(expect.arrayContaining(['-0.64', '0.96', '0.51', '-0.77']));
    const at = await picture(IMAGES, '--style', 'lvpyio');
    expect(at(4.5 / 9, 0.5 / 7)).toEqual(WHITE);
    expect(at(0.2 / 9, 0.5 / 7)).toEqual([68, 1, 84]);
    expect(at(8.8 / 9, 6.5 / 7)).not.toEqual(WHITE);
  });

  test('arrows of lvpyio begin at their samples and point down where the stored v is positive', async () => {
    const at = await picture(VECTORS, '--style', 'lvpyio', '--levels', '-9:-8');
    const steps = Array.from({ length: 40 }, (_, i) => (i + 0.5) / 40);
    /** Dark pixels of a sample of 10 x 8 above and below its middle. */
    const darkness = (column: number, row: number): readonly number[] =>
      [steps.slice(0, 18), steps.slice(22)].map(
        (part) =>
          part.flatMap((y) => steps.map((x) => at((column + x) / 10, (row + y) / 8))).filter((pixel) => pixel.every((value) => value < 110))
            .length,
      );
    const [[above1 = 0, below1 = 0], [above6 = 0, below6 = 0]] = [darkness(5, 1), darkness(5, 6)] as [readonly number[], readonly number[]];
    expect([above1 > 5, below1, above6, below6 > 5]).toEqual([true, 0, 0, true]);
  });

  test('a part of the axes, own ticks, map, levels and title', async () => {
    const texts = await words(IMAGES, '--xlim', '-1.2:-1.4', '--ticks', '2', '--levels', '0:100', '--title', 'A < B');
    expect(texts).toEqual(expect.arrayContaining(['A &#60; B', '\u22121.4', '\u22121.3', '\u22121.2', '100']));
    expect(texts).not.toContain('\u22121.5');
    const grey = await picture(IMAGES, '--levels', '1e6:2e6');
    expect(grey(0.02, 0.5 / 7)).toEqual([0, 0, 0]);
    const turbo = await picture(IMAGES, '--levels', '1e6:2e6', '--cmap', 'viridis');
    expect(turbo(0.02, 0.5 / 7)).toEqual([68, 1, 84]);
    const lines = async (...args: readonly string[]): Promise<number> =>
      (await plot('a.svg', IMAGES, ...args)).toString().split('<line').length;
    expect(await lines('--grid')).toBeGreaterThan(await lines());
  });

  test('PNG has the same picture, and words in strokes', async () => {
    const { width, height, data } = decode(await plot('a.png', IMAGES, '--title', 'Gr\u00f6\u00dfe 0.5 \u00b5m'));
    expect(width).toBe(1280);
    const rows = Array.from({ length: height }, (_, y) => data.subarray(4 * y * width, 4 * (y + 1) * width).some((value) => value < 100));
    const first = rows.indexOf(true);
    expect(first).toBeGreaterThan(10);
    expect(first).toBeLessThan(60);
  });

  test('PDF: every object is where the table says, the words are in it', async () => {
    const pdf = (await plot('a.pdf', IMAGES, '--title', '\u22125 \u00b5m')).toString('latin1');
    expect(pdf.startsWith('%PDF-1.4\n')).toBe(true);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
    const [, count = '', entries = ''] =
      /^xref\n0 (\d+)\n0000000000 65535 f \n((?:\d{10} 00000 n \n)+)trailer/.exec(pdf.slice(start)) ?? [];
    const offsets = entries
      .split(' \n')
      .filter(Boolean)
      .map((entry) => Number(entry.slice(0, 10)));
    expect(offsets).toHaveLength(Number(count) - 1);
    for (const [i, offset] of offsets.entries()) expect(pdf.slice(offset)).toMatch(new RegExp(`^${i + 1} 0 obj\n`));
    const stream = pdf.slice(pdf.indexOf('stream\n', offsets[4]) + 7);
    const content = inflateSync(Buffer.from(stream, 'latin1')).toString();
    expect(content).toContain(`<${Buffer.from([0x96, 0x35, 0x20, 0xb5, 0x6d]).toString('hex')}> Tj`);
    expect(content).toMatch(/\/Im0 Do/);
  });

  test('the refusals', async () => {
    const folder = temporaryFolder();
    const refused = async (out: string, ...args: readonly string[]): Promise<readonly [number | null, string]> => {
      const { code, stderr } = await cli(['plot', IMAGES, '--out', join(folder, out), ...args]);
      return [code, stderr];
    };
    expect(await refused('a.bmp')).toEqual([2, expect.stringContaining('.png, .svg, .pdf')]);
    expect(await refused('a.png', '--style', 'x')).toEqual([2, expect.stringContaining('lvpyio')]);
    expect(await refused('a.png', '--cmap', 'x')).toEqual([2, expect.stringContaining('viridis')]);
    expect(await refused('a.png', '--levels', '1')).toEqual([2, expect.stringContaining('A:B')]);
    expect(await refused('a.png', '--ticks', '0')).toEqual([2, expect.stringContaining('ticks')]);
    expect(await refused('a.png', '--xlim', '500:600')).toEqual([2, expect.stringContaining('shows nothing')]);
    expect(await refused('a.png', '--frame', '9')).toEqual([2, expect.stringContaining('frame 9')]);
    expect(await refused('a.png', '--plane', '9')).toEqual([2, expect.stringContaining('plane 9')]);
    expect(await refused('a.png', '--component', 'NO')).toEqual([2, expect.stringContaining('PIXEL')]);
    expect(await refused('a.png', '--buffer', '99')).toEqual([2, expect.stringContaining('99')]);
    expect(readdirSync(folder)).toEqual([]);
    await cli(['plot', IMAGES, '--out', join(folder, 'a.png')]);
    expect(await refused('a.png')).toEqual([6, expect.stringContaining('--force')]);
  });
});
