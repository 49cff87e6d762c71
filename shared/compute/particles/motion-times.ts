import type { ParticleDataset, ReadOptions } from '../../model/dataset.ts';

/** Seconds of every snapshot for differences along tracks: with several pulses a step, whose stored times are large, since the first pulse of the step. */
export async function motionTimes(dataset: ParticleDataset, options: ReadOptions): Promise<Float64Array> {
  const { pulses } = dataset.info;
  if (dataset.delays) return dataset.delays(options);
  const times = await dataset.times(options);
  return pulses === 1 ? times : times.map((time, s) => time - (times[s - (s % pulses)] as number));
}
