import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { particlesOf } from '../../stores/frame-choices.ts';
import type { ParticleDisplay } from '../../stores/particle-display.ts';
import { useViews } from '../../stores/view-store.ts';
import { changeDisplay } from './particle-commands.ts';

type Clip = NonNullable<ParticleDisplay['clip']>;
export type AxisIndex = 0 | 1 | 2;

/** Part of the box that a slab is thick to begin with. */
const SLAB = 0.1;

/** The whole box of a set as a clip box. */
export function wholeClip(info: ParticleDatasetInfo): Clip {
  const { low, high } = particleAxes(info).box;
  return { low, high };
}

/** A slab across an axis through the middle. */
export function slabAcross(info: ParticleDatasetInfo, axis: AxisIndex): Clip {
  const { low, high } = particleAxes(info).box;
  const half = ((high[axis] - low[axis]) * SLAB) / 2;
  const middle = (low[axis] + high[axis]) / 2;
  return { low: withEnd(low, axis, middle - half), high: withEnd(high, axis, middle + half) };
}

export function withEnd(ends: Clip['low'], axis: AxisIndex, value: number): Clip['low'] {
  return ends.map((end, at) => (at === axis ? value : end)) as unknown as Clip['low'];
}

/** Begins to clip with a slab across the last axis, which shows at once what clipping does. */
export function proposeClip(viewId: string): void {
  const info = particlesOf(useViews.getState().views[viewId]);
  if (info) changeDisplay(viewId, { clip: slabAcross(info, 2) });
}
