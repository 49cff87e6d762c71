import type { ParticleDatasetInfo } from '../../model/dataset.ts';

/** A number that every particle has. */
export interface ParticleColumn {
  readonly name: string;
  /** Of the scaled value. */
  readonly unit: string;
  /** stored: in the files; motion: from the neighbours on the track; track: a fact of the whole track. */
  readonly kind: 'stored' | 'motion' | 'track';
}

/** Names of what is computed along tracks; a stored scalar of the same name takes precedence. */
export const MOTION_COLUMNS = ['u', 'v', 'w', 'speed', 'ax', 'ay', 'az', 'acceleration', 'curvature'] as const;
export type MotionColumn = (typeof MOTION_COLUMNS)[number];

const AXES = ['x', 'y', 'z'] as const;

/** All columns of a set: x, y, z, intensity, its scalars; then motion and facts of tracks where it has tracks. */
export function particleColumns({ scales, scalars, tracks }: Pick<ParticleDatasetInfo, 'scales' | 'scalars' | 'tracks'>): readonly ParticleColumn[] {
  const columns: ParticleColumn[] = [
    ...AXES.map((name) => ({ name, unit: scales[name].unit, kind: 'stored' as const })),
    { name: 'intensity', unit: scales.i.unit, kind: 'stored' },
    ...scalars.map(({ name, scale }, k) => ({ name: scalarName(name, k), unit: scale.unit, kind: 'stored' as const })),
  ];
  if (tracks === 0) return columns;
  const taken = new Set(columns.map(({ name }) => name));
  const more: ParticleColumn[] = [
    ...MOTION_COLUMNS.map((name) => ({ name, unit: motionUnit(name, scales.x.unit), kind: 'motion' as const })),
    { name: 'id', unit: '', kind: 'track' },
    { name: 'length', unit: '', kind: 'track' },
  ];
  return [...columns, ...more.filter(({ name }) => !taken.has(name))];
}

/** Scalars without a name get one by their number. */
export function scalarName(name: string, k: number): string {
  return name === '' ? `scalar_${k}` : name;
}

/** Per second where the axes have a unit of length. */
export function motionUnit(name: MotionColumn, length: string): string {
  const unit = length === '' ? 'voxel' : length;
  if (name === 'curvature') return `1/${unit}`;
  return name.startsWith('a') ? `${unit}/s²` : `${unit}/s`;
}
