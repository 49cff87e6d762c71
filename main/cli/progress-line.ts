import type { CommandIo } from './command.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const INTERVAL_MS = 100;

/** A line on stderr that counts up, only where stderr is a terminal; it is wiped at the end. */
export function progressLine(io: CommandIo, quiet: boolean, label: string, total: number): { at(done: number): void; end(): void } {
  if (quiet || !io.errIsTerminal || total < 2) return { at: () => {}, end: () => {} };
  let last = Number.NEGATIVE_INFINITY;
  return {
    at: (done) => {
      const now = performance.now();
      if (now - last < INTERVAL_MS) return;
      last = now;
      io.err(`\r${label} ${done} of ${total} (${Math.floor((100 * done) / total)} %)`);
    },
    end: () => io.err('\r\u001b[K'),
  };
}
