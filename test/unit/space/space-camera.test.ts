import { describe, expect, test } from 'vitest';
import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import { boxFaces, gridLines, spaceEdges, spaceTicks } from '../../../shared/draw/space-box.ts';
import {
  boxCorners,
  fillingMagnification,
  projectSpace,
  spaceMatrix,
  spaceScale,
  viewAlong,
  type Box,
  type SpaceCamera,
} from '../../../shared/draw/space-camera.ts';
import { unitScale } from '../../../shared/model/scale.ts';

const box: Box = { low: [-3, 0, 1], high: [5, 2, 3] };
const size = { width: 300, height: 200 };
const camera: SpaceCamera = { turn: 0.7, tilt: 0.3, magnification: 1, panX: 0, panY: 0, perspective: false };

describe('camera in space', () => {
  test('from the front x goes right, y up and z towards the viewer', () => {
    const matrix = spaceMatrix(box, { ...camera, turn: 0, tilt: 0 }, size);
    const [x, y, depth] = projectSpace(matrix, 1, 1, 2);
    const places = [
      [2, 1, 2],
      [1, 2, 2],
      [1, 1, 3],
    ] as const;
    const steps = places.map((place) => {
      const [px, py, pd] = projectSpace(matrix, place[0], place[1], place[2]);
      return [px - x, y - py, pd - depth].map((step) => Math.sign(Math.round(step * 1e6)) + 0);
    });
    expect(steps).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  test('turns about the vertical axis, then tilts towards the viewer: as the rotation matrices say, without change of lengths', () => {
    for (const [turn, tilt] of [
      [0, 0],
      [0.7, 0.3],
      [-2, 1.2],
    ] as const) {
      const matrix = spaceMatrix(box, { ...camera, turn, tilt }, size);
      const scale = spaceScale(box, camera, size);
      for (const [x, y, z] of boxCorners(box)) {
        const [cx, cy, cz] = [x - 1, y - 1, z - 2];
        const [tx, tz] = [cx * Math.cos(turn) + cz * Math.sin(turn), cz * Math.cos(turn) - cx * Math.sin(turn)];
        const [ty, near] = [cy * Math.cos(tilt) - tz * Math.sin(tilt), cy * Math.sin(tilt) + tz * Math.cos(tilt)];
        const expected = [150 + scale * tx, 100 - scale * ty, scale * near];
        for (const [index, value] of projectSpace(matrix, x, y, z).entries()) expect(value).toBeCloseTo(expected[index]!, 6);
      }
    }
  });

  test('the middle of the box is in the middle, panned by parts of the smaller side', () => {
    for (const perspective of [false, true]) {
      const [x, y] = projectSpace(spaceMatrix(box, { ...camera, perspective, panX: 0.1, panY: -0.2 }, size), 1, 1, 2);
      expect([x, y]).toEqual([expect.closeTo(170, 6), expect.closeTo(60, 6)]);
    }
  });

  test('in perspective what is nearer is larger, and the middle plane keeps its size', () => {
    const front = { ...camera, turn: 0, tilt: 0 };
    const [flat, deep] = [spaceMatrix(box, front, size), spaceMatrix(box, { ...front, perspective: true }, size)];
    const width = (matrix: Float64Array, z: number): number => projectSpace(matrix, 2, 1, z)[0] - projectSpace(matrix, 1, 1, z)[0];
    expect(width(deep, 2)).toBeCloseTo(width(flat, 2), 6);
    expect(width(deep, 3)).toBeGreaterThan(width(deep, 2));
    expect(width(deep, 1)).toBeLessThan(width(deep, 2));
    expect(projectSpace(deep, 1, 1, 3)[2]).toBeGreaterThan(projectSpace(deep, 1, 1, 1)[2]);
  });

  test('what lies behind the viewer has no place', () => {
    const matrix = spaceMatrix(box, { ...camera, turn: 0, tilt: 0, perspective: true }, size);
    expect(projectSpace(matrix, 1, 1, 1000)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test('views along the axes show the other two to the right and up', () => {
    const seen = (axis: 'x' | 'y' | 'z') => {
      const matrix = spaceMatrix(box, { ...camera, ...viewAlong(axis) }, size);
      const [x0, y0] = projectSpace(matrix, 1, 1, 2);
      const places = [
        [2, 1, 2],
        [1, 2, 2],
        [1, 1, 3],
      ] as const;
      return places.map((place) => {
        const [x, y] = projectSpace(matrix, place[0], place[1], place[2]);
        return [Math.round(x - x0), Math.round(y0 - y)].map((step) => Math.sign(step) + 0);
      });
    };
    expect(seen('z')).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect(seen('y')).toEqual([
      [1, 0],
      [0, 0],
      [0, 1],
    ]);
    expect(seen('x')).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
  });

  test('the filling magnification leaves a border on the tighter side only', () => {
    for (const perspective of [false, true]) {
      const along = { ...camera, ...viewAlong('z'), perspective };
      const matrix = spaceMatrix(box, { ...along, magnification: fillingMagnification(box, along, size) }, size);
      const xs = boxCorners(box).map((corner) => projectSpace(matrix, ...corner)[0]);
      expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo(0.806 * 300, perspective ? -1 : 3);
    }
  });
});

describe('axes of particles', () => {
  const scale = (slope: number, offset: number, unit = 'mm') => ({ slope, offset, unit, description: '' });
  test('are scaled where the units are the same, with low below high also for negative slopes', () => {
    const axes = particleAxes({
      bounds: [0, 0, 0, 10, 20, 30],
      scales: { x: scale(0.5, 1), y: scale(-0.5, 0), z: scale(1, 0), i: unitScale('') },
    });
    expect(axes.box).toEqual({ low: [1, -10, 0], high: [6, 0, 30] });
    expect(axes.units[0]).toBe('mm');
  });
  test('are stored positions otherwise; empty, missing and absurd bounds still make a box', () => {
    const odd = { x: scale(0.5, 1), y: scale(2, 0, 's'), z: scale(1, 0), i: unitScale('') };
    expect(particleAxes({ bounds: [0, 0, 0, 10, 20, 30], scales: odd })).toMatchObject({
      box: { low: [0, 0, 0], high: [10, 20, 30] },
      units: ['', '', ''],
      perScaled: [2, 0.5, 1],
    });
    for (const bounds of [[], [5, 5, 5, 5, 5, 5], [Number.NaN, 0, 0, 1, Number.POSITIVE_INFINITY, 1], [0, 0, 0, 10, 0, 10]]) {
      const { low, high } = particleAxes({ bounds, scales: odd }).box;
      for (const axis of [0, 1, 2]) expect(high[axis]! > low[axis]!).toBe(true);
    }
  });
});

describe('box in space', () => {
  const boxes = (perspective: boolean) => spaceMatrix(box, { ...camera, perspective }, size);
  test('three sides are turned to the viewer, three edges lie in front and six at the outline', () => {
    for (const perspective of [false, true]) {
      const matrix = boxes(perspective);
      expect(boxFaces(matrix, box).filter(({ front }) => front)).toHaveLength(3);
      const edges = spaceEdges(matrix, box);
      expect([edges.length, edges.filter(({ front }) => front).length, edges.filter(({ outline }) => outline).length]).toEqual([12, 3, 6]);
    }
  });
  test('from the front one side is seen; grid lines lie on the ticks of a side', () => {
    const matrix = spaceMatrix(box, { ...camera, ...viewAlong('z') }, size);
    expect(boxFaces(matrix, box).filter(({ front }) => front)).toEqual([{ axis: 2, high: true, front: true }]);
    expect(spaceTicks(box, 0).values).toEqual([-2, 0, 2, 4]);
    for (const [from, to] of gridLines(box, { axis: 2, high: false, front: false })) {
      expect([from[2], to[2]]).toEqual([1, 1]);
      expect(from[0] === to[0] || from[1] === to[1]).toBe(true);
    }
  });
});
