import type { Rgba } from './scene.ts';

/** Puts a colour over a pixel; `coverage` 0..256 is the part of the pixel that it covers. The raster is taken to be opaque. */
export function blendPixel(pixels: Uint32Array, at: number, color: Rgba, coverage: number): void {
  const alpha = color >>> 24;
  const part = alpha === 255 ? coverage : ((coverage * alpha + 127) / 255) | 0;
  if (part >= 256) {
    pixels[at] = color;
    return;
  }
  const below = pixels[at]!;
  const rest = 256 - part;
  const redBlue = (Math.imul(below & 0xff00ff, rest) + Math.imul(color & 0xff00ff, part)) >>> 8;
  const alphaGreen = Math.imul((below >>> 8) & 0xff00ff, rest) + Math.imul(((color >>> 8) & 0xff) | 0xff0000, part);
  pixels[at] = (redBlue & 0xff00ff) | (alphaGreen & 0xff00ff00);
}
