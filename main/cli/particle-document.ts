import type { Attributes } from '../../shared/model/attributes.ts';
import type { ParticleDataset, ParticleDatasetInfo, ReadOptions } from '../../shared/model/dataset.ts';
import type { Warning } from '../../shared/model/warning.ts';
import { NO_TRACK } from '../../shared/model/particles.ts';
import { applyScale } from '../../shared/model/scale.ts';

/** What `info` shows of a particle set. */
export interface ParticleDocument extends ParticleDatasetInfo {
  /** `bounds` in the units of the axes, again smallest values first. */
  readonly boundsScaled: readonly number[];
  readonly step?: StepDocument;
}

/** What `info --step` shows. */
export interface StepDocument {
  readonly index: number;
  readonly pulses: readonly {
    /** Seconds, as in the table `times`. */
    readonly time: number;
    readonly particles: number;
    readonly withTrack: number;
    readonly withoutTrack: number;
  }[];
  readonly attributes: Attributes;
  readonly warnings: readonly Warning[];
}

export async function particleDocument(
  dataset: ParticleDataset,
  step: number | undefined,
  options: ReadOptions,
): Promise<ParticleDocument> {
  const { info } = dataset;
  return { ...info, boundsScaled: scaledBounds(info), ...(step === undefined ? {} : { step: await stepDocument(dataset, step, options) }) };
}

/** A negative slope exchanges smallest and largest. */
function scaledBounds({ bounds, scales: { x, y, z } }: ParticleDatasetInfo): readonly number[] {
  const pairs = [x, y, z].map((scale, axis) => {
    const ends = [applyScale(scale, bounds[axis] ?? Number.NaN), applyScale(scale, bounds[axis + 3] ?? Number.NaN)] as const;
    return [Math.min(...ends), Math.max(...ends)] as const;
  });
  return [...pairs.map(([low]) => low), ...pairs.map(([, high]) => high)];
}

async function stepDocument(dataset: ParticleDataset, index: number, options: ReadOptions): Promise<StepDocument> {
  const { pulses: count } = dataset.info;
  const pulses = [];
  const warnings: Warning[] = [];
  const attributes = await dataset.stepAttributes(index, options);
  const times = await dataset.times(options);
  for (let pulse = 0; pulse < count; pulse++) {
    const set = await dataset.step(index, pulse, options);
    const withoutTrack = set.track.reduce((sum, track) => sum + (track === NO_TRACK ? 1 : 0), 0);
    pulses.push({
      time: times[index * count + pulse] ?? Number.NaN,
      particles: set.count,
      withTrack: set.count - withoutTrack,
      withoutTrack,
    });
    warnings.push(...set.warnings);
  }
  return { index, pulses, attributes, warnings };
}
