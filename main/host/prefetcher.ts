/** Loads a plan of buffers one group at a time, while no visible work is going on. */
export interface Prefetcher {
  /** Replaces the plan; what is being loaded and no longer planned is aborted. */
  plan(buffers: readonly number[]): void;
  /** Visible work begins: nothing new is started until it ends. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface PrefetchWork {
  /** The buffers to load next out of the plan, none of those tried already; [] when done. */
  next(plan: readonly number[], tried: ReadonlySet<number>): readonly number[];
  /** Failures are told to who looks at the buffer, not here. */
  load(index: number, signal: AbortSignal): Promise<void>;
}

export function prefetcher(work: PrefetchWork): Prefetcher {
  const loading = new Map<number, AbortController>();
  const tried = new Set<number>();
  let plan: readonly number[] = [];
  let visible = 0;
  let running = false;

  const load = async (index: number): Promise<void> => {
    const controller = new AbortController();
    loading.set(index, controller);
    tried.add(index);
    await work.load(index, controller.signal).catch(() => undefined);
    loading.delete(index);
  };
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (visible === 0) {
      const indices = work.next(plan, tried);
      if (indices.length === 0) break;
      await Promise.all(indices.map(load));
    }
    running = false;
  };
  return {
    plan: (buffers) => {
      plan = buffers;
      tried.clear();
      for (const [index, controller] of loading) if (!buffers.includes(index)) controller.abort();
      void run();
    },
    pause: () => {
      visible += 1;
    },
    resume: () => {
      visible -= 1;
      void run();
    },
    close: () => {
      plan = [];
      for (const controller of loading.values()) controller.abort();
    },
  };
}
