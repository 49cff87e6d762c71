import { DataError } from '../../model/data-error.ts';
import type { ParticleDatasetInfo } from '../../model/dataset.ts';
import type { ParticleSet } from '../../model/particles.ts';
import { applyScale, type Scale } from '../../model/scale.ts';
import { axisUnits } from './length-units.ts';
import { hasMotion, MOTION_COLUMNS, particleColumns, scalarNames, type MotionColumn } from './columns.ts';

/** Where the values of a column come from. */
export type ColumnPlan =
  | { readonly from: 'axis'; readonly axis: 0 | 1 | 2; readonly scale: Scale }
  | { readonly from: 'intensity'; readonly scale: Scale }
  | { readonly from: 'scalar'; readonly scalar: number; readonly scale: Scale }
  | { readonly from: 'motion'; readonly name: MotionColumn }
  | { readonly from: 'id' }
  | { readonly from: 'length' };

/** The stored columns. */
export type StoredPlan = Exclude<ColumnPlan, { readonly from: 'motion' | 'id' | 'length' }>;

type Facts = Pick<ParticleDatasetInfo, 'title' | 'path' | 'scales' | 'scalars' | 'tracks'>;

/** How the named columns of shared/compute/particles/columns are found; `invalid-option` lists those that the set has. */
export function planColumns(info: Facts, names: readonly string[]): readonly ColumnPlan[] {
  return names.map((name) => planColumn(info, name));
}

function planColumn(info: Facts, name: string): ColumnPlan {
  const { scales, scalars } = info;
  if (name === 'x') return { from: 'axis', axis: 0, scale: scales.x };
  if (name === 'y') return { from: 'axis', axis: 1, scale: scales.y };
  if (name === 'z') return { from: 'axis', axis: 2, scale: scales.z };
  if (name === 'intensity') return { from: 'intensity', scale: scales.i };
  const scalar = scalarNames(scalars).indexOf(name);
  if (scalar >= 0) return { from: 'scalar', scalar, scale: scalars[scalar]?.scale as Scale };
  const motion = MOTION_COLUMNS.find((known) => known === name);
  if (info.tracks > 0 && motion && hasMotion(motion, scales)) return { from: 'motion', name: motion };
  if (info.tracks > 0 && (name === 'id' || name === 'length')) return { from: name };
  const known = particleColumns(info)
    .map((column) => column.name)
    .join(', ');
  const what = motion
    ? info.tracks === 0
      ? `${info.title} has no tracks, so its particles have no ${name}.`
      : `The particles of ${info.title} have no ${name}: ${axisUnits(scales)}, which have no common unit.`
    : `The particles of ${info.title} have no column '${name}'.`;
  throw new DataError('invalid-option', what, { path: info.path, field: 'columns', hint: `Columns: ${known}.` });
}

/** Names of the motion columns of a plan, in its order. */
export function motionNames(plan: readonly ColumnPlan[]): readonly MotionColumn[] {
  return plan.flatMap((column) => (column.from === 'motion' ? [column.name] : []));
}

/** What particles of a snapshot and points of a track have in common. */
export type StoredValues = Pick<ParticleSet, 'xyz' | 'intensity' | 'scalars'>;

/** Scaled values of a stored column into `out`, which is as long as there are particles. */
export function fillStored(plan: StoredPlan, { xyz, intensity, scalars }: StoredValues, out: Float32Array | Float64Array): void {
  const { scale } = plan;
  if (plan.from === 'axis') {
    for (let i = 0, at = plan.axis; i < out.length; i++, at += 3) out[i] = applyScale(scale, xyz[at] as number);
    return;
  }
  const values = plan.from === 'intensity' ? intensity : (scalars[plan.scalar] as Float32Array);
  for (let i = 0; i < out.length; i++) out[i] = applyScale(scale, values[i] as number);
}
