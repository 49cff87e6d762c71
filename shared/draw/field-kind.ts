import type { ColorMapName } from '../colors/color-map.ts';
import type { ComponentInfo } from '../model/frames.ts';

/** How the values of a field want to be seen; decides map and levels. */
export type FieldKind = 'intensity' | 'positive' | 'signed' | 'quality' | 'angle' | 'category' | 'color';

/** Map and percentiles of the levels; `dark-centre` stands for the diverging map of the theme. */
export interface FieldColors {
  readonly map: ColorMapName;
  readonly low: number;
  readonly high: number;
  readonly symmetric: boolean;
}

export const FIELD_COLORS: Readonly<Record<FieldKind, FieldColors>> = {
  intensity: { map: 'gray', low: 1, high: 99.8, symmetric: false },
  positive: { map: 'viridis', low: 0, high: 99.8, symmetric: false },
  signed: { map: 'dark-centre', low: 1, high: 99, symmetric: true },
  quality: { map: 'cividis', low: 1, high: 99.8, symmetric: false },
  angle: { map: 'twilight', low: 0, high: 100, symmetric: false },
  category: { map: 'gray', low: 0, high: 100, symmetric: false },
  color: { map: 'gray', low: 0.2, high: 99.8, symmetric: false },
};

const SIGNED_COLUMNS: ReadonlySet<string> = new Set(['u', 'v', 'w', 'ax', 'ay', 'az']);

/** The kind of a column of particles. They are bright dots: a grey intensity would be hard to see. */
export function columnKind(name: string): FieldKind {
  return SIGNED_COLUMNS.has(name) ? 'signed' : 'positive';
}

const KIND_BY_WORD: readonly (readonly [RegExp, FieldKind])[] = [
  [/uncertain|correl|ratio|peak|snr|residual/i, 'quality'],
  [/vortic|diverg|\brot|curl|shear|circul|swirl|strain|difference|\bdu\b|\bdv\b|\bd[uvw]\/d/i, 'signed'],
  [/angle|phase|direction/i, 'angle'],
];

/** The kind of a stored component, by its role and its name. */
export function fieldKind({ name, role }: Pick<ComponentInfo, 'name' | 'role'>): FieldKind {
  if (role === 'choice' || role === 'mask' || role === 'enabled' || role === 'label') return 'category';
  if (role === 'intensity') return 'intensity';
  if (role === 'velocity') return 'signed';
  return KIND_BY_WORD.find(([word]) => word.test(name))?.[1] ?? 'positive';
}
