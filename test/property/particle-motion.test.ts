import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStencils, halfOf, reachOf } from '../../shared/compute/particles/stencil.ts';
import { layerMotion, trackMotion } from '../../shared/compute/particles/motion.ts';
import { MOTION_COLUMNS, type MotionColumn } from '../../shared/compute/particles/columns.ts';
import type { Differentiation } from '../../shared/model/track-selection.ts';
import { NO_TRACK } from '../../shared/model/particles.ts';

type Curve = (t: number) => readonly [x: number, y: number, z: number];

/** Times that ascend in unequal steps, eighths of a second: squares of them have no more digits than f4. */
const unequalTimes = fc.array(fc.integer({ min: 2, max: 24 }), { minLength: 4, maxLength: 14 }).map((gaps) => {
  let time = 0;
  return Float64Array.from(gaps, (gap) => (time += gap / 8));
});

function motionOf(
  times: Float64Array,
  curve: Curve,
  names: readonly MotionColumn[],
  differentiation: Differentiation,
): readonly Float64Array[] {
  const reach = reachOf(differentiation, true);
  const xyz = Float32Array.from([...times].flatMap((time) => [...curve(time)]));
  return trackMotion(xyz, 0, reach, createStencils(times, differentiation, reach), [1, 1, 1], names);
}

