import { NO_TRACK } from '../model/particles.ts';
import type { SpaceLayer, SpaceLink } from './space-layer.ts';

/** Thinned layers by what is left of them: kept as long as the layers are, so that a step more of a film thins one layer only. */
const kept = new WeakMap<SpaceLayer, Map<number, SpaceLayer>>();
/** The layer that `next` of a thinned layer was made for. */
const connected = new WeakMap<SpaceLayer, SpaceLayer>();

/** The lines of the tracks whose number is a multiple of `every` (a power of two), in layers that hold nothing else: for pictures that must be drawn fast. */
export function thinLinks(links: readonly SpaceLink[], every: number): readonly SpaceLink[] {
  if (every <= 1) return links;
  return links.map(({ from, to, opacity }) => {
    const [begin, end] = [thinned(from, every), thinned(to, every)];
    if (connected.get(begin) !== end) connect(begin, end);
    connected.set(begin, end);
    return { from: begin, to: end, opacity };
  });
}

/** Made from the finest that is known and still holds what is wanted. */
function thinned(layer: SpaceLayer, every: number): SpaceLayer {
  const known = kept.get(layer) ?? new Map<number, SpaceLayer>();
  kept.set(layer, known);
  const finest = [...known.keys()].filter((one) => every % one === 0).reduce((best, one) => Math.max(best, one), 1);
  const from = known.get(finest) ?? layer;
  const made = finest === every ? from : thinLayer(from, every);
  known.set(every, made);
  return made;
}

function thinLayer({ count, positions, codes, track }: SpaceLayer, every: number): SpaceLayer {
  let amount = 0;
  for (let i = 0; i < count; i++) if (isKept(track[i]!, every)) amount++;
  const layer = {
    count: amount,
    positions: new Float32Array(3 * amount),
    codes: new Uint16Array(amount),
    track: new Uint32Array(amount),
    next: new Uint32Array(amount).fill(NO_TRACK),
  };
  for (let i = 0, at = 0; i < count; i++) {
    if (!isKept(track[i]!, every)) continue;
    layer.positions[3 * at] = positions[3 * i]!;
    layer.positions[3 * at + 1] = positions[3 * i + 1]!;
    layer.positions[3 * at + 2] = positions[3 * i + 2]!;
    layer.codes[at] = codes[i]!;
    layer.track[at++] = track[i]!;
  }
  return layer;
}

function isKept(track: number, every: number): boolean {
  return track !== NO_TRACK && track % every === 0;
}

/** Both hold ascending track numbers. */
function connect({ count, track, next }: SpaceLayer, after: SpaceLayer): void {
  for (let i = 0, j = 0; i < count; i++) {
    while (j < after.count && after.track[j]! < track[i]!) j++;
    next[i] = j < after.count && after.track[j] === track[i] ? j : NO_TRACK;
  }
}
