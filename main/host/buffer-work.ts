import type { Events } from '../../shared/contract/methods.ts';
import { seldom } from './tables.ts';

/** Shorter work is over before it is noticed. */
const TOLD_AFTER_MS = 300;

/** Tells how far a buffer is, where that takes long, and that it is over, whatever became of it. */
export function bufferWork(
  buffer: number,
  tell: (work: Omit<Events['bufferWork'], 'dataset'>) => void,
): { progress(done: number, total: number): void; end(): void } {
  const began = performance.now();
  let last: { readonly done: number; readonly total: number } | undefined;
  const told = seldom((done, total) => {
    last = { done, total };
    tell({ buffer, done, total, ended: false });
  });
  return {
    progress: (done, total) => {
      if (performance.now() - began >= TOLD_AFTER_MS) told(done, total);
    },
    end: () => {
      if (last) tell({ buffer, ...last, ended: true });
    },
  };
}
