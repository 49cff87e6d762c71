import { describe, expect, test } from 'vitest';
import { withMotion } from '../../../main/host/chain/particles/with-motion.ts';
import { particleColumns } from '../../../shared/compute/particles/columns.ts';
import { axisFactors, unitWarnings } from '../../../shared/compute/particles/length-units.ts';
import { readTrackPoints } from '../../../shared/compute/particles/track-points.ts';
import { DIFFERENCE } from '../../../shared/model/track-selection.ts';
import { unitScale, type FrameScales } from '../../../shared/model/scale.ts';
import { madeParticles } from '../../support/made-particles.ts';

const scalesIn = (x: string, y: string, z: string): FrameScales => ({
  x: unitScale(x),
  y: unitScale(y),
  z: unitScale(z),
  i: unitScale('counts'),
});

/** A straight track: 1 in x, 2 in y and 3 in z a millisecond, in the stored numbers. */
function set(scales: FrameScales) {
  return madeParticles({ steps: 3, scales, tracks: [{ start: 0, points: [0, 1, 2].map((t) => [t, 2 * t, 3 * t, 1]) }] });
}

const SPEED = 1000 * Math.hypot(1, 2e-3, 3e3);

describe('axes in several units', () => {
  test.each([
    ['mm', 'mm', 'mm', [1, 1, 1]],
    ['mm', 'µm', 'm', [1, 1e-3, 1e3]],
    ['m', 'μm', 'um', [1, 1e-6, 1e-6]],
    ['in', 'mm', 'cm', [1, 1 / 25.4, 1 / 2.54]],
    ['nm', 'km', 'nm', [1, 1e12, 1]],
    ['', 'voxel', ' ', [1, 1, 1]],
    ['pixel', 'pixel', 'pixel', [1, 1, 1]],
  ])('%s, %s, %s', (x, y, z, factors) => {
    const found = axisFactors(scalesIn(x, y, z));
    factors.forEach((factor, i) => expect((found?.[i] ?? Number.NaN) / factor).toBeCloseTo(1, 12));
    expect(unitWarnings(scalesIn(x, y, z), '')).toEqual([]);
  });

  test.each([
    ['mm', 'voxel', 'mm'],
    ['mm', 'mm', ''],
    ['mm', 's', 'mm'],
  ])('%s, %s, %s have nothing in common', (x, y, z) => {
    expect(axisFactors(scalesIn(x, y, z))).toBeUndefined();
    expect(unitWarnings(scalesIn(x, y, z), 'a')).toMatchObject([
      { code: 'mixed-units', message: expect.stringContaining('no common unit') },
    ]);
  });

  test('motion is in the unit of x, along tracks and in steps', async () => {
    const source = set(scalesIn('mm', 'µm', 'm'));
    const { columns } = await readTrackPoints(source, 0, ['u', 'v', 'w', 'speed'], DIFFERENCE, {});
    [1000, 2, 3e6, SPEED].forEach((value, k) => expect((columns[k]?.[1] as number) / value).toBeCloseTo(1, 6));
    const moving = withMotion(source, ['speed', 'curvature'], DIFFERENCE);
    expect(moving.info.scalars.map(({ scale }) => scale.unit)).toEqual(['mm/s', '1/mm']);
    expect(((await moving.step(1, 0)).scalars[0]?.[0] as number) / SPEED).toBeCloseTo(1, 6);
    expect(((await moving.track(0)).scalars[0]?.[1] as number) / SPEED).toBeCloseTo(1, 6);
  });

  test('without a common unit there is what one axis tells', async () => {
    const source = set(scalesIn('mm', 's', 'm'));
    const motion = particleColumns(source.info).filter(({ kind }) => kind === 'motion');
    expect(motion.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['u mm/s', 'v s/s', 'w m/s', 'ax mm/s²', 'ay s/s²', 'az m/s²']);
    expect(withMotion(source, ['w'], DIFFERENCE).info.scalars[0]?.scale.unit).toBe('m/s');
    expect(() => withMotion(source, ['speed'], DIFFERENCE)).toThrow(
      'have no speed: x is in mm, y in s, z in m, which have no common unit.',
    );
  });
});
