import { createSession } from '../main/host/session.ts';
import { startWorkerAt } from '../main/host/worker-thread.ts';
import type { Fact } from './row.ts';
import { call, openIn } from './session-rows.ts';

const MEGABYTE = 1024 * 1024;
const PLAYED = 500;
const STEPS = 50;
/** Playing keeps nothing, so that memory is that of the steps under way and of garbage that is not collected yet. */
const PLAYING_LIMIT_MB = 200;

/** Steps as the window asks for them: through session and worker, each step when the one before has come. */
async function playingFact(path: string, worker: string): Promise<Fact> {
  const session = createSession({ startWorker: startWorkerAt(worker) });
  const dataset = await openIn(session, path);
  await session.handlers.step({ dataset, step: 0, pulse: 0 }, call);
  const before = process.memoryUsage().rss;
  let most = 0;
  for (let played = 0; played < PLAYED; played++) {
    await session.handlers.step({ dataset, step: played % STEPS, pulse: 0 }, call);
    most = Math.max(most, process.memoryUsage().rss - before);
  }
  await session.close();
  return {
    label: `playing ${PLAYED} steps of 100,000 particles: process, above its first step`,
    value: `${Math.round(most / MEGABYTE)} MB`,
    goal: `<= ${PLAYING_LIMIT_MB} MB`,
    met: most <= PLAYING_LIMIT_MB * MEGABYTE,
  };
}

const [path = '', worker = ''] = process.argv.slice(2);
console.log(JSON.stringify([await playingFact(path, worker)]));
