import { createSession } from '../main/host/session.ts';
import { startWorkerAt } from '../main/host/worker-thread.ts';
import { openParticles, readAllTracks } from './particle-rows.ts';
import type { Fact } from './row.ts';
import { call, openIn } from './session-rows.ts';

const MEGABYTE = 1024 * 1024;
const PLAYED = 500;
/** Playing keeps nothing, so that memory is that of the steps under way and of garbage that is not collected yet. */
const PLAYING_LIMIT_MB = 200;
/** Of the memory of lvpyio. */
const PART = 1 / 3;

/** Peak resident memory of this process. */
function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

async function tracksFact(path: string, reference: number | undefined): Promise<Fact> {
  const dataset = await openParticles(path);
  await readAllTracks(dataset);
  const peak = peakMegabytes();
  return {
    label: 'memory of all tracks of 50 steps of 100,000 particles, peak of the process',
    value: `${Math.round(peak)} MB`,
    goal: '<= a third',
    ...(reference === undefined ? {} : { reference: `${Math.round(reference)} MB`, met: peak <= PART * reference }),
  };
}

/** Steps as the window asks for them: through session and worker, each step when the one before has come. */
async function playingFact(path: string, worker: string): Promise<Fact> {
  const session = createSession({ startWorker: startWorkerAt(worker) });
  const dataset = await openIn(session, path);
  await session.handlers.step({ dataset, step: 0, pulse: 0 }, call);
  const before = process.memoryUsage().rss;
  let most = 0;
  for (let played = 0; played < PLAYED; played++) {
    await session.handlers.step({ dataset, step: played % 50, pulse: 0 }, call);
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

/** A program of its own, so that nothing else counts: `node particle-memory.mjs tracks|playing SET WORKER [REFERENCE_MB]` prints facts as JSON. */
const [what, path = '', worker = '', reference = ''] = process.argv.slice(2);
console.log(
  JSON.stringify([
    what === 'tracks' ? await tracksFact(path, reference === '' ? undefined : Number(reference)) : await playingFact(path, worker),
  ]),
);
