import type { SpaceMatrix } from './space-camera.ts';
import type { SpaceLayer, SpaceLink } from './space-layer.ts';
import { HIDDEN } from './space-shades.ts';

/** A particle by the number of its layer and its index there. */
export interface Picked {
  readonly layer: number;
  readonly index: number;
}

/** The particle at a pixel: of those that cover it (within `radius`) the nearest to the viewer, otherwise the closest one within `reach` pixels. */
export function pickPoint(
  layers: readonly SpaceLayer[],
  m: SpaceMatrix,
  x: number,
  y: number,
  reach: number,
  radius: number,
): Picked | undefined {
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

/** The end of the line between two layers that is nearest to a pixel, of the lines within `reach` pixels; `link` counts the links. */
export function pickLine(
  links: readonly SpaceLink[],
  m: SpaceMatrix,
  x: number,
  y: number,
  reach: number,
): { readonly link: number; readonly index: number; readonly end: 'from' | 'to' } | undefined {
  let best: { readonly link: number; readonly index: number; readonly end: 'from' | 'to' } | undefined;
  let least = reach * reach;
  for (const [link, { from, to }] of links.entries()) {
    for (let index = 0; index < from.count; index++) {
      const next = from.next[index]!;
      if (next >= to.count || from.codes[index] === HIDDEN || to.codes[next] === HIDDEN) continue;
      const [fx, fy, fz] = [from.positions[3 * index]!, from.positions[3 * index + 1]!, from.positions[3 * index + 2]!];
      const [tx, ty, tz] = [to.positions[3 * next]!, to.positions[3 * next + 1]!, to.positions[3 * next + 2]!];
      const wf = m[12]! * fx + m[13]! * fy + m[14]! * fz + m[15]!;
      const wt = m[12]! * tx + m[13]! * ty + m[14]! * tz + m[15]!;
      if (!(wf > 0 && wt > 0)) continue;
      const ax = (m[0]! * fx + m[1]! * fy + m[2]! * fz + m[3]!) / wf;
      const ay = (m[4]! * fx + m[5]! * fy + m[6]! * fz + m[7]!) / wf;
      const dx = (m[0]! * tx + m[1]! * ty + m[2]! * tz + m[3]!) / wt - ax;
      const dy = (m[4]! * tx + m[5]! * ty + m[6]! * tz + m[7]!) / wt - ay;
      const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      const distance = (ax + along * dx - x) ** 2 + (ay + along * dy - y) ** 2;
      if (!(distance <= least)) continue;
      least = distance;
      best = along < 0.5 ? { link, index, end: 'from' } : { link, index: next, end: 'to' };
    }
  }
  return best;
}
