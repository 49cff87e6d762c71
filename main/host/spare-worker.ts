import type { BudgetMessage, StartWorker, WorkerThread } from './worker-thread.ts';

/** Rest after a start before the next spare one: opening and the first picture come first. */
const REST_MS = 1000;

export interface SpareWorkers {
  readonly start: StartWorker;
  /** Ends the one that waits. */
  close(): Promise<void>;
}

/** Starts workers and keeps one ahead, since starting one takes longer than opening most datasets. All get the same root. */
export function spareWorkers(startWorker: StartWorker, root: string | undefined): SpareWorkers {
  let spare: WorkerThread | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const prepare = (): void => {
    const fresh = startWorker({ ...(root === undefined ? {} : { root }), budget: 0 });
    spare = fresh;
    // One that cannot even start is not tried again until a dataset is opened.
    fresh.onExit(() => {
      if (spare === fresh) spare = undefined;
    });
  };
  const prepareSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(prepare, REST_MS);
    timer.unref();
  };
  prepareSoon();
  return {
    start: (setup) => {
      const ready = spare;
      spare = undefined;
      prepareSoon();
      if (!ready) return startWorker(setup);
      ready.port.post({ kind: 'budget', bytes: setup.budget } satisfies BudgetMessage);
      return ready;
    },
    close: async () => {
      clearTimeout(timer);
      await spare?.terminate();
    },
  };
}
