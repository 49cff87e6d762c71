import { randomUUID } from 'node:crypto';
import { createSession } from '../main/host/session.ts';
import { startWorkerAt } from '../main/host/worker-thread.ts';
import { startServer } from '../main/server/server.ts';
import { drawRows } from './draw-rows.ts';
import { particleRows } from './particle-rows.ts';
import { readerRows } from './reader-rows.ts';
import type { BenchData, Row } from './row.ts';
import { sessionRows } from './session-rows.ts';
import { spaceRows } from './space-rows.ts';
import { writerRows } from './writer-rows.ts';

/** All rows but those of the pages; `worker` is the built dataset-worker. */
export function benchRows(data: BenchData, worker: string): { readonly rows: readonly Row[]; close(): Promise<void> } {
  const { rows: readers, pixels } = readerRows(data);
  const [buffers, space] = [sessionRows(data, worker), spaceRows(data, worker)];
  return {
    rows: [...readers, ...writerRows(data), ...particleRows(data), ...drawRows(data, pixels), ...buffers.rows, ...space.rows],
    close: async () => {
      await buffers.close();
      await space.close();
    },
  };
}

/** The server of `streakline serve` with the measuring page in the place of the app. */
export async function startBenchServer(worker: string, rendererDir: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const session = createSession({ startWorker: startWorkerAt(worker) });
  const server = await startServer({ session, token: randomUUID(), port: 0, rendererDir });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await session.close();
    },
  };
}
