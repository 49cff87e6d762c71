import type { NumberArray } from '../shared/model/dtype.ts';
import { createSession, type Session } from '../main/host/session.ts';
import { startWorkerAt } from '../main/host/worker-thread.ts';
import { drawGrey, fieldOf, newRaster, statesOf } from './draw-rows.ts';
import { IMAGE_SIDE, imageRequest, STEP } from './picture-request.ts';
import { clock, lazily, PICTURE } from './row.ts';
import type { BenchData, Row } from './row.ts';

/** Longer than the session waits before it starts the worker of the next dataset. */
const REST_MS = 3000;

/** A running app rests between two openings; then the next worker waits. */
export function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, REST_MS));
}

/** Calls that nobody aborts. */
export const call = { signal: new AbortController().signal, arrays: [] };

/** Levels by percentiles, too, as a first picture or one with levels per buffer needs. */
export async function drawBuffer(session: Session, dataset: string, buffer: number, raster = newRaster()): Promise<void> {
  const [planes, statistics] = await Promise.all([
    session.handlers.planes(imageRequest(dataset, buffer), call),
    session.handlers.statistics({ dataset, buffer, frame: 0, plane: 0, component: 'PIXEL', mode: 'raw' }, call),
  ]);
  const [samples, state] = planes.arrays;
  const { width, height } = planes.meta;
  const high = statistics.meta.percentiles.find(([percent]) => percent === 99.5)?.[1] ?? statistics.meta.max;
  drawGrey(raster, fieldOf(samples?.data as NumberArray, width, height, STEP), IMAGE_SIDE, high, statesOf(state?.data, width * height));
}

export async function openIn(session: Session, path: string): Promise<string> {
  return (await session.handlers.open({ path }, call)).meta.id;
}

/** Waits until a buffer is in memory. */
async function untilCached(session: Session, dataset: string, buffer: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { meta } = await session.handlers.usage({}, call);
    const ranges = meta.datasets.find((one) => one.dataset === dataset)?.ranges ?? [];
    if (ranges.some(([from, to]) => from <= buffer && buffer < to)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`buffer ${buffer} was not prefetched`);
}

/** The running host with its worker threads, from request to drawn picture; the screen is left out. */
export function sessionRows(data: BenchData, worker: string): { readonly rows: readonly Row[]; close(): Promise<void> } {
  const session = createSession({ startWorker: startWorkerAt(worker) });
  const stepped = lazily(() => openIn(session, data.images));
  const ahead = lazily(async () => {
    const id = await openIn(session, data.images);
    await drawBuffer(session, id, 0, raster);
    return id;
  });
  const raster = newRaster();
  const rows: readonly Row[] = [
    {
      label: 'set of 1,000 buffers opened, first picture',
      run: async () => {
        await rest();
        let id = '';
        const spent = await clock(async () => {
          id = await openIn(session, data.images);
          await drawBuffer(session, id, 0, raster);
        });
        await session.handlers.close({ dataset: id }, call);
        return spent;
      },
      reference: () => ['open_and_draw', data.images, PICTURE],
      ratio: 5,
      limitMs: 300,
    },
    {
      label: 'next buffer: read, levels, picture',
      run: async (turn) => {
        const id = await stepped();
        return clock(() => drawBuffer(session, id, turn, raster));
      },
      reference: (turn) => ['next_picture', data.images, turn, PICTURE],
      ratio: 5,
    },
    {
      label: 'next buffer when prefetched: levels, picture',
      run: async (turn) => {
        const id = await ahead();
        await session.handlers.prefetch({ dataset: id, buffers: [turn + 1] }, call);
        await untilCached(session, id, turn + 1);
        // The prefetched replies are made after the buffer itself is there.
        await new Promise((resolve) => setTimeout(resolve, 150));
        return clock(() => drawBuffer(session, id, turn + 1, raster));
      },
      reference: (turn) => ['next_picture', data.images, turn + 1, PICTURE],
      ratio: 5,
      limitMs: 16,
    },
  ];
  return { rows, close: () => session.close() };
}
