import type { ParticleDatasetInfo } from '../../model/dataset.ts';
import type { FrameScales } from '../../model/scale.ts';
import { axisFactors, lengthUnit } from './length-units.ts';

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
export function particleColumns({
  scales,
  scalars,
  tracks,
}: Pick<ParticleDatasetInfo, 'scales' | 'scalars' | 'tracks'>): readonly ParticleColumn[] {
  const columns: ParticleColumn[] = [
    ...AXES.map((name) => ({ name, unit: scales[name].unit, kind: 'stored' as const })),
    { name: 'intensity', unit: scales.i.unit, kind: 'stored' },
    ...scalarNames(scalars).map((name, k) => ({ name, unit: scalars[k]!.scale.unit, kind: 'stored' as const })),
  ];
  if (tracks === 0) return columns;
  const taken = new Set(columns.map(({ name }) => name));
  const more: ParticleColumn[] = [
    ...MOTION_COLUMNS.filter((name) => hasMotion(name, scales)).map((name) => ({
      name,
      unit: motionUnit(name, scales),
      kind: 'motion' as const,
    })),
    { name: 'id', unit: '', kind: 'track' },
    { name: 'length', unit: '', kind: 'track' },
  ];
  return [...columns, ...more.filter(({ name }) => !taken.has(name))];
}

/** Never those of scalars: a scalar of the same name is found by a name of its own. */
const RESERVED = [...AXES, 'intensity', 'id', 'length'];

/** Column names of scalars, in their order: without a name one by their number, and of a name that is taken the next one (x_2). */
export function scalarNames(scalars: readonly { readonly name: string }[]): readonly string[] {
  const taken = new Set<string>(RESERVED);
  return scalars.map(({ name: stored }, k) => {
    const name = stored === '' ? `scalar_${k}` : stored;
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
    taken.add(free);
    return free;
  });
}

const AXIS_OF: Readonly<Partial<Record<MotionColumn, 'x' | 'y' | 'z'>>> = { u: 'x', v: 'y', w: 'z', ax: 'x', ay: 'y', az: 'z' };

/** What several axes make together needs a unit that they have in common. */
export function hasMotion(name: MotionColumn, scales: Pick<FrameScales, 'x' | 'y' | 'z'>): boolean {
  return AXIS_OF[name] !== undefined || axisFactors(scales) !== undefined;
}

/** In the unit of x where those of the axes have something in common, otherwise in that of its axis; voxels where there is none. */
export function motionUnit(name: MotionColumn, scales: Pick<FrameScales, 'x' | 'y' | 'z'>): string {
  const unit = lengthUnit(scales[axisFactors(scales) ? 'x' : (AXIS_OF[name] ?? 'x')].unit);
  if (name === 'curvature') return `1/${unit}`;
  return name.startsWith('a') ? `${unit}/s²` : `${unit}/s`;
}
