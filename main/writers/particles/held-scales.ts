import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { applyScale, type Scale } from '../../../shared/model/scale.ts';
import type { Losses } from '../losses.ts';

/**
 * The facts by which scaled values are read back. Nothing can be computed back from values of a scale with the slope 0, which are all the same:
 * they are then kept themselves.
 */
export function heldScales(info: ParticleDatasetInfo, losses: Losses): ParticleDatasetInfo {
  const held = (scale: Scale, name: string): Scale => {
    if (scale.slope !== 0) return scale;
    losses.add(`Stored numbers of ${name}: its scale has the slope 0, by which all values are the same.`);
    return { ...scale, slope: 1, offset: 0 };
  };
  const { x, y, z, i } = info.scales;
  const bounds = [x, y, z, x, y, z].map((scale, at) =>
    scale.slope === 0 ? applyScale(scale, info.bounds[at] ?? 0) : (info.bounds[at] ?? 0),
  );
  return {
    ...info,
    bounds,
    scales: { x: held(x, 'x'), y: held(y, 'y'), z: held(z, 'z'), i: held(i, 'intensity') },
    scalars: info.scalars.map(({ name, scale }) => ({ name, scale: held(scale, name) })),
  };
}
