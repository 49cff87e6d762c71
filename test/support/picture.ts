import { decode } from 'fast-png';
import type { Locator } from 'playwright-core';

/** How many colours an element shows on the screen: a canvas that a worker draws on cannot be read by the page. */
export async function distinctColours(element: Locator): Promise<number> {
  const { data, channels } = decode(await element.screenshot());
  const colours = new Set<number>();
  for (let at = 0; at < data.length; at += channels)
    colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
  return colours.size;
}

/** What an element shows on the screen, pixel by pixel. */
export interface ScreenPicture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue. */
  at(x: number, y: number): readonly [number, number, number];
  /** How many pixels are so. */
  count(holds: (red: number, green: number, blue: number) => boolean): number;
}

export async function screenPicture(element: Locator): Promise<ScreenPicture> {
  const { data, channels, width, height } = decode(await element.screenshot());
  const at = (x: number, y: number): readonly [number, number, number] => {
    const from = (Math.round(y) * width + Math.round(x)) * channels;
    return [data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0];
  };
  return {
    width,
    height,
    at,
    count: (holds) => {
      let amount = 0;
      for (let from = 0; from < data.length; from += channels)
        if (holds(data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0)) amount += 1;
      return amount;
    },
  };
}

/** No shade of grey. */
export function isColoured(red: number, green: number, blue: number): boolean {
  return Math.max(red, green, blue) - Math.min(red, green, blue) > 50;
}
