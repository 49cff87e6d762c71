import { watch, type FSWatcher } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { FrameDataset, GrowthChange } from '../../shared/model/dataset.ts';

/** A folder that is written to is looked at again at most this often ... */
const LOOK_EVERY_MS = 400;
/** ... and at most this share of the time, so that listing a huge folder does not starve the reading. */
const BUSY_SHARE = 0.2;

export interface GrowthWatch {
  /** Looks now; true where something changed. */
  look(): Promise<boolean>;
  close(): void;
}

/** Tells what changes in a dataset that is still written, soon after it is complete. Drives that tell nothing are only looked at by `look`. */
export function growthWatch(dataset: FrameDataset, onChange: (change: GrowthChange) => void): GrowthWatch {
  const { growth } = dataset;
  const closing = new AbortController();
  let looking: Promise<boolean> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  let pause = LOOK_EVERY_MS;

  const lookOnce = async (): Promise<boolean> => {
    if (!growth) return false;
    again = false;
    const began = performance.now();
    const change = await growth.refresh({ signal: closing.signal });
    pause = Math.max(LOOK_EVERY_MS, (performance.now() - began) / BUSY_SHARE);
    const isNew = change.changed || change.rewritten.length > 0;
    if (closing.signal.aborted) return false;
    if (isNew) onChange(change);
    if (change.pending) again = true;
    return isNew;
  };
  const look = (): Promise<boolean> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
      if (again) schedule();
    });
    return looking;
  };
  const schedule = (): void => {
    if (closing.signal.aborted) return;
    if (looking || timer) {
      again = true;
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      // A folder that is gone or unreadable for a moment says so where its buffers are opened.
      look().catch(() => undefined);
    }, pause);
    timer.unref();
  };
  const watcher = growth && watchQuietly(growth.path, schedule);
  return {
    look,
    close: () => {
      closing.abort();
      clearTimeout(timer);
      watcher?.close();
    },
  };
}

/** Datasets in memory have no place to watch, and some drives cannot be watched. */
function watchQuietly(path: string, listener: () => void): FSWatcher | undefined {
  if (!isAbsolute(path)) return undefined;
  try {
    const watcher = watch(path, { persistent: false }, listener);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
