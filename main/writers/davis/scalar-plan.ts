import { DataError } from '../../../shared/model/data-error.ts';
import type { DType } from '../../../shared/model/dtype.ts';
import type { BufferInfo, ComponentInfo } from '../../../shared/model/frames.ts';
import type { Scale } from '../../../shared/model/scale.ts';
import type { Losses } from '../losses.ts';

/** A scalar field beside pixels or vectors: the component it comes from, and the name (without `TS:`) and type in the file. */
export interface PlannedScalar {
  readonly component: string;
  readonly name: string;
  readonly dtype: ScalarType;
  readonly scale: Scale;
}

export type ScalarType = 'u2' | 'i4' | 'f4' | 'f8';

export const PEAK_RATIO = 'TS:Peak ratio';
const PREFIX = 'TS:';

/** Types that hold every number of the given one. */
const STORED_AS: Readonly<Partial<Record<DType, ScalarType>>> = {
  b1: 'u2',
  u1: 'u2',
  u2: 'u2',
  i1: 'i4',
  i2: 'i4',
  i4: 'i4',
  u4: 'f8',
  f2: 'f4',
  f4: 'f4',
  f8: 'f8',
};

/** Everything of the frames that is not yet `used`, as scalar fields; what does not fit is left out and told. */
export function planScalars(info: BufferInfo, used: ReadonlySet<string>, path: string, losses: Losses): readonly PlannedScalar[] {
  const components = new Map(info.frames.flatMap((frame) => frame.components.map((component) => [component.name, component] as const)));
  const planned: PlannedScalar[] = [];
  for (const component of components.values()) {
    if (used.has(component.name)) continue;
    const scalar = planScalar(info, component, losses);
    if (scalar) planned.push(scalar);
  }
  const names = planned.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new DataError('unsupported', `Two components would have the name TS:${twice}.`, { path });
  return planned;
}

function planScalar(info: BufferInfo, component: ComponentInfo, losses: Losses): PlannedScalar | undefined {
  const { name: full, dtype, scale } = component;
  const name = full.startsWith(PREFIX) ? full.slice(PREFIX.length) : full;
  const stored = STORED_AS[dtype];
  if (!stored || name === '') {
    losses.add(`${full}: DaVis has no scalar fields of type ${dtype}${name === '' ? ' without a name' : ''}; it is left out.`);
    return undefined;
  }
  if (!info.frames.every((frame) => frame.components.some((other) => other.name === full && sameKind(other, component)))) {
    losses.add(`${full}: a scalar field has one type and scale in all frames of a buffer, this one has not; it is left out.`);
    return undefined;
  }
  if (stored !== dtype) losses.add(`${full}: numbers of type ${dtype} are stored as ${stored}.`);
  if (name === full) losses.add(`${full} is stored as the scalar field TS:${full}.`);
  return { component: full, name, dtype: stored, scale };
}

function sameKind(one: ComponentInfo, other: ComponentInfo): boolean {
  return (
    one.dtype === other.dtype &&
    one.scale.slope === other.scale.slope &&
    one.scale.offset === other.scale.offset &&
    one.scale.unit === other.scale.unit
  );
}
