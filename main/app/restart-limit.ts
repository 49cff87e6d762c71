/** A host that ends more often than this within the time below has a reason that a restart does not cure. */
export const MAX_RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;

/** Says whether a restart is still sensible; remembers the ones that were allowed. */
export function restartLimit(now: () => number = Date.now): () => boolean {
  let times: readonly number[] = [];
  return () => {
    times = times.filter((time) => now() - time < RESTART_WINDOW_MS);
    if (times.length >= MAX_RESTARTS) return false;
    times = [...times, now()];
    return true;
  };
}
