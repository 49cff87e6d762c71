import { createSession, DEFAULT_BUDGET_BYTES } from '../main/host/session.ts';
import { startWorkerAt } from '../main/host/worker-thread.ts';
import { newRaster } from './draw-rows.ts';
import type { Fact } from './row.ts';
import { call, drawBuffer, openIn } from './session-rows.ts';

const MANY = 1000;
const AHEAD = 4;
const MEGABYTE = 1024 * 1024;

/**
 * Steps through 1,000 buffers of 8 MB with prefetching and the app's own budget, and watches the cache and the memory of the process, which the
 * workers share. A program of its own, so that nothing else counts: `node memory.mjs SET WORKER` prints the facts as JSON.
 */
async function scrubbingMemory(path: string, worker: string): Promise<readonly Fact[]> {
  const session = createSession({ startWorker: startWorkerAt(worker) });
  const dataset = await openIn(session, path);
  const raster = newRaster();
  await drawBuffer(session, dataset, 0, raster);
  const before = process.memoryUsage().rss;
  let [held, whole] = [0, 0];
  for (let buffer = 0; buffer < MANY; buffer++) {
    await drawBuffer(session, dataset, buffer, raster);
    const plan = Array.from({ length: AHEAD }, (_, i) => buffer + 1 + i).filter((next) => next < MANY);
    await session.handlers.prefetch({ dataset, buffers: plan }, call);
    const { meta } = await session.handlers.usage({}, call);
    held = Math.max(held, meta.datasets[0]?.bytes ?? 0);
    whole = Math.max(whole, process.memoryUsage().rss - before);
  }
  await session.close();
  return [fact('scrubbing 1,000 buffers: cache', held), fact('scrubbing 1,000 buffers: process, above its first picture', whole)];
}

function fact(label: string, bytes: number): Fact {
  const limit = DEFAULT_BUDGET_BYTES * 1.05;
  return {
    label,
    value: `${Math.round(bytes / MEGABYTE)} MB`,
    goal: `<= ${Math.round(limit / MEGABYTE)} MB (budget + 5 %)`,
    met: bytes <= limit,
  };
}

const [path = '', worker = ''] = process.argv.slice(2);
console.log(JSON.stringify(await scrubbingMemory(path, worker)));
