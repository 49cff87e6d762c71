import type { ParticleDataset, ReadOptions } from '../../model/dataset.ts';
import { isDataError, type DataError } from '../../model/data-error.ts';
import type { ParticleSet } from '../../model/particles.ts';

/** The last `capacity` snapshots that were asked for: who goes through a set in order reads each of them once. */
export function recentSets(dataset: ParticleDataset, capacity: number): (snapshot: number, options: ReadOptions) => Promise<ParticleSet> {
  const { pulses } = dataset.info;
  const recent = new Map<number, ParticleSet>();
  return async (snapshot, options) => {
    const known = recent.get(snapshot);
    const set = known ?? (await dataset.step(Math.floor(snapshot / pulses), snapshot % pulses, options));
    recent.delete(snapshot);
    recent.set(snapshot, set);
    const [oldest] = recent.keys();
    if (recent.size > capacity && oldest !== undefined) recent.delete(oldest);
    return set;
  };
}

/** What `read` gives; undefined where the snapshot is damaged, which is told where it is shown. */
export async function readableSet(read: Promise<ParticleSet>): Promise<ParticleSet | undefined> {
  const set = await setOrDamage(read);
  return isDataError(set) ? undefined : set;
}

/** What `read` gives, or the error where the snapshot is damaged. */
export async function setOrDamage(read: Promise<ParticleSet>): Promise<ParticleSet | DataError> {
  try {
    return await read;
  } catch (error) {
    if (!isDataError(error) || error.code === 'aborted' || error.code === 'closed') throw error;
    return error;
  }
}
