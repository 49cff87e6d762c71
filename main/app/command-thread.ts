import { createReadStream, createWriteStream } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { runCommand } from '../cli/run-command.ts';
import type { ThreadSetup } from './command-mode.ts';

// Entry of the thread that runs a command while the main thread waits: see command-mode.ts.
const { args, programFolder, done } = workerData as ThreadSetup;

// The streams of a thread go through the main thread's event loop, which stands still: ours go to the descriptors directly.
const streams = {
  stdin: () => createReadStream('', { fd: 0 }),
  stdout: () => createWriteStream('', { fd: 1 }),
  stderr: () => createWriteStream('', { fd: 2 }),
};
for (const [name, open] of Object.entries(streams)) {
  let stream: unknown;
  Object.defineProperty(process, name, { configurable: true, get: () => (stream ??= open()) });
}

const code = await runCommand(args, { programFolder });
// What was written to stderr last is still on its way.
await new Promise((flushed) => process.stderr.write('', flushed));
const state = new Int32Array(done);
Atomics.store(state, 1, code);
Atomics.store(state, 0, 1);
Atomics.notify(state, 0);
