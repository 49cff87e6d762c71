import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { cli, FIXTURES, temporaryFolder } from '../support/cli.ts';

const folder = join(FIXTURES, 'davis-particles');
const HELIX = join(folder, 'helix_tr.set');
const UNTRACKED = join(folder, 'ipr2.set');
const PULSES = join(folder, 'pulses4.set');

interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** An SVG plot: its words, its lines and the pixel of its picture at a place on the paper. */
async function plot(...args: readonly string[]) {
  const out = join(temporaryFolder(), 'a.svg');
  const { code, stdout, stderr } = await cli(['plot', ...args, '--out', out, '--json']);
  if (code !== 0) throw new Error(stderr);
  const svg = readFileSync(out, 'utf8');
  const words = [...svg.matchAll(/<text x="([^"]+)" y="([^"]+)"[^>]*>([^<]*)</g)].map(
    ([, x, y, text]): Word => ({ text: (text ?? '').replace('\u2212', '-'), x: Number(x), y: Number(y) }),
  );
  const lines = [...svg.matchAll(/<line x1="([^"]+)" y1="([^"]+)" x2="([^"]+)" y2="([^"]+)"/g)].map((found) => found.slice(1).map(Number));
  const [, x = '', y = '', data = ''] = /<image x="([^"]+)" y="([^"]+)"[^>]*base64,([^"]+)"/.exec(svg) ?? [];
  const { width, data: pixels } = decode(Buffer.from(data, 'base64'));
  const pixelAt = (px: number, py: number): readonly number[] => {
    const at = 4 * (Math.floor(2 * (py - Number(y))) * width + Math.floor(2 * (px - Number(x))));
    return [...pixels.subarray(at, at + 3)];
  };
  const inked = Array.from(pixels).filter((value, at) => at % 4 === 0 && value < 250).length;
  return { words, lines, pixelAt, inked, result: JSON.parse(stdout) as Record<string, unknown> };
}

/** From a number to its place on the paper, as two numbers of an axis tell. */
function axisMap(words: readonly Word[], numbers: readonly [string, string], along: 'x' | 'y'): (value: number) => number {
  const places = numbers.map((text) => words.find((word) => word.text === text)?.[along] ?? Number.NaN) as [number, number];
  const slope = (places[1] - places[0]) / (Number(numbers[1]) - Number(numbers[0]));
  // Numbers along y stand on baselines below the middle of their digits.
  return (value) => places[0] + slope * (value - Number(numbers[0])) - (along === 'y' ? 0.36 * 11 : 0);
}

/** Scaled x, y, z and intensity of particles. */
async function particles(...args: readonly string[]): Promise<readonly (readonly number[])[]> {
  const out = join(temporaryFolder(), 'a.csv');
  await cli(['tracks', ...args, '--mode', 'scaled', '--out', out]);
  const rows = readFileSync(out, 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => row.split(',').map(Number));
}

const isInk = (pixel: readonly number[]): boolean => Math.min(...pixel) < 200;

describe('plot of particles', () => {
  test('points of a projection lie where the numbers of its axes say, in the colours of their values', async () => {
    const drawn = await plot(UNTRACKED, '--view', 'xy', '--levels', '1000:2000', '--cmap', 'viridis');
    const columnOf = axisMap(drawn.words, ['-40', '40'], 'x');
    const { words, pixelAt } = drawn;
    const rowOf = axisMap(
      words.filter(({ x }) => x < 70),
      ['-20', '20'],
      'y',
    );
    const all = await particles(UNTRACKED, '--step', '0', '--pulse', '0');
    expect(all).toHaveLength(25);
    for (const [x = 0, y = 0] of all) expect(pixelAt(columnOf(x), rowOf(y))).toEqual([68, 1, 84]);
    expect(drawn.result).toMatchObject({ component: 'intensity', levels: [1000, 2000], particles: 25 });
  });

  test('other projections have their axes: z up in xz, z to the right in yz', async () => {
    const labels = async (view: string): Promise<readonly string[]> =>
      (await plot(UNTRACKED, '--view', view)).words.filter(({ text }) => / \[mm\]$/.test(text)).map(({ text }) => text);
    expect(await labels('xz')).toEqual(['x [mm]', 'z [mm]']);
    expect(await labels('yz')).toEqual(['z [mm]', 'y [mm]']);
  });

  test('in space the ticks stand on the edges of the box that is drawn, with the numbers of all three axes', async () => {
    const { words, lines, pixelAt } = await plot(UNTRACKED, '--levels', '0:1');
    const texts = words.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['x [mm]', 'y [mm]', 'z [mm]', '-40', '20', 'intensity [counts]']));
    const bar = Math.max(...lines.map(([x = 0]) => x)) - 40;
    const ticks = lines.filter(([x = 0]) => x < bar);
    expect(ticks.length).toBeGreaterThan(8);
    for (const [x = 0, y = 0] of ticks) {
      const around = [-0.5, 0, 0.5].flatMap((dx) => [-0.5, 0, 0.5].map((dy) => pixelAt(x + dx, y + dy)));
      expect(around.some(isInk)).toBe(true);
    }
  });

  test('a view straight along z shows what the projection on xy does', async () => {
    const amounts = await Promise.all(['0:0', 'xy'].map(async (view) => (await plot(UNTRACKED, '--view', view)).result));
    expect(amounts[0]).toMatchObject({ particles: 25 });
    expect({ ...amounts[0], path: '' }).toEqual({ ...amounts[1], path: '' });
  });

  test('tails: the usual ten steps, those asked for, whole tracks with and without points', async () => {
    const steps = async (...args: readonly string[]): Promise<readonly unknown[]> => {
      const { result } = await plot(HELIX, '--view', 'xy', ...args);
      return [result['tailSteps'], (result['particles'] as number) > 0];
    };
    expect(await steps('--step', '12')).toEqual([10, true]);
    expect(await steps()).toEqual([10, true]);
    expect(await steps('--step', '5', '--before', '2', '--after', '1')).toEqual([3, true]);
    expect(await steps('--step', '5', '--before', '0')).toEqual([undefined, true]);
    expect(await steps('--all')).toEqual([15, false]);
    expect(await steps('--all', '--step', '3')).toEqual([15, true]);
  });

  test('tails stay within a step of several pulses', async () => {
    const { result } = await plot(PULSES, '--step', '1', '--pulse', '2');
    expect(result['tailSteps']).toBe(3);
  });

  test('conditions and limits leave out what is not wanted', async () => {
    const inked = async (...args: readonly string[]): Promise<number> => (await plot(HELIX, '--all', '--view', 'xy', ...args)).inked;
    const all = await inked();
    expect(await inked('--where', 'length>=8')).toBeLessThan(0.9 * all);
    expect(await inked('--every', '4')).toBeLessThan(0.6 * all);
    const { words } = await plot(UNTRACKED, '--view', 'xy', '--xlim', '20:0', '--ylim=-10:10');
    expect(words.map(({ text }) => text)).toEqual(expect.arrayContaining(['0', '20', '-10', '10']));
    expect(words.map(({ text }) => text)).not.toContain('40');
  });

  test('a column, a title and lines at the ticks', async () => {
    const plain = await plot(HELIX, '--view', 'xy');
    const { words, inked } = await plot(HELIX, '--view', 'xy', '--component', 'Quality', '--title', 'Wendeln', '--grid');
    expect(words.map(({ text }) => text)).toEqual(expect.arrayContaining(['Quality', 'Wendeln']));
    expect(plain.words.map(({ text }) => text)).toContain('speed [mm/s]');
    expect(inked).toBeGreaterThan(1.5 * plain.inked);
  });

  test('the refusals', async () => {
    const refused = async (...args: readonly string[]): Promise<readonly [number | null, string]> => {
      const { code, stderr } = await cli(['plot', ...args, '--out', join(temporaryFolder(), 'a.png')]);
      return [code, stderr];
    };
    expect(await refused(HELIX, '--step', '16')).toEqual([2, expect.stringContaining('16')]);
    expect(await refused(HELIX, '--pulse', '1')).toEqual([2, expect.stringContaining('pulse 1')]);
    expect(await refused(HELIX, '--component', 'no')).toEqual([2, expect.stringContaining('curvature')]);
    expect(await refused(HELIX, '--view', 'up')).toEqual([2, expect.stringContaining('TURN:TILT')]);
    expect(await refused(HELIX, '--view', '0:91')).toEqual([2, expect.stringContaining('-90 to 90')]);
    expect(await refused(HELIX, '--zlim', '500:600')).toEqual([2, expect.stringContaining('0.000 to 6.000')]);
    expect(await refused(HELIX, '--where', 'length>=99')).toEqual([2, expect.stringContaining('none of its 24 tracks')]);
    expect(await refused(HELIX, '--all', '--before', '2')).toEqual([2, expect.stringContaining('--before')]);
    expect(await refused(HELIX, '--buffer', '0')).toEqual([2, expect.stringContaining('--step')]);
    expect(await refused(join(FIXTURES, 'davis', 'images.set'), '--step', '0')).toEqual([2, expect.stringContaining('--buffer')]);
  });
});
