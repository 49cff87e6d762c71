import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app } from 'electron';

/** What the thread of a command is told: its end is written to `done` as [1, exit code]. */
export interface ThreadSetup {
  readonly args: readonly string[];
  readonly programFolder: string;
  readonly done: SharedArrayBuffer;
}

/**
 * The packed program answers the commands of the command line itself, without a window. To be called from the program's first script.
 *
 * On a Linux machine without a display (a server, a terminal over ssh) Electron aborts as soon as this script returns. So it does not return:
 * the command runs in a thread, for which the script waits.
 */
export function runCommandHere(args: readonly string[]): void {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  if (!hasDisplay) process.exit(runInThread(args));
  app.disableHardwareAcceleration();
  void import('../cli/run-command.ts').then(async ({ runCommand }) => app.exit(await runCommand(args, { programFolder: __dirname })));
}

function runInThread(args: readonly string[]): number {
  const done = new SharedArrayBuffer(8);
  const state = new Int32Array(done);
  const setup: ThreadSetup = { args, programFolder: __dirname, done };
  // ES modules cannot be loaded out of the archive.
  new Worker(join(__dirname, 'command-thread.mjs').replace('app.asar', 'app.asar.unpacked'), { workerData: setup });
  Atomics.wait(state, 0, 0);
  return Atomics.load(state, 1);
}
