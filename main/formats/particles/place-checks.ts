import { DataError } from '../../../shared/model/data-error.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';

/** What a dataset of particles checks before it reads: `closed`, or `out-of-range` with what there is. */
export interface PlaceChecks {
  /** step * pulses + pulse. */
  snapshot(step: number, pulse: number): number;
  /** The tracks from ... to - 1. */
  tracks(from: number, to: number): void;
  open(): void;
  /** From now on everything is `closed`. */
  close(): void;
}

export function placeChecks({
  title,
  path,
  steps,
  pulses,
  tracks,
}: Pick<ParticleDatasetInfo, 'title' | 'path' | 'steps' | 'pulses' | 'tracks'>): PlaceChecks {
  let closed = false;
  const open = (): void => {
    if (closed) throw new DataError('closed', `${title} is closed.`, { path });
  };
  const isWithin = (index: number, count: number): boolean => Number.isInteger(index) && index >= 0 && index < count;
  const range = (count: number): string => (count > 0 ? ` (0 to ${count - 1})` : '');
  const wrong = (message: string, field: string): DataError => new DataError('out-of-range', message, { path, field });
  return {
    open,
    close: () => {
      closed = true;
    },
    snapshot: (step, pulse) => {
      open();
      if (!isWithin(step, steps)) throw wrong(`There is no step ${step}: ${title} has ${steps}${range(steps)}.`, 'step');
      if (!isWithin(pulse, pulses))
        throw wrong(`There is no pulse ${pulse}: a step of ${title} has ${pulses}${pulses > 1 ? range(pulses) : ''}.`, 'pulse');
      return step * pulses + pulse;
    },
    tracks: (from, to) => {
      open();
      if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= tracks) return;
      const all = tracks === 0 ? `${title} has no tracks` : `${title} has ${tracks}${range(tracks)}`;
      throw wrong(to - from === 1 ? `There is no track ${from}: ${all}.` : `There are no tracks ${from} to ${to}: ${all}.`, 'track');
    },
  };
}
