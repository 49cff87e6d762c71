/** Rest between two reports. */
const REST_MILLISECONDS = 100;

export interface ProgressReport {
  /** Whether the last report is so fresh that counting anew is not worth it. */
  isFresh(): boolean;
  report(done: number, total: number): void;
}

/** Tells how far long work is, no more often than people read; that it is done is always told. */
export function progressReport(tell: (done: number, total: number) => void): ProgressReport {
  let toldAt = Number.NEGATIVE_INFINITY;
  let last = { done: 0, total: 0 };
  const isFresh = (): boolean => performance.now() - toldAt < REST_MILLISECONDS;
  return {
    isFresh,
    report(done, total) {
      if ((done < total && isFresh()) || (last.done === done && last.total === total)) return;
      toldAt = performance.now();
      last = { done, total };
      tell(done, total);
    },
  };
}
