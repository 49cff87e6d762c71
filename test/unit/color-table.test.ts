import { describe, expect, it } from 'vitest';
import { COLOR_MAPS } from '../../shared/colors/color-map.ts';
import { colorTable } from '../../shared/colors/color-table.ts';

/** CIE lightness L* of a packed colour. */
function lightness(color: number): number {
  const [red, green, blue] = [0, 8, 16].map((shift) => {
    const channel = ((color >>> shift) & 255) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
}

function distance(a: number, b: number): number {
  return Math.max(...[0, 8, 16].map((shift) => Math.abs(((a >>> shift) & 255) - ((b >>> shift) & 255))));
}

const namesOf = (kind: string): string[] => COLOR_MAPS.filter((map) => map.kind === kind).map(({ name }) => name);
const tableOf = (name: string): number[] => [...colorTable(name as 'gray', false)];

describe('colour tables', () => {
  it.each(COLOR_MAPS.map(({ name }) => name))('%s has 256 opaque colours without jumps, and the same backwards', (name) => {
    const table = tableOf(name);
    expect(table.every((color) => color >>> 24 === 255)).toBe(true);
    for (let i = 1; i < 256; i++) expect(distance(table[i]!, table[i - 1]!)).toBeLessThanOrEqual(12);
    expect([...colorTable(name, true)]).toEqual([...table].reverse());
    expect(colorTable(name, false)).toBe(colorTable(name, false));
  });

  it.each(namesOf('sequential'))('%s gets lighter all the way', (name) => {
    const steps = tableOf(name).map(lightness);
    // Half a unit of L* is what rounding to bytes costs.
    for (let i = 4; i < 256; i++) expect(steps[i]!).toBeGreaterThan(steps[i - 4]! - 0.5);
    expect(steps[255]! - steps[0]!).toBeGreaterThan(60);
  });

  it.each(namesOf('diverging'))('%s changes evenly from its centre to both ends', (name) => {
    const steps = tableOf(name).map(lightness);
    const sign = name === 'dark-centre' ? 1 : -1;
    for (let i = 1; i < 128; i++) {
      expect(sign * (steps[127 - i]! - steps[128 - i]!)).toBeGreaterThan(-0.3);
      expect(sign * (steps[128 + i]! - steps[127 + i]!)).toBeGreaterThan(-0.3);
      expect(Math.abs(steps[127 - i]! - steps[128 + i]!)).toBeLessThan(6);
    }
    expect(Math.abs(steps[0]! - steps[127]!)).toBeGreaterThan(55);
  });

  it('ends where it began for cyclic maps', () => {
    for (const name of namesOf('cyclic')) expect(distance(tableOf(name)[0]!, tableOf(name)[255]!)).toBeLessThan(8);
  });

  it('packs red into the lowest byte', () => {
    const jet = tableOf('jet');
    expect(jet[0]! >>> 0).toBe(0xff800000);
    expect(jet[255]! >>> 0).toBe(0xff000080);
    expect(tableOf('gray')[255]).toBe(0xffffffff);
  });
});