describe('motion along a track', () => {
  test('fits give polynomials of their order exactly, also at the ends and for unequal steps', () => {
    const coefficient = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(
        unequalTimes,
        fc.constantFrom(2 as const, 3 as const),
        fc.constantFrom(5, 7, 9),
        coefficient,
        coefficient,
        coefficient,
        (times, order, length, a, b, c) => {
          const cubic = order === 3 ? c : 0;
          const [u, ax] = motionOf(times, (t) => [a * t + b * t * t + cubic * t ** 3, 0, 0], ['u', 'ax'], { method: 'fit', order, length });
          const errors = [...times].flatMap((t, i) => [
            (u?.[i] as number) - (a + 2 * b * t + 3 * cubic * t * t),
            (ax?.[i] as number) - (2 * b + 6 * cubic * t),
          ]);
          // One check a run: thousands of them take longer than the motion.
          expect(Math.max(...errors.map(Math.abs))).toBeLessThan(1e-3 * (1 + Math.max(...times) ** 3));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('differences give straight lines exactly, parabolas away from the ends', () => {
    fc.assert(
      fc.property(unequalTimes, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (times, a, b) => {
        const [u, v, ax, ay] = motionOf(times, (t) => [a * t, b * t * t, 0], ['u', 'v', 'ax', 'ay'], { method: 'difference' });
        const isInside = (i: number): boolean => i > 0 && i < times.length - 1;
        const errors = [...times].flatMap((t, i) => [
          (u?.[i] as number) - a,
          ax?.[i] as number,
          (ay?.[i] as number) - 2 * b,
          isInside(i) ? (v?.[i] as number) - 2 * b * t : 0,
        ]);
        expect(Math.max(...errors.map(Math.abs))).toBeLessThan(5e-10);
      }),
      { numRuns: 50 },
    );
  });

  test('curvature and speed of a helix', () => {
    const [radius, pitch, turn] = [3, 0.5, 2];
    const times = Float64Array.from({ length: 400 }, (_, i) => 0.002 * i);
    const helix: Curve = (t) => [radius * Math.cos(turn * t), radius * Math.sin(turn * t), pitch * t];
    for (const differentiation of [{ method: 'difference' }, { method: 'fit', order: 3, length: 21 }] as const) {
      const reach = reachOf(differentiation, true);
      const exact = Float32Array.from([...times].flatMap((time) => [...helix(time)]).map((value) => Math.round(value * 1e6) / 1e6));
      const [speed, curvature] = trackMotion(
        exact,
        0,
        reach,
        createStencils(times, differentiation, reach),
        [1, 1, 1],
        ['speed', 'curvature'],
      );
      const square = (radius * turn) ** 2 + pitch ** 2;
      expect(speed?.[200]).toBeCloseTo(Math.sqrt(square), 2);
      // f4 positions leave about 1e-7 / dt^2 of noise in differences; a fit takes most of it out.
      if (differentiation.method === 'fit') expect(curvature?.[200]).toBeCloseTo((radius * turn * turn) / square, 2);
    }
  });

  test('slopes are applied, also negative ones', () => {
    const times = Float64Array.of(0, 1, 2);
    const xyz = Float32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2);
    const motion = trackMotion(xyz, 0, 1, createStencils(times, { method: 'difference' }, 1), [2, -3, 0.5], ['u', 'v', 'w', 'speed']);
    expect(motion.map((values) => [...values])).toEqual([
      [2, 2, 2],
      [-3, -3, -3],
      [0.5, 0.5, 0.5],
      [1, 1, 1].map(() => Math.sqrt(4 + 9 + 0.25)),
    ]);
  });

  test('a gap ends the track on both sides of it', () => {
    const gap = Number.NaN;
    const xyz = Float32Array.of(0, 0, 0, 2, 0, 0, gap, gap, gap, 10, 0, 0, 11, 0, 0, gap, gap, gap, 5, 0, 0);
    const [u] = trackMotion(xyz, 0, 1, createStencils(Float64Array.of(0, 1, 2, 3, 4, 5, 6), { method: 'difference' }, 1), [1, 1, 1], ['u']);
    expect([...(u as Float64Array)]).toEqual([2, 2, Number.NaN, 1, 1, Number.NaN, Number.NaN]);
  });
});

test('layers and single tracks agree', () => {
  const track = fc.record({
    start: fc.integer({ min: 0, max: 8 }),
    length: fc.integer({ min: 1, max: 9 }),
    gaps: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 2 }),
  });
  const differentiation = fc.constantFrom<Differentiation>(
    { method: 'difference' },
    { method: 'fit', order: 2, length: 3 },
    { method: 'fit', order: 1, length: 5 },
    { method: 'fit', order: 3, length: 5 },
  );
  fc.assert(
    fc.property(
      fc.array(track, { minLength: 1, maxLength: 6 }),
      differentiation,
      fc.infiniteStream(fc.float({ min: -100, max: 100, noNaN: true })),
      (tracks, method, random) => {
        const steps = 17;
        const times = Float64Array.from({ length: steps }, (_, s) => s + 0.3 * (s % 3));
        const points = tracks.map(({ length, gaps }) =>
          Float32Array.from({ length: 3 * length }, (_, i) =>
            gaps.includes(Math.floor(i / 3)) ? Number.NaN : (random.next().value as number),
          ),
        );
        const sets = Array.from({ length: steps }, (_, s) => {
          const here = tracks.flatMap(({ start, length }, id) =>
            s >= start && s < start + length && !Number.isNaN(points[id]?.[3 * (s - start)]) ? [id] : [],
          );
          return {
            track: Uint32Array.from([...here, NO_TRACK]),
            xyz: Float32Array.from([
              ...here.flatMap((id) => [
                ...(points[id] as Float32Array).subarray(
                  3 * (s - (tracks[id]?.start as number)),
                  3 * (s - (tracks[id]?.start as number)) + 3,
                ),
              ]),
              1,
              2,
              3,
            ]),
          };
        });
        const reach = reachOf(method, true);
        const stencils = createStencils(times, method, reach);
        const alone = tracks.map(({ start }, id) =>
          trackMotion(points[id] as Float32Array, start, reach, stencils, [1, 2, 3], MOTION_COLUMNS),
        );
        sets.forEach((set, s) => {
          const window = Array.from({ length: 2 * reach + 1 }, (_, k) => sets[s - reach + k]);
          const layer = layerMotion(window, halfOf(method), s, stencils, [1, 2, 3], MOTION_COLUMNS);
          const expected = MOTION_COLUMNS.map((_, k) =>
            Float32Array.from(set.track, (id) =>
              id === NO_TRACK ? Number.NaN : (alone[id]?.[k]?.[s - (tracks[id]?.start as number)] as number),
            ),
          );
          expect(layer).toEqual(expected);
        });
      },
    ),
    { numRuns: 40 },
  );
});
