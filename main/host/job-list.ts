import type { ConvertRequest, ConvertResult, JobId, JobState } from '../../shared/contract/conversions.ts';
import { DataError, isDataError, toErrorRecord } from '../../shared/model/data-error.ts';
import { throttled } from './throttled.ts';

/** Progress is told at most this often. */
const TELL_EVERY_MS = 100;
/** Ended jobs that are remembered. */
const MAX_ENDED = 20;

export interface JobWork {
  readonly request: ConvertRequest;
  /** Title of the dataset. */
  readonly title: string;
  /** Buffers to write. */
  readonly total: number;
  run(signal: AbortSignal, progress: (done: number, total: number) => void): Promise<ConvertResult>;
}

/** Conversions at work side by side, and the last ones that ended. */
export interface JobList {
  start(work: JobWork): JobState;
  /** Harmless where the job has ended; `not-found` where there never was one. */
  cancel(id: JobId): void;
  list(): readonly JobState[];
  /** Cancels all and waits until they have cleaned up. */
  close(): Promise<void>;
}

interface Job {
  state: JobState;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export function jobList(onChange: (state: JobState) => void): JobList {
  const jobs = new Map<JobId, Job>();
  let lastId = 0;
  const change = (id: JobId, news: Partial<JobState>): void => {
    const job = jobs.get(id);
    if (job) job.state = { ...job.state, ...news };
  };
  const tell = (id: JobId): void => {
    const job = jobs.get(id);
    if (job) onChange(job.state);
  };
  const forgetOldest = (): void => {
    const ended = [...jobs.values()].filter(({ state }) => state.state !== 'running');
    for (const { state } of ended.slice(0, Math.max(0, ended.length - MAX_ENDED))) jobs.delete(state.id);
  };
  return {
    start: ({ request, title, total, run }) => {
      const id = `j${++lastId}`;
      const controller = new AbortController();
      const tellSoon = throttled(TELL_EVERY_MS, () => {
        if (jobs.get(id)?.state.state === 'running') tell(id);
      });
      const work = async (): Promise<void> => {
        const outcome = await run(controller.signal, (done, all) => {
          change(id, { done, total: all });
          tellSoon();
        }).then((result): Partial<JobState> => ({ state: 'done', result, done: result.buffers, total: result.buffers }), failureOf);
        change(id, outcome);
        tell(id);
        forgetOldest();
      };
      const state: JobState = { id, title, request, state: 'running', done: 0, total };
      // The work begins after the job is in the list and its first state is on its way.
      const ended = Promise.resolve().then(work);
      jobs.set(id, { state, controller, ended });
      return state;
    },
    cancel: (id) => {
      const job = jobs.get(id);
      if (!job) throw new DataError('not-found', `There is no job ${id}.`, { field: 'job' });
      job.controller.abort();
    },
    list: () => [...jobs.values()].map(({ state }) => state),
    close: async () => {
      for (const { controller } of jobs.values()) controller.abort();
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
  };
}

function failureOf(error: unknown): Partial<JobState> {
  return isDataError(error, 'aborted') ? { state: 'cancelled' } : { state: 'failed', error: toErrorRecord(error) };
}
