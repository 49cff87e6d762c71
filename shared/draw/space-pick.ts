import type { SpaceMatrix } from './space-camera.ts';
import type { SpaceLayer } from './space-layer.ts';
import { HIDDEN } from './space-shades.ts';

/** A particle by the number of its layer and its index there. */
export interface Picked {
  readonly layer: number;
  readonly index: number;
}

/** The particle at a pixel: of those that cover it (within `radius`) the nearest to the viewer, otherwise the closest one within `reach` pixels. */
export function pickPoint(layers: readonly SpaceLayer[], m: SpaceMatrix, x: number, y: number, reach: number, radius: number): Picked | undefined {
  let best: Picked | undefined;
  let [bestDistance, bestDepth] = [reach * reach, Number.NEGATIVE_INFINITY];
  const covered = Math.min(reach, Math.max(1, radius)) ** 2;
  for (const [layer, { count, positions, codes }] of layers.entries()) {
    for (let index = 0; index < count; index++) {
      if (codes[index] === HIDDEN) continue;
      const [px, py, pz] = [positions[3 * index]!, positions[3 * index + 1]!, positions[3 * index + 2]!];
      const w = m[12]! * px + m[13]! * py + m[14]! * pz + m[15]!;
      if (!(w > 0)) continue;
      const dx = (m[0]! * px + m[1]! * py + m[2]! * pz + m[3]!) / w - x;
      const dy = (m[4]! * px + m[5]! * py + m[6]! * pz + m[7]!) / w - y;
      // Those that cover the pixel are all equally close.
      const distance = Math.max(covered, dx * dx + dy * dy);
      if (!(distance <= bestDistance)) continue;
      const depth = (m[8]! * px + m[9]! * py + m[10]! * pz + m[11]!) / w;
      if (distance === bestDistance && depth <= bestDepth) continue;
      best = { layer, index };
      bestDistance = distance;
      bestDepth = depth;
    }
  }
  return best;
}
