import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { spareWorkers } from '../../../main/host/spare-worker.ts';
import type { WorkerSetup, WorkerThread } from '../../../main/host/worker-thread.ts';

interface Fake extends WorkerThread {
  readonly setup: WorkerSetup;
  readonly posted: unknown[];
  ended: boolean;
  exit(): void;
}

function fakeWorkers(): { readonly started: Fake[]; start(setup: WorkerSetup): WorkerThread } {
  const started: Fake[] = [];
  const start = (setup: WorkerSetup): WorkerThread => {
    const listeners: ((reason: string) => void)[] = [];
    const posted: unknown[] = [];
    const fake: Fake = {
      setup,
      posted,
      ended: false,
      exit: () => listeners.forEach((listener) => listener('gone')),
      port: { post: (message) => void posted.push(message), onMessage: () => undefined, close: () => undefined },
      onExit: (listener) => void listeners.push(listener),
      terminate: async () => {
        fake.ended = true;
      },
    };
    started.push(fake);
    return fake;
  };
  return { started, start };
}

describe('spare workers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('starts one ahead after a rest, hands it out with its budget and starts the next', () => {
    const { started, start } = fakeWorkers();
    const workers = spareWorkers(start, '/root');
    const first = workers.start({ root: '/root', budget: 5 });
    expect(started).toHaveLength(1);
    expect(first).toBe(started[0]);
    vi.advanceTimersByTime(1000);
    expect(started).toHaveLength(2);
    expect(started[1]?.setup.root).toBe('/root');
    expect(workers.start({ root: '/root', budget: 7 })).toBe(started[1]);
    expect(started[1]?.posted).toEqual([{ kind: 'budget', bytes: 7 }]);
    vi.advanceTimersByTime(5000);
    expect(started).toHaveLength(3);
  });

  it('never hands out one that has ended, and ends the one that waits when closed', async () => {
    const { started, start } = fakeWorkers();
    const workers = spareWorkers(start, undefined);
    vi.advanceTimersByTime(1000);
    started[0]?.exit();
    expect(workers.start({ budget: 1 })).toBe(started[1]);
    vi.advanceTimersByTime(1000);
    await workers.close();
    expect(started.map(({ ended }) => ended)).toEqual([false, false, true]);
    vi.advanceTimersByTime(5000);
    expect(started).toHaveLength(3);
  });
});
