import { matchTracks } from '../../../shared/compute/particles/match-tracks.ts';
import { openLevels, planeStatistics } from '../../../shared/compute/statistics.ts';
import { colorIndex, prepareScale } from '../../../shared/draw/color-scale.ts';
import { columnKind, FIELD_COLORS } from '../../../shared/draw/field-kind.ts';
import type { ColorScale } from '../../../shared/draw/scene.ts';
import type { Box } from '../../../shared/draw/space-camera.ts';
import type { SpaceLayer } from '../../../shared/draw/space-layer.ts';
import { CODES, HIDDEN } from '../../../shared/draw/space-shades.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import type { ReadLayer } from './particle-reader.ts';
import type { PlotOptions, Span } from './plot-options.ts';

export interface ParticlePaint {
  readonly colors: ColorScale;
  /** Colours by code, see shared/draw/space-shades. */
  readonly palette: Uint32Array;
  /** The layer ready to be drawn; its lines go to the next one. */
  readonly paint: (layer: ReadLayer, next?: ReadLayer) => SpaceLayer;
}

/** Colour of particles whose column has no value, such as the speed of those without track. */
const NO_VALUE = 0xffb4b4b4;

/** Colours for a column whose usual levels suit these layers; positions are those on the axes, and outside of `clip` nothing is drawn. */
export function particlePaint(
  column: string,
  settling: readonly ReadLayer[],
  clip: Box,
  { levels, map }: Pick<PlotOptions, 'levels' | 'map'>,
): ParticlePaint {
  const usual = FIELD_COLORS[columnKind(column)];
  const [low, high] = levels ?? usualLevels(settling, clip, usual);
  const colors: ColorScale = {
    map: map ?? usual.map,
    reversed: false,
    low,
    high,
    transfer: 'linear',
    gamma: 1,
    notANumber: NO_VALUE,
  };
  const scale = prepareScale(colors);
  const palette = new Uint32Array(CODES);
  palette.set(scale.colors);
  return {
    colors,
    palette,
    paint: ({ xyz, track, values }, next) => ({
      count: track.length,
      positions: xyz,
      codes: Uint16Array.from(values, (value, i) => (isInside(clip, xyz, i) ? colorIndex(scale, value) : HIDDEN)),
      track,
      next: next ? matchTracks(track, next.track) : new Uint32Array(track.length).fill(NO_TRACK),
    }),
  };
}

/** Positions that are not finite lie nowhere. */
function isInside({ low: [lx, ly, lz], high: [hx, hy, hz] }: Box, xyz: Float32Array, i: number): boolean {
  const [x, y, z] = [xyz[3 * i] as number, xyz[3 * i + 1] as number, xyz[3 * i + 2] as number];
  return x >= lx && x <= hx && y >= ly && y <= hy && z >= lz && z <= hz && Number.isFinite(x + y + z);
}

function usualLevels(layers: readonly ReadLayer[], clip: Box, { low, high, symmetric }: (typeof FIELD_COLORS)['positive']): Span {
  const data = new Float32Array(layers.reduce((sum, { values }) => sum + values.length, 1)).fill(Number.NaN);
  let at = 0;
  for (const { xyz, values } of layers) {
    for (let i = 0; i < values.length; i++) if (isInside(clip, xyz, i)) data[at++] = values[i] as number;
  }
  const { reply } = planeStatistics({ dtype: 'f4', width: data.length, height: 1, data });
  return openLevels(reply, low, high, symmetric);
}
