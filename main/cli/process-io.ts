import { createInterface } from 'node:readline';
import type { CommandIo } from './command.ts';

/** A second Ctrl-C ends at once, whatever hangs. */
const EXIT_ABORTED = 130;

/** Standard streams and signals of this process. `release` gives the signals back. */
export function createProcessIo(): CommandIo & { pipeClosed(): boolean; release(): void } {
  const stop = new AbortController();
  let closed = false;
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(EXIT_ABORTED);
    stop.abort();
  };
  const broken = (): void => {
    closed = true;
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  process.stdout.on('error', broken);
  return {
    signal: stop.signal,
    errIsTerminal: process.stderr.isTTY === true,
    // Resolves after the write, so nothing is cut off when the process ends; a failed one is told by the error event.
    out: (text) =>
      new Promise((resolve) => {
        process.stdout.write(text, () => resolve());
      }),
    err: (text) => {
      process.stderr.write(text);
    },
    lines: () => standardInput(stop.signal),
    pipeClosed: () => closed,
    release: () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}

async function* standardInput(signal: AbortSignal): AsyncIterable<string> {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const close = (): void => lines.close();
  signal.addEventListener('abort', close, { once: true });
  try {
    yield* lines;
  } finally {
    signal.removeEventListener('abort', close);
    lines.close();
  }
}
