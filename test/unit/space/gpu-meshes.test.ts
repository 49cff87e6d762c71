import { describe, expect, test, vi } from 'vitest';
import { gpuMeshes } from '../../../renderer/draw-worker/particles/gpu-meshes.ts';
import { HIDDEN } from '../../../shared/draw/space-shades.ts';
import { NO_TRACK } from '../../../shared/model/particles.ts';
import { BLUE, GREEN, lastOf, layerOf, RED } from '../../support/space-layers.ts';

const from = layerOf(
  [
    [0, 0, 0],
    [1, 0, 0],
    [2, 0, 0],
  ],
  [RED, GREEN, HIDDEN],
  { next: Uint32Array.of(1, NO_TRACK, 0) },
);
const to = lastOf(
  layerOf(
    [
      [5, 5, 5],
      [6, 6, 6],
    ],
    [BLUE, GREEN],
  ),
);
const codesOf = (geometry: { getAttribute(name: string): unknown }): number[] => [
  ...(geometry.getAttribute('code') as { array: Uint16Array }).array,
];

describe('meshes of layers', () => {
  test('lines connect the particles of the same tracks, coloured as the later ones', () => {
    const geometry = gpuMeshes().links({ from, to, opacity: 1 });
    expect(geometry.instanceCount).toBe(2);
    expect([...geometry.getAttribute('begin').array]).toEqual([0, 0, 0, 2, 0, 0]);
    expect([...geometry.getAttribute('end').array]).toEqual([6, 6, 6, 5, 5, 5]);
    expect(codesOf(geometry)).toEqual([GREEN, HIDDEN]);
  });

  test('other colours change the codes only, other neighbours the whole mesh', () => {
    const meshes = gpuMeshes();
    const geometry = meshes.links({ from, to, opacity: 1 });
    const recoloured = { ...to, codes: Uint16Array.of(RED, RED) };
    expect(meshes.links({ from, to: recoloured, opacity: 1 })).toBe(geometry);
    expect(codesOf(geometry)).toEqual([RED, HIDDEN]);
    expect(meshes.links({ from, to: { ...to, positions: to.positions.slice() }, opacity: 1 })).not.toBe(geometry);
    const points = meshes.points(from);
    expect(meshes.points({ ...from, codes: Uint16Array.of(BLUE, BLUE, BLUE) })).toBe(points);
    expect(codesOf(points)).toEqual([BLUE, BLUE, BLUE]);
  });

  test('arrows need vectors; what no picture uses any more is freed', () => {
    const meshes = gpuMeshes();
    expect(meshes.arrows(from)).toBeUndefined();
    expect(meshes.arrows({ ...from, vectors: new Float32Array(9) })?.instanceCount).toBe(3);
    const [kept, left] = [meshes.points(from), meshes.points(to)];
    const freed = vi.fn();
    left.addEventListener('dispose', freed);
    meshes.sweep();
    meshes.points(from);
    meshes.sweep();
    expect(freed).toHaveBeenCalledOnce();
    expect(meshes.points(from)).toBe(kept);
  });
});
