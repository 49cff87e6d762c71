import type { ParticleDataset, ReadOptions } from '../../model/dataset.ts';
import type { Differentiation } from '../../model/track-selection.ts';
import { fillStored, motionNames, planColumns } from './column-plan.ts';
import { checkDifferentiation } from './differentiation.ts';
import { needsAcceleration, slopesOf, trackMotion } from './motion.ts';
import { motionTimes } from './motion-times.ts';
import { createStencils, reachOf } from './stencil.ts';

/** The points of a track in the order of time, gaps included. */
export interface TrackPoints {
  readonly step: Uint32Array;
  readonly pulse: Uint8Array;
  /** Seconds, as `times` of the dataset tells them. */
  readonly time: Float64Array;
  /** Scaled values; a gap is NaN in all but id and length. */
  readonly columns: readonly Float64Array[];
}

export async function readTrackPoints(
  dataset: ParticleDataset,
  track: number,
  names: readonly string[],
  differentiation: Differentiation,
  options: ReadOptions,
): Promise<TrackPoints> {
  const { info } = dataset;
  const { pulses } = info;
  checkDifferentiation(differentiation);
  const plan = planColumns(info, names);
  const set = await dataset.track(track, options);
  const times = await dataset.times(options);
  const points = set.intensity.length;
  const start = (set.startStep[0] as number) * pulses + (set.startPulse[0] as number);
  const motion = motionNames(plan);
  const reach = reachOf(differentiation, needsAcceleration(motion));
  const moved =
    motion.length === 0
      ? []
      : trackMotion(
          set.xyz,
          start,
          reach,
          createStencils(await motionTimes(dataset, options), differentiation, reach),
          slopesOf(info.scales),
          motion,
        );
  let next = 0;
  return {
    step: Uint32Array.from({ length: points }, (_, i) => Math.floor((start + i) / pulses)),
    pulse: Uint8Array.from({ length: points }, (_, i) => (start + i) % pulses),
    time: times.slice(start, start + points),
    columns: plan.map((column) => {
      if (column.from === 'motion') return moved[next++] as Float64Array;
      const values = new Float64Array(points);
      if (column.from === 'id') values.fill(track);
      else if (column.from === 'length') values.fill(points);
      else fillStored(column, set, values);
      return values;
    }),
  };
}
