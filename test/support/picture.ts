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
