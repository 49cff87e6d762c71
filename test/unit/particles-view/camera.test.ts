import { describe, expect, it } from 'vitest';
import { boxCorners, planeOf, projectSpace, spaceMatrix, viewAlong } from '../../../shared/draw/space-camera.ts';
import { FIRST_CAMERA } from '../../../renderer/stores/camera.ts';
import { panned, turned, wholeBox, zoomedAt } from '../../../renderer/views/space/camera-moves.ts';

const BOX = { low: [-10, -5, 0], high: [30, 25, 8] } as const;
const AREA = { width: 800, height: 500 };

describe('the camera of particles', () => {
  it('keeps what lies at the pointer where it is while it zooms', () => {
    const camera = { ...FIRST_CAMERA, panX: 0.1, panY: -0.05 };
    const point = [12, 3, 5] as const;
    const [x, y] = projectSpace(spaceMatrix(BOX, camera, AREA), ...point);
    const nearer = zoomedAt(camera, 3.7, { x, y }, AREA);
    const [x2, y2] = projectSpace(spaceMatrix(BOX, nearer, AREA), ...point);
    expect(nearer.magnification).toBeCloseTo(3.7);
    expect([x2, y2]).toEqual([expect.closeTo(x, 6), expect.closeTo(y, 6)]);
  });

  it('stops at the largest magnification without shifting the picture', () => {
    const camera = { ...FIRST_CAMERA, magnification: 200 };
    expect(zoomedAt(camera, 2, { x: 10, y: 10 }, AREA)).toEqual(camera);
  });

  it('shifts by as many pixels as the pointer moves', () => {
    const [x, y] = projectSpace(spaceMatrix(BOX, FIRST_CAMERA, AREA), 0, 0, 0);
    const [x2, y2] = projectSpace(spaceMatrix(BOX, panned(FIRST_CAMERA, 31, -12, AREA), AREA), 0, 0, 0);
    expect([x2 - x, y2 - y]).toEqual([expect.closeTo(31, 6), expect.closeTo(-12, 6)]);
  });

  it('never turns over the top', () => {
    expect(turned(FIRST_CAMERA, 0, 10).tilt).toBe(Math.PI / 2);
    expect(turned(FIRST_CAMERA, 0, -10).tilt).toBe(-Math.PI / 2);
  });

  it('knows the plane that it shows, and none where it is turned or in perspective', () => {
    const along = { ...FIRST_CAMERA, ...viewAlong('y') };
    expect(planeOf(along)).toBe('xz');
    expect(planeOf({ ...along, perspective: true })).toBeUndefined();
    expect(planeOf(turned(along, 0.1, 0))).toBeUndefined();
  });
});

describe('the whole box', () => {
  it.each([
    ['space', FIRST_CAMERA],
    ['perspective', { ...FIRST_CAMERA, perspective: true }],
    ['plane', { ...FIRST_CAMERA, ...viewAlong('z') }],
  ] as const)('leaves room for the axes (%s)', (_, camera) => {
    const whole = { ...camera, ...wholeBox(BOX, camera, AREA) };
    const ends = boxCorners(BOX).map((corner) => projectSpace(spaceMatrix(BOX, whole, AREA), ...corner));
    const [left, right] = [Math.min(...ends.map(([x]) => x)), Math.max(...ends.map(([x]) => x))];
    const [top, bottom] = [Math.min(...ends.map(([, y]) => y)), Math.max(...ends.map(([, y]) => y))];
    expect(left).toBeGreaterThanOrEqual(58);
    expect(right).toBeLessThanOrEqual(AREA.width - 20);
    expect(top).toBeGreaterThanOrEqual(15);
    expect(bottom).toBeLessThanOrEqual(AREA.height - 46);
    // One direction is filled.
    expect(Math.max((right - left) / (AREA.width - 124), (bottom - top) / (AREA.height - 84))).toBeGreaterThan(0.99);
  });
});
