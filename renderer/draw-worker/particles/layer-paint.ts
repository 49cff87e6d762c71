import { passingParticle } from '../../../shared/compute/particles/track-selection.ts';
import { colorIndex, type PreparedScale } from '../../../shared/draw/color-scale.ts';
import type { SpaceLayer } from '../../../shared/draw/space-layer.ts';
import { HIDDEN, PLAIN } from '../../../shared/draw/space-shades.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import type { TrackSelection } from '../../../shared/model/track-selection.ts';
import type { ParticleDisplay } from '../../stores/particle-display.ts';
import { VELOCITY } from './layer-plan.ts';
import type { StoredLayer } from './layer-store.ts';

/** What hides particles. Equal keys hide the same. */
export interface Hiding {
  readonly key: string;
  /** 1 = drawn, by track number; absent = all. */
  readonly mask?: Uint8Array;
  readonly untracked: boolean;
  /** Boxes of it in scaled units. */
  readonly selection: TrackSelection;
  readonly clip?: NonNullable<ParticleDisplay['clip']>;
}

/** What colours them. Equal keys colour the same. */
export interface Painting {
  readonly key: string;
  readonly column?: string;
  readonly scale?: PreparedScale;
  /** From velocities to lengths on the axes. */
  readonly perScaled: readonly [x: number, y: number, z: number];
}

interface Made {
  hidingKey?: string;
  visible?: Uint8Array;
  amount: number;
  layer?: SpaceLayer;
  /** What `layer` was made from. */
  paintKey?: string;
  values?: Float32Array | undefined;
  velocity?: Float32Array | undefined;
}

/** Kept as long as the layers are: turning the camera makes nothing anew. */
const made = new WeakMap<StoredLayer, Made>();

function madeOf(layer: StoredLayer): Made {
  const known = made.get(layer) ?? { amount: 0 };
  made.set(layer, known);
  return known;
}

/** Which particles of a layer are drawn (1), and how many. */
export function visibleOf(layer: StoredLayer, hiding: Hiding): { readonly visible: Uint8Array; readonly amount: number } {
  const own = madeOf(layer);
  if (own.visible && own.hidingKey === hiding.key) return { visible: own.visible, amount: own.amount };
  const visible = own.visible ?? new Uint8Array(layer.count);
  own.amount = hide(layer, hiding, visible);
  own.visible = visible;
  own.hidingKey = hiding.key;
  delete own.paintKey;
  return { visible, amount: own.amount };
}

function hide(layer: StoredLayer, { mask, untracked, selection, clip }: Hiding, visible: Uint8Array): number {
  const { count, track, positions, columns, every } = layer;
  const [lx, ly, lz] = clip?.low ?? LOWEST;
  const [hx, hy, hz] = clip?.high ?? HIGHEST;
  let amount = 0;
  let order = 0;
  let at = 0;
  const value = (name: string): number => columns.get(name)?.[at] ?? Number.NaN;
  for (let i = 0; i < count; i++) {
    const id = track[i]!;
    const x = positions[3 * i]!;
    const y = positions[3 * i + 1]!;
    const z = positions[3 * i + 2]!;
    let shown = x >= lx && x <= hx && y >= ly && y <= hy && z >= lz && z <= hz && x - x + y - y + z - z === 0;
    if (id === NO_TRACK) {
      at = i;
      shown &&= untracked && passingParticle(selection, order * every, value);
      order++;
    } else if (mask) {
      shown &&= mask[id] === 1;
    }
    visible[i] = shown ? 1 : 0;
    if (shown) amount++;
  }
  return amount;
}

const LOWEST = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY] as const;
const HIGHEST = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** The layer ready to be drawn; the same object as long as hiding and colours are the same. */
export function paintedLayer(layer: StoredLayer, hiding: Hiding, { key, column, scale, perScaled }: Painting): SpaceLayer {
  const { visible } = visibleOf(layer, hiding);
  const own = madeOf(layer);
  const values = column === undefined ? undefined : layer.columns.get(column);
  const velocity = layer.columns.get(VELOCITY[0]);
  if (own.layer && own.paintKey === key && own.values === values && own.velocity === velocity) return own.layer;
  const codes = own.layer?.codes ?? new Uint16Array(layer.count);
  for (let i = 0; i < layer.count; i++) codes[i] = visible[i] === 0 ? HIDDEN : values && scale ? colorIndex(scale, values[i]!) : PLAIN;
  const vectors = own.layer?.vectors && own.velocity === velocity ? own.layer.vectors : vectorsOf(layer, perScaled);
  own.layer = {
    count: layer.count,
    positions: layer.positions,
    codes,
    track: layer.track,
    next: layer.next,
    ...(vectors ? { vectors } : {}),
  };
  own.paintKey = key;
  own.values = values;
  own.velocity = velocity;
  return own.layer;
}

function vectorsOf({ columns, count }: StoredLayer, [fx, fy, fz]: Painting['perScaled']): Float32Array | undefined {
  const [u, v, w] = VELOCITY.map((name) => columns.get(name));
  if (!u || !v || !w) return undefined;
  const vectors = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    vectors[3 * i] = u[i]! * fx;
    vectors[3 * i + 1] = v[i]! * fy;
    vectors[3 * i + 2] = w[i]! * fz;
  }
  return vectors;
}

/** Values of the visible particles, at most about `most` of them, evenly taken. */
export function visibleValues(layers: readonly StoredLayer[], hiding: Hiding, column: string, most: number): Float32Array {
  const total = layers.reduce((sum, layer) => sum + visibleOf(layer, hiding).amount, 0);
  const every = Math.max(1, Math.ceil(total / most));
  const values = new Float32Array(Math.ceil(total / every));
  let [seen, taken] = [0, 0];
  for (const layer of layers) {
    const { visible } = visibleOf(layer, hiding);
    const data = layer.columns.get(column);
    for (let i = 0; i < layer.count; i++) {
      if (visible[i] === 1 && seen++ % every === 0) values[taken++] = data ? data[i]! : Number.NaN;
    }
  }
  return values;
}
