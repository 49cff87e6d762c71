/** Planes that may be encoded and written at once: enough to keep a second core busy, few enough to hold in memory. */
const AT_ONCE = 4;

/** Writes under way beside the reading of the next plane. */
export interface PendingWrites {
  /** Waits until there is room, then starts the work. Throws what an earlier one threw. */
  add(work: () => Promise<void>): Promise<void>;
  /** All have ended, well or not. */
  settled(): Promise<void>;
  /** Throws what one of them threw. */
  check(): void;
}

export function pendingWrites(): PendingWrites {
  const running = new Set<Promise<void>>();
  let failed: { readonly error: unknown } | undefined;
  const check = (): void => {
    if (failed) throw failed.error;
  };
  return {
    add: async (work) => {
      while (running.size >= AT_ONCE) await Promise.race(running);
      check();
      const ended = work()
        .catch((error: unknown) => {
          failed ??= { error };
        })
        .finally(() => running.delete(ended));
      running.add(ended);
    },
    settled: async () => {
      await Promise.all(running);
    },
    check,
  };
}
