import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A place under the target's name that is gone afterwards. */
export async function inTrialFolder<T>(wanted: string, work: (target: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'streakline-trial-'));
  try {
    return await work(join(folder, basename(wanted)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
