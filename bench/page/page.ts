/*
 * Measures in the page itself, through the server that `streakline serve` runs or over the ports of the desktop program: a debugger attached to the
 * browser would slow the transport. The runner reads the result from the title: 'done:' and the times of each row as JSON, URI-encoded, or 'failed:' and a sentence.
 */
import { drawChannel } from '../../renderer/client/connection.ts';
import { desktop } from '../../renderer/client/desktop.ts';
import { domPort } from '../../shared/contract/dom-port.ts';
import { httpTransport } from '../../shared/contract/http-transport.ts';
import type { Transport } from '../../shared/contract/methods.ts';
import { portTransport } from '../../shared/contract/port-rpc.ts';
import type { NumberArray } from '../../shared/model/dtype.ts';
import { drawGrey, fieldOf, statesOf } from '../draw-rows.ts';
import { imageRequest, IMAGE_SIDE, STEP } from '../picture-request.ts';
import { PICTURE } from '../row.ts';

const TURNS = 9;
/** The file of as many bytes as a raw image, beside this page. */
const BARE_FILE = './bare.bin';

interface Page {
  readonly transport: Transport;
  readonly raw: string;
  readonly images: string;
  readonly context: CanvasRenderingContext2D;
  readonly picture: ImageData;
}

async function clock(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Paths of the sets: from the command line of the desktop program, else from the address. */
async function givenPaths(): Promise<readonly [raw: string, images: string]> {
  const shell = desktop;
  const query = new URLSearchParams(location.search);
  const given = shell
    ? await new Promise<readonly string[]>((resolve) => shell.onOpenPaths(resolve))
    : [query.get('raw'), query.get('images')];
  return [given[0] ?? '', given[1] ?? ''];
}

async function openPage(): Promise<Page> {
  const [raw, images] = await givenPaths();
  const channel = await drawChannel();
  const transport = channel.kind === 'port' ? portTransport(domPort(channel.port)) : httpTransport(channel.base, channel.token);
  const open = async (path: string): Promise<string> => (await transport.call('open', { path })).meta.id;
  const canvas = document.querySelector('canvas');
  const context = canvas?.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('there is no canvas');
  return { transport, raw: await open(raw), images: await open(images), context, picture: new ImageData(PICTURE, PICTURE) };
}

async function bareFetch(): Promise<void> {
  const response = await fetch(BARE_FILE, { cache: 'no-store' });
  await response.arrayBuffer();
}

/** All samples of an image that the host has in memory. */
async function wholeFrame({ transport, raw }: Page): Promise<void> {
  const { arrays } = await transport.call('planes', {
    dataset: raw,
    buffer: 0,
    frame: 0,
    plane: 0,
    fields: [{ component: 'PIXEL', mode: 'raw' }],
  });
  if (arrays[0]?.data.length !== IMAGE_SIDE * IMAGE_SIDE) throw new Error('the image is not whole');
}

async function drawBuffer({ transport, images, context, picture }: Page, buffer: number): Promise<void> {
  const { meta, arrays } = await transport.call('planes', imageRequest(images, buffer));
  const [samples, state] = arrays;
  const states = statesOf(state?.data, meta.width * meta.height);
  const raster = { width: PICTURE, height: PICTURE, pixels: new Uint32Array(picture.data.buffer) };
  drawGrey(raster, fieldOf(samples?.data as NumberArray, meta.width, meta.height, STEP), IMAGE_SIDE, 400, states);
  context.putImageData(picture, 0, 0);
}

async function nextPrefetched(page: Page, buffer: number): Promise<number> {
  await page.transport.call('prefetch', { dataset: page.images, buffers: [buffer] });
  await new Promise((resolve) => setTimeout(resolve, 400));
  return clock(() => drawBuffer(page, buffer));
}

async function measure(): Promise<Record<string, readonly number[]>> {
  const page = await openPage();
  const times = { bare: [] as number[], frame: [] as number[], next: [] as number[], prefetched: [] as number[] };
  for (let turn = 0; turn <= TURNS; turn++) {
    const [bare, frame] = [desktop ? 0 : await clock(bareFetch), await clock(() => wholeFrame(page))];
    const [next, prefetched] = [await clock(() => drawBuffer(page, 2 * turn)), await nextPrefetched(page, 2 * turn + 1)];
    if (turn === 0) continue;
    times.bare.push(bare);
    times.frame.push(frame);
    times.next.push(next);
    times.prefetched.push(prefetched);
  }
  return times;
}

measure().then(
  (times) => {
    document.title = `done:${encodeURIComponent(JSON.stringify(times))}`;
  },
  (error: unknown) => {
    document.title = `failed:${encodeURIComponent(error instanceof Error ? error.message : String(error))}`;
  },
);
