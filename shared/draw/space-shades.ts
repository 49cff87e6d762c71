import type { Rgba } from './scene.ts';
import type { SpaceMatrix } from './space-camera.ts';
import { projectSpace, boxCorners } from './space-camera.ts';
import type { Box } from './space-camera.ts';

/** Places of a palette: the 259 colours of a prepared colour scale, then the one for what is not coloured by a value. */
export const PLAIN = 259;
export const CODES = 260;
/** Code of a particle that is not drawn. */
export const HIDDEN = 0xffff;

/** Steps from the farthest to the nearest colour. */
export const SHADES = 32;
/** Colours by depth and code, [shade, code], faded towards the canvas until `farShare` is left of the farthest; their opacity is 0 to 1. */
export function shadeTable(palette: Uint32Array, canvas: Rgba, farShare: number, opacity = 1): Uint32Array {
  const table = new Uint32Array(SHADES * CODES);
  const alpha = Math.round(255 * opacity) << 24;
  for (let shade = 0; shade < SHADES; shade++) {
    const left = Math.round(256 * (farShare + (1 - farShare) * (shade / (SHADES - 1))));
    const rest = 256 - left;
    const redBlue = Math.imul(canvas & 0xff00ff, rest);
    const green = Math.imul((canvas >>> 8) & 0xff, rest);
    for (let code = 0; code < CODES; code++) {
      const color = palette[code]!;
      const mixed = ((Math.imul(color & 0xff00ff, left) + redBlue) >>> 8) & 0xff00ff;
      table[shade * CODES + code] = alpha | mixed | ((Math.imul((color >>> 8) & 0xff, left) + green) & 0xff00);
    }
  }
  return table;
}

/** Depths of the ends of a box; shades are spread between them. */
export interface DepthRange {
  readonly low: number;
  /** Shades per unit of depth. */
  readonly factor: number;
}

export function depthRange(matrix: SpaceMatrix, box: Box): DepthRange {
  const depths = boxCorners(box)
    .map((corner) => projectSpace(matrix, ...corner)[2])
    .filter(Number.isFinite);
  const low = Math.min(...depths);
  return { low: Number.isFinite(low) ? low : 0, factor: (SHADES - 1) / (Math.max(...depths) - low || 1) };
}

export function shadeAt({ low, factor }: DepthRange, depth: number): number {
  const shade = (depth - low) * factor;
  return shade <= 0 ? 0 : shade >= SHADES - 1 ? SHADES - 1 : shade | 0;
}

export function mixColors(color: Rgba, other: Rgba, share: number): Rgba {
  const part = (shift: number): number => Math.round(((color >>> shift) & 255) * share + ((other >>> shift) & 255) * (1 - share));
  return ((255 << 24) | (part(16) << 16) | (part(8) << 8) | part(0)) >>> 0;
}
