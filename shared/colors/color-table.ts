import type { ColorMapName } from './color-map.ts';
import { COLOR_TABLES } from './tables.ts';

const cache = new Map<string, Uint32Array>();

/** 256 packed colours 0xAABBGGRR from low to high; the same array every time, so nobody may write to it. */
export function colorTable(name: ColorMapName, reversed: boolean): Uint32Array {
  const key = reversed ? `${name} reversed` : name;
  const known = cache.get(key) ?? decodeTable(COLOR_TABLES[name], reversed);
  cache.set(key, known);
  return known;
}

function decodeTable(base64: string, reversed: boolean): Uint32Array {
  const text = atob(base64);
  const table = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    const [red, green, blue] = [0, 1, 2].map((channel) => text.charCodeAt(3 * i + channel)) as [number, number, number];
    table[reversed ? 255 - i : i] = ((0xff << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  }
  return table;
}
