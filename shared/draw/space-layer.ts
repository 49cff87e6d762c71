import type { Raster } from './scene.ts';

/** Particles of one instant, ready to be drawn. Positions and vectors in the units of the axes, three numbers each; read only while they are drawn. */
export interface SpaceLayer {
  readonly count: number;
  readonly positions: Float32Array;
  /** Place of each one's colour in the palette, HIDDEN = not drawn (space-shades). */
  readonly codes: Uint16Array;
  readonly track: Uint32Array;
  /** Index of the same track's particle in the layer that follows, NO_TRACK = none. */
  readonly next: Uint32Array;
  readonly vectors?: Float32Array;
}

/** A picture with the depth of each pixel (larger = nearer), for points and lines in any order. */
export interface DepthRaster extends Raster {
  readonly depth: Float32Array;
}

/** Lines along the tracks from one layer to the next. */
export interface SpaceLink {
  readonly from: SpaceLayer;
  readonly to: SpaceLayer;
  /** 0 to 1. */
  readonly opacity: number;
}
