import { DataError, isDataError } from '../../../../shared/model/data-error.ts';
import type { ParticleDataset } from '../../../../shared/model/dataset.ts';

const STEP_FIELD = /^step (\d+)$/;

/** Particles whose errors say, where a step cannot be read, which ranges leave it out. */
export function withStepHint(dataset: ParticleDataset, command = 'the range'): ParticleDataset {
  const { steps, pulses } = dataset.info;
  const lastIsReadable = async (): Promise<boolean> => {
    try {
      await dataset.step(steps - 1, pulses - 1);
      return true;
    } catch {
      return false;
    }
  };
  const telling = async <T>(read: () => Promise<T>, known?: number): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (!isDataError(error, 'truncated', 'malformed', 'missing-companion', 'too-large')) throw error;
      const step = known ?? Number(STEP_FIELD.exec(error.field ?? '')?.[1] ?? Number.NaN);
      if (!(step >= 0)) throw error;
      const isEnd = step === steps - 1 || !(await lastIsReadable());
      const ranges = [...(step > 0 ? [`0:${step}`] : []), ...(isEnd ? [] : [`${step + 1}:${steps}`])];
      throw ranges.length === 0
        ? error
        : hinted(error, `Step ${step} of 0 to ${steps - 1} cannot be read; ${command} ${ranges.join(' or ')} leaves it out.`);
    }
  };
  return {
    ...dataset,
    step: (step, pulse, options) => telling(() => dataset.step(step, pulse, options), step),
    tracks: (from, to, options) => telling(() => dataset.tracks(from, to, options)),
    track: (id, options) => telling(() => dataset.track(id, options)),
    [Symbol.asyncDispose]: () => dataset[Symbol.asyncDispose](),
  };
}

function hinted({ code, message, path, offset, field, cause, hint }: DataError, more: string): DataError {
  return new DataError(code, message, { path, offset, field, cause, hint: hint === undefined ? more : `${hint} ${more}` });
}
