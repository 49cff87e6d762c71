import { DataError, throwIfAborted } from '../../../shared/model/data-error.ts';
import type { ParticleDataset } from '../../../shared/model/dataset.ts';
import type { Attributes } from '../../../shared/model/attributes.ts';
import type { ParticleSet } from '../../../shared/model/particles.ts';
import type { Losses } from '../losses.ts';
import type { ParticleWriteJob } from './particle-writer.ts';
import { tellSourceWarnings } from './source-warnings.ts';

/**
 * Every snapshot of a job, one after the other: only one is in memory, an abort ends the work before the next one, progress follows each
 * step. `counts` are the promised numbers of particles; a snapshot with another number is an error, since outputs have room for those.
 */
export async function eachSnapshot(
  job: ParticleWriteJob,
  losses: Losses,
  counts: Uint32Array,
  use: (set: ParticleSet, step: number, pulse: number) => Promise<void>,
): Promise<void> {
  const { dataset, signal, progress } = job;
  const { steps, pulses, path } = dataset.info;
  for (let step = 0; step < steps; step++) {
    for (let pulse = 0; pulse < pulses; pulse++) {
      throwIfAborted(signal);
      const set = await dataset.step(step, pulse, { signal });
      const promised = counts[step * pulses + pulse] ?? 0;
      if (set.count !== promised) {
        const { message, offset } = set.warnings.find(({ code }) => code === 'count') ?? {
          message: `Step ${step} has ${set.count} particles, the index says ${promised}.`,
        };
        throw new DataError('malformed', message, { path, offset });
      }
      tellSourceWarnings(set.warnings, losses);
      await use(set, step, pulse);
    }
    progress?.(step + 1, steps);
  }
  throwIfAborted(signal);
}

/** Text of all of them together that a description may have. */
const MAX_ATTRIBUTE_CHARACTERS = 16 << 20;

/** The attributes of all steps, for outputs that hold them as one text; [] where they are too long for that. */
export async function allStepAttributes(
  dataset: ParticleDataset,
  signal: AbortSignal | undefined,
  losses: Losses,
): Promise<readonly Attributes[]> {
  const all: Attributes[] = [];
  let characters = 0;
  for (let step = 0; step < dataset.info.steps; step++) {
    throwIfAborted(signal);
    const attributes = await readStepAttributes(dataset, step, signal, losses);
    characters += Object.keys(attributes).length === 0 ? 3 : JSON.stringify(attributes).length;
    if (characters > MAX_ATTRIBUTE_CHARACTERS) {
      losses.add(`The attributes of the steps are not written: they are longer than ${MAX_ATTRIBUTE_CHARACTERS} characters.`);
      return [];
    }
    all.push(attributes);
  }
  return all;
}

/** Attributes that cannot be read do not spoil the particles; they are told. */
export async function readStepAttributes(
  dataset: ParticleDataset,
  step: number,
  signal: AbortSignal | undefined,
  losses: Losses,
): Promise<Attributes> {
  try {
    return await dataset.stepAttributes(step, { signal });
  } catch (error) {
    if (!(error instanceof DataError) || error.code === 'aborted' || error.code === 'io') throw error;
    losses.add(`The attributes of step ${step} are not written: ${error.message}`, 'step-attributes');
    return {};
  }
}
