import type { Transport } from '../../shared/contract/methods.ts';
import { abortedError, toErrorRecord } from '../../shared/model/data-error.ts';
import { connection, drawChannel, onConnected } from '../client/connection.ts';
import { useDatasets } from '../stores/dataset-store.ts';
import { placeCount } from '../stores/frame-choices.ts';
import { drawnParticles } from '../stores/particle-answers.ts';
import type { ParticleState, PickedParticle } from '../stores/particle-display.ts';
import { usePlayback } from '../stores/playback-store.ts';
import { following } from '../stores/player.ts';
import { useViews, type Place, type ViewState } from '../stores/view-store.ts';
import { settleDisplay } from '../views/frame/settle-display.ts';
import type { Size } from '../views/frame/viewport.ts';
import type { DrawAnswer, DrawRequest, ParticleWish, ViewSpec } from './messages.ts';
import { readThemeColors } from './theme-colors.ts';

/*
 * The page's end of the draw worker: every change of a view in the store is sent as a whole wish, and the worker's answers go back into
 * the store. React draws around the picture and never waits for it.
 */

interface Picture {
  readonly canvas: HTMLCanvasElement;
  area: Size | undefined;
  pixelRatio: number;
  /** Number of the last wish sent. */
  serial: number;
  /** How the particles on the screen were asked for. */
  particles?: ParticleState;
  /** Waits until loading takes longer than people notice. */
  notice: ReturnType<typeof setTimeout> | undefined;
}

const NOTICEABLE_MILLISECONDS = 150;

const pictures = new Map<string, Picture>();
const waitingThumbnails = new Map<number, (blob: Blob | undefined) => void>();
const waitingCopies = new Map<number, (blob: Blob | undefined) => void>();
let worker: Worker | undefined;
let theme = undefined as ReturnType<typeof readThemeColors> | undefined;
const waitingPicks = new Map<number, (particle: PickedParticle | undefined) => void>();
const waitingTracks = new Map<number, (mask: Uint8Array | undefined) => void>();
let copies = 0;
let picks = 0;
let trackLists = 0;
let thumbnails = 0;
let settling = false;

/** The canvas of a view. It belongs to the worker, so it is made once and outlives the components that show it. */
export function pictureOf(viewId: string): HTMLCanvasElement {
  const known = pictures.get(viewId);
  if (known) return known.canvas;
  const canvas = document.createElement('canvas');
  pictures.set(viewId, { canvas, area: undefined, pixelRatio: 1, serial: 0, notice: undefined });
  const offscreen = canvas.transferControlToOffscreen();
  send({ type: 'attach', view: viewId, canvas: offscreen }, [offscreen]);
  return canvas;
}

/** Size of the picture area in CSS pixels; until it is known nothing is drawn. */
export function setArea(viewId: string, area: Size, pixelRatio: number): void {
  const picture = pictures.get(viewId);
  if (!picture || area.width < 1 || area.height < 1) return;
  if (picture.area?.width === area.width && picture.area.height === area.height && picture.pixelRatio === pixelRatio) return;
  picture.area = area;
  picture.pixelRatio = pixelRatio;
  show(useViews.getState().views[viewId]);
}

export function areaOf(viewId: string): Size | undefined {
  return pictures.get(viewId)?.area;
}

/** Stops loading and goes back to the place, and the filters, of the picture on the screen; where there is none, the cancelled load can be tried again. */
export function cancelLoading(viewId: string): void {
  send({ type: 'cancel', view: viewId });
  endNotice(viewId);
  const drawn = pictures.get(viewId)?.particles;
  useViews.getState().patch(viewId, ({ shown, particles }) => ({
    ...(shown ? { place: shown.place } : { error: toErrorRecord(abortedError()) }),
    ...(particles
      ? { particles: { ...particles, ...(drawn ? { display: drawn.display, filterRows: drawn.filterRows } : {}), progress: undefined } }
      : {}),
  }));
}

/** Sends the wish again after a failure. */
export function tryAgain(viewId: string): void {
  const view = useViews.getState().views[viewId];
  if (!view) return;
  useViews.getState().patch(viewId, { error: undefined });
  send({ type: 'refresh', dataset: view.dataset });
  show(view);
}

/** The picture on the screen as a PNG, without axes; undefined where there is none. */
export function pictureBlob(viewId: string): Promise<Blob | undefined> {
  copies += 1;
  const id = copies;
  return new Promise((resolve) => {
    waitingCopies.set(id, resolve);
    send({ type: 'picture', view: viewId, id });
  });
}

