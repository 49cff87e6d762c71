import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';

export type Cells = readonly [x: number, y: number, z: number];

/** Particles that a cell shall have: enough for a mean, few enough to resolve. */
const WANTED = 20;
/** More cells than this are a choice, not a proposal. */
const MOST = 2_000_000;

/** Cells of about equal sides that hold as many particles as a mean needs, where so many steps make up a buffer. */
export function proposedCells(info: ParticleDatasetInfo, perBuffer: number): Cells {
  const { low, high } = particleAxes(info).box;
  const sides = low.map((end, axis) => high[axis]! - end);
  const perStep = info.particles / Math.max(1, info.steps);
  const total = Math.min(MOST, Math.max(1, (perStep * perBuffer) / WANTED));
  const side = Math.cbrt((sides[0]! * sides[1]! * sides[2]!) / total);
  return sides.map((length) => Math.max(1, Math.round(length / side))) as unknown as Cells;
}
