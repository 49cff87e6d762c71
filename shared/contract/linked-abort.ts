/** A signal that fires with the first of the given ones (AbortSignal.any, which the oldest runtimes lack); `unlink` lets go of them. */
export function linkAbort(signals: readonly (AbortSignal | undefined)[]): { readonly signal: AbortSignal; unlink(): void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const signal of signals) {
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: controller.signal,
    unlink: () => {
      for (const signal of signals) signal?.removeEventListener('abort', abort);
    },
  };
}