/** The particle at a place of the picture, in CSS pixels from its left top; undefined where there is none close to it. */
export function pick(viewId: string, x: number, y: number): Promise<PickedParticle | undefined> {
  picks += 1;
  const id = picks;
  return new Promise((resolve) => {
    waitingPicks.set(id, resolve);
    send({ type: 'pick', view: viewId, id, x, y });
  });
}

/** Which tracks pass the filters of a view (1), by number; undefined where nothing is filtered. */
export function passingTracks(viewId: string): Promise<Uint8Array | undefined> {
  trackLists += 1;
  const id = trackLists;
  return new Promise((resolve) => {
    waitingTracks.set(id, resolve);
    send({ type: 'tracks', view: viewId, id });
  });
}

/** A small picture of a place, drawn when the views are quiet; undefined where it cannot be drawn or is not wanted any more. */
export function thumbnailBlob(spec: Omit<ViewSpec, 'theme' | 'pixelRatio' | 'zoom'>, signal: AbortSignal): Promise<Blob | undefined> {
  theme ??= watchTheme();
  thumbnails += 1;
  const id = thumbnails;
  const whole: ViewSpec = { ...spec, theme, pixelRatio: window.devicePixelRatio, zoom: { mode: 'fit' } };
  return new Promise((resolve) => {
    waitingThumbnails.set(id, resolve);
    send({ type: 'thumbnail', id, spec: whole });
    signal.addEventListener(
      'abort',
      () => {
        if (!waitingThumbnails.delete(id)) return;
        send({ type: 'drop-thumbnail', id });
        resolve(undefined);
      },
      { once: true },
    );
  });
}

function show(view: ViewState | undefined): void {
  const picture = view && pictures.get(view.id);
  if (!view || !picture?.area) return;
  theme ??= watchTheme();
  picture.serial += 1;
  const { dataset, place, display, zoom, camera } = view;
  const spec = {
    dataset,
    place,
    zoom,
    area: picture.area,
    pixelRatio: picture.pixelRatio,
    theme,
    ...nextPlace(view),
    ...(display ? { display } : {}),
    ...(camera ? { camera } : {}),
    ...particleWish(view),
  };
  send({ type: 'show', view: view.id, serial: picture.serial, spec });
  // For who looks from outside whether the picture is the wanted one.
  picture.canvas.ariaBusy = 'true';
  const since = performance.now();
  picture.notice ??= setTimeout(() => useViews.getState().patch(view.id, { loadingSince: since }), NOTICEABLE_MILLISECONDS);
}

/** While a view plays, the place that follows. */
function nextPlace({ id, place, dataset }: ViewState): { readonly next?: Place } {
  const { playing, loop } = usePlayback.getState();
  const info = useDatasets.getState().opened[dataset]?.info;
  const next = playing === id && info ? following(place.buffer, placeCount(info), loop) : undefined;
  return next === undefined ? {} : { next: { ...place, buffer: next } };
}

/** `?renderer=gpu` or `processor` in the page's address chooses what draws particles: for tests, and where a driver fails. */
const asked = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('renderer');
const RENDERER = asked === 'gpu' || asked === 'processor' ? asked : 'auto';

function particleWish({ dataset, particles }: ViewState): { readonly particles?: ParticleWish } {
  const info = useDatasets.getState().opened[dataset]?.info;
  if (!particles || info?.kind !== 'particles') return {};
  const { title, steps, pulses, tracks, particles: count, scales, bounds, scalars } = info;
  const { display, camera, selectedTrack } = particles;
  return {
    particles: {
      info: { title, steps, pulses, tracks, particles: count, scales, bounds, scalars },
      display,
      camera,
      renderer: RENDERER,
      ...(selectedTrack === undefined ? {} : { selectedTrack }),
    },
  };
}

function looksOtherwise(a: ParticleState | undefined, b: ParticleState | undefined): boolean {
  return a !== b && (a?.display !== b?.display || a?.camera !== b?.camera || a?.selectedTrack !== b?.selectedTrack);
}

useViews.subscribe(({ views }, before) => {
  for (const view of Object.values(views)) {
    const old = before.views[view.id];
    if (!old || settling) continue;
    const moved = view.dataset !== old.dataset || view.place !== old.place;
    if (moved && view.error) useViews.getState().patch(view.id, { error: undefined });
    if (
      moved ||
      view.display !== old.display ||
      view.zoom !== old.zoom ||
      view.camera !== old.camera ||
      looksOtherwise(view.particles, old.particles)
    )
      show(useViews.getState().views[view.id]);
  }
  for (const id of Object.keys(before.views)) if (!views[id]) forget(id);
});

