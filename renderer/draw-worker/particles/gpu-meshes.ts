import { BufferAttribute, BufferGeometry, InstancedBufferAttribute, InstancedBufferGeometry } from 'three';
import type { SpaceLayer, SpaceLink } from '../../../shared/draw/space-layer.ts';
import { HIDDEN } from '../../../shared/draw/space-shades.ts';

/** Buffers of layers on the GPU: places are uploaded once, codes when they change. */
export interface GpuMeshes {
  points(layer: SpaceLayer): BufferGeometry;
  links(link: SpaceLink): InstancedBufferGeometry;
  arrows(layer: SpaceLayer): InstancedBufferGeometry | undefined;
  /** Frees what no picture has used since the last call. */
  sweep(): void;
  close(): void;
}

interface Kept<G> {
  readonly geometry: G;
  /** What the codes were made from. */
  made: unknown;
  used: boolean;
}

export function gpuMeshes(): GpuMeshes {
  const points = new Map<Float32Array, Kept<BufferGeometry>>();
  const links = new Map<Float32Array, Kept<InstancedBufferGeometry> & { readonly to: Float32Array; readonly indices: Uint32Array }>();
  const arrows = new Map<Float32Array, Kept<InstancedBufferGeometry>>();
  const all = [points, links, arrows] as const;
  return {
    points(layer) {
      const known = points.get(layer.positions) ?? { geometry: pointGeometry(layer), made: undefined, used: true };
      points.set(layer.positions, known);
      known.used = true;
      if (known.made !== layer) setCodes(known.geometry, layer.codes);
      known.made = layer;
      return known.geometry;
    },
    links({ from, to }) {
      const before = links.get(from.positions);
      if (before && before.to !== to.positions) before.geometry.dispose();
      const known =
        before?.to === to.positions ? before : { ...linkGeometry(from, to), to: to.positions, made: undefined as unknown, used: true };
      links.set(from.positions, known);
      known.used = true;
      const made = known.made as readonly [SpaceLayer, SpaceLayer] | undefined;
      if (made?.[0] !== from || made[1] !== to) setCodes(known.geometry, linkCodes(from, to, known.indices));
      known.made = [from, to];
      return known.geometry;
    },
    arrows(layer) {
      if (!layer.vectors) return undefined;
      const known = arrows.get(layer.vectors) ?? { geometry: arrowGeometry(layer, layer.vectors), made: undefined, used: true };
      arrows.set(layer.vectors, known);
      known.used = true;
      if (known.made !== layer) setCodes(known.geometry, layer.codes);
      known.made = layer;
      return known.geometry;
    },
    sweep() {
      for (const kept of all) {
        for (const [key, one] of kept) {
          if (!one.used) {
            one.geometry.dispose();
            kept.delete(key);
          }
          one.used = false;
        }
      }
    },
    close() {
      for (const kept of all) {
        for (const { geometry } of kept.values()) geometry.dispose();
        kept.clear();
      }
    },
  };
}

/** In half the bytes of floats; they become floats in the shader. */
function setCodes(geometry: BufferGeometry, codes: Uint16Array): void {
  const attribute = geometry.getAttribute('code') as BufferAttribute;
  (attribute.array as Uint16Array).set(codes);
  attribute.needsUpdate = true;
}

function pointGeometry({ positions, count }: SpaceLayer): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('code', new BufferAttribute(new Uint16Array(count), 1));
  return geometry;
}

/** Ends and sides of one stroke after the other. */
function strokes(amount: number): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  const corners = Array.from({ length: amount }, (_, stroke) => [
    [0, -1, stroke],
    [0, 1, stroke],
    [1, -1, stroke],
    [1, 1, stroke],
  ]).flat(2);
  geometry.setAttribute('corner', new BufferAttribute(Float32Array.from(corners), 3));
  geometry.setIndex(Array.from({ length: amount }, (_, stroke) => [0, 1, 2, 2, 1, 3].map((corner) => 4 * stroke + corner)).flat());
  return geometry;
}

function linkGeometry(from: SpaceLayer, to: SpaceLayer): { readonly geometry: InstancedBufferGeometry; readonly indices: Uint32Array } {
  const indices = Uint32Array.from({ length: from.count }, (_, i) => i).filter((i) => from.next[i]! < to.count);
  const [begin, end] = [new Float32Array(3 * indices.length), new Float32Array(3 * indices.length)];
  for (let k = 0; k < indices.length; k++) {
    const [i, j] = [3 * indices[k]!, 3 * from.next[indices[k]!]!];
    for (let axis = 0; axis < 3; axis++) {
      begin[3 * k + axis] = from.positions[i + axis]!;
      end[3 * k + axis] = to.positions[j + axis]!;
    }
  }
  const geometry = strokes(1);
  geometry.setAttribute('begin', new InstancedBufferAttribute(begin, 3));
  geometry.setAttribute('end', new InstancedBufferAttribute(end, 3));
  geometry.setAttribute('code', new InstancedBufferAttribute(new Uint16Array(indices.length), 1));
  geometry.instanceCount = indices.length;
  return { geometry, indices };
}

/** Of the later ends; hidden where one of the two is. */
function linkCodes({ codes, next }: SpaceLayer, to: SpaceLayer, indices: Uint32Array): Uint16Array {
  return Uint16Array.from(indices, (i) => (codes[i] === HIDDEN ? HIDDEN : to.codes[next[i]!]!));
}

function arrowGeometry({ positions, count }: SpaceLayer, vectors: Float32Array): InstancedBufferGeometry {
  const geometry = strokes(3);
  geometry.setAttribute('begin', new InstancedBufferAttribute(positions, 3));
  geometry.setAttribute('vector', new InstancedBufferAttribute(vectors, 3));
  geometry.setAttribute('code', new InstancedBufferAttribute(new Uint16Array(count), 1));
  geometry.instanceCount = count;
  return geometry;
}
