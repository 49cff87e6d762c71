import { create } from 'zustand';
import type { JobId, JobState } from '../../shared/contract/conversions.ts';
import type { DatasetId } from '../../shared/contract/opened.ts';
import type { ErrorRecord } from '../../shared/model/data-error.ts';

/** A job with when this page first heard of it (performance.now()), from which its rate is told. */
export interface KnownJob extends JobState {
  readonly since: number;
}

interface JobsState {
  /** By id, in the order in which they began. */
  readonly jobs: Readonly<Record<JobId, KnownJob>>;
  set(job: JobState): void;
  forget(id: JobId): void;
  /** The host ended: what was at work has failed, and its ids will be given to others. */
  lose(error: ErrorRecord): void;
  /** Datasets have new ids in a new host; a job of one that was not opened again cannot be started again. */
  moveOver(moved: ReadonlyMap<DatasetId, DatasetId>): void;
}

let losses = 0;

export const useJobs = create<JobsState>((set) => ({
  jobs: {},
  set: (job) =>
    set(({ jobs }) => {
      const known = jobs[job.id];
      // Events and replies come by different ways: what has ended stays so.
      if (known && known.state !== 'running' && job.state === 'running') return {};
      return { jobs: { ...jobs, [job.id]: { ...job, since: known?.since ?? performance.now() } } };
    }),
  forget: (id) => set(({ jobs: { [id]: _gone, ...jobs } }) => ({ jobs })),
  lose: (error) =>
    set(({ jobs }) => {
      losses += 1;
      const renamed = Object.values(jobs).map(
        (job): KnownJob => ({ ...job, id: `${job.id}-before-${losses}`, ...(job.state === 'running' ? { state: 'failed', error } : {}) }),
      );
      return { jobs: Object.fromEntries(renamed.map((job) => [job.id, job])) };
    }),
  moveOver: (moved) =>
    set(({ jobs }) => ({
      jobs: Object.fromEntries(
        Object.values(jobs).map((job) => [job.id, { ...job, request: { ...job.request, dataset: moved.get(job.request.dataset) ?? '' } }]),
      ),
    })),
}));

export function runningJobs(jobs: Readonly<Record<JobId, KnownJob>>): readonly KnownJob[] {
  return Object.values(jobs).filter(({ state }) => state === 'running');
}

/** Parts per second and seconds left; undefined while too little is done to tell. */
export function jobPace(
  { done, total, since }: Pick<KnownJob, 'done' | 'total' | 'since'>,
  now: number,
): { readonly rate: number; readonly left: number } | undefined {
  const seconds = (now - since) / 1000;
  if (done === 0 || seconds < 1) return undefined;
  const rate = done / seconds;
  return { rate, left: (total - done) / rate };
}