function forget(viewId: string): void {
  const picture = pictures.get(viewId);
  if (!picture) return;
  clearTimeout(picture.notice);
  pictures.delete(viewId);
  send({ type: 'detach', view: viewId });
}

function receive(answer: DrawAnswer): void {
  if (answer.type === 'picture') {
    waitingCopies.get(answer.id)?.(answer.blob);
    waitingCopies.delete(answer.id);
    return;
  }
  if (answer.type === 'thumbnail') {
    waitingThumbnails.get(answer.id)?.(answer.blob);
    waitingThumbnails.delete(answer.id);
    return;
  }
  if (answer.type === 'picked') {
    waitingPicks.get(answer.id)?.(answer.particle);
    waitingPicks.delete(answer.id);
    return;
  }
  if (answer.type === 'tracks') {
    waitingTracks.get(answer.id)?.(answer.mask);
    waitingTracks.delete(answer.id);
    return;
  }
  if (answer.type === 'dataset-warnings') {
    useDatasets.getState().addWarnings(answer.dataset, answer.warnings);
    return;
  }
  const view = useViews.getState().views[answer.view];
  if (!view) return;
  if (answer.type === 'bars') {
    useViews.getState().patch(view.id, { backgroundBar: answer.background, arrowBar: answer.arrows });
  } else if (answer.type === 'failed') {
    endNotice(view.id);
    useViews.getState().patch(view.id, { error: answer.error });
  } else if (answer.type === 'particles-progress') {
    const { done, total } = answer;
    if (view.particles)
      useViews.getState().patch(view.id, { particles: { ...view.particles, progress: done < total ? { done, total } : undefined } });
  } else if (answer.type === 'particles-drawn') {
    const done = isLast(answer);
    settle(view.id, done, drawnParticles(view, answer, done));
    const picture = pictures.get(view.id);
    const particles = useViews.getState().views[view.id]?.particles;
    if (done && picture && particles) picture.particles = particles;
  } else if (answer.dataset === view.dataset) {
    const display = settleDisplay(view.display, answer);
    settle(view.id, isLast(answer), {
      shown: answer.shown,
      ...(answer.buffer ? { bufferInfo: answer.buffer.info, bufferWarnings: answer.buffer.warnings } : {}),
      ...(display === view.display ? {} : { display }),
    });
  }
}

/** True for the complete picture of the last wish. */
function isLast({ view, complete, serial }: Extract<DrawAnswer, { serial: number; complete: boolean }>): boolean {
  return complete && serial === pictures.get(view)?.serial;
}

/** The numbers that come with a picture are those it was drawn with: sending them back would only draw it again. */
function settle(viewId: string, done: boolean, change: Partial<ViewState>): void {
  settling = true;
  try {
    useViews.getState().patch(viewId, { ...change, ...(done ? { error: undefined } : {}) });
  } finally {
    settling = false;
  }
  if (done) endNotice(viewId);
}

function endNotice(viewId: string): void {
  const picture = pictures.get(viewId);
  if (picture) picture.canvas.ariaBusy = 'false';
  if (picture?.notice === undefined) return;
  clearTimeout(picture.notice);
  picture.notice = undefined;
  if (useViews.getState().views[viewId]?.loadingSince !== undefined) useViews.getState().patch(viewId, { loadingSince: undefined });
}

function send(request: DrawRequest, transfer: Transferable[] = []): void {
  worker ??= startWorker();
  worker.postMessage(request, transfer);
}

function startWorker(): Worker {
  const started = new Worker(new URL('./draw-worker.ts', import.meta.url), { type: 'module', name: 'draw' });
  started.onmessage = (event: MessageEvent<DrawAnswer>) => receive(event.data);
  void followHost();
  return started;
}

/** A new host means a new channel: the worker then fetches everything anew. */
async function followHost(): Promise<void> {
  watchRestarts(await connection());
  await connect();
  onConnected((transport) => {
    watchRestarts(transport);
    void connect();
  });
}

function watchRestarts(transport: Transport): void {
  transport.on('restarted', ({ dataset }) => send({ type: 'refresh', dataset }));
}

async function connect(): Promise<void> {
  const channel = await drawChannel();
  send({ type: 'connect', channel }, channel.kind === 'port' ? [channel.port] : []);
}

/** Marks and hatches follow the theme; maps and levels of open views do not. */
function watchTheme(): ReturnType<typeof readThemeColors> {
  new MutationObserver(() => {
    theme = readThemeColors();
    for (const view of Object.values(useViews.getState().views)) show(view);
  }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return readThemeColors();
}
