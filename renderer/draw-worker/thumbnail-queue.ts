import type { FrameInfo } from '../../shared/model/frames.ts';
import type { Zoom } from '../stores/display-settings.ts';
import { frameRect, geometryOf, viewportOf } from '../views/frame/viewport.ts';
import { drawScene } from './scene-drawing.ts';
import { displayFor, loadScene } from './scene-loader.ts';
import type { HostAccess } from './host-access.ts';
import type { ViewSpec } from './messages.ts';
import type { ParticleAccess } from './particles/particle-access.ts';
import { particleThumbnail } from './particles/particle-thumbnail.ts';
import { settledLevels } from './settled-levels.ts';
import { createSurface } from './surface.ts';

/** Small pictures wait until the views have been quiet for so long. */
const QUIET_MILLISECONDS = 350;
/** Between two of them, so that what comes meanwhile has the thread. */
const REST_MILLISECONDS = 15;

/** Small pictures one after the other, while no view has anything to draw. */
export interface ThumbnailQueue {
  connect(host: HostAccess, particles?: ParticleAccess): void;
  add(id: number, spec: ViewSpec): void;
  /** It is not seen any more. */
  drop(id: number): void;
  /** A view wants something: the picture under way is put off. */
  yield(): void;
}

/** `done` gets each picture as a PNG, or nothing where it cannot be drawn. */
export function thumbnailQueue(done: (id: number, blob: Blob | undefined) => void): ThumbnailQueue {
  const waiting = new Map<number, ViewSpec>();
  let host: HostAccess | undefined;
  let particles: ParticleAccess | undefined;
  let current: { readonly id: number; readonly abort: AbortController } | undefined;
  let quietSince = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const plan = (): void => {
    if (timer !== undefined || current || waiting.size === 0 || !host) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        if (performance.now() - quietSince < QUIET_MILLISECONDS) plan();
        else void next();
      },
      Math.max(REST_MILLISECONDS, quietSince + QUIET_MILLISECONDS - performance.now()),
    );
  };
  const next = async (): Promise<void> => {
    const [first] = waiting;
    if (!first || !host) return;
    const [id, spec] = first;
    const abort = new AbortController();
    current = { id, abort };
    const drawing =
      spec.particles && particles
        ? particleThumbnail(particles, spec, spec.particles, abort.signal)
        : drawThumbnail(host, spec, abort.signal);
    const blob = await drawing.catch(() => undefined);
    current = undefined;
    // One that had to yield stays in the queue.
    if (!abort.signal.aborted && waiting.delete(id)) done(id, blob);
    plan();
  };
  return {
    connect: (made, ofParticles) => {
      host = made;
      particles = ofParticles;
      plan();
    },
    add: (id, spec) => {
      waiting.set(id, spec);
      plan();
    },
    drop: (id) => {
      waiting.delete(id);
      if (current?.id === id) current.abort.abort();
    },
    yield: () => {
      quietSince = performance.now();
      current?.abort.abort();
    },
  };
}

/** The background of a frame: arrows would be specks. */
async function drawThumbnail(host: HostAccess, asked: ViewSpec, signal: AbortSignal): Promise<Blob> {
  const { frames } = (await host.buffer(asked.dataset, asked.place.buffer, signal)).info;
  const frame = Math.min(asked.place.frame, frames.length - 1);
  const [info] = frames.slice(frame);
  if (!info) throw new Error('a buffer without frames');
  const place = { ...asked.place, frame };
  const display = displayFor({ ...asked, place }, info);
  const plain = { ...asked, place, display: { ...display, arrows: { ...display.arrows, visible: false } } };
  const spec: ViewSpec = { ...plain, zoom: fillingZoom(plain, info) };
  const levels = settledLevels();
  const scene = await loadScene(host, spec, undefined, levels, signal);
  const surface = createSurface(new OffscreenCanvas(1, 1));
  drawScene(surface, scene, spec, levels);
  return surface.canvas.convertToBlob({ type: 'image/png' });
}

/** Edges are cut rather than left empty, as far as most of the frame stays. */
const MOST_CUT = 1.5;
/** A frame that is only so many pixels thick is shown whole, or nothing would be seen of it. */
const LINE = 4;

function fillingZoom({ area, display }: ViewSpec, frame: FrameInfo): Zoom {
  const geometry = geometryOf(frame, { flipX: display?.flipX ?? false, flipY: display?.flipY ?? false });
  const viewport = viewportOf(geometry, area, { mode: 'fit' });
  const { width, height } = frameRect(geometry, area, viewport);
  if (Math.min(width, height) <= LINE) return { mode: 'fit' };
  const scale = viewport.scaleX * Math.min(MOST_CUT, Math.max(area.width / width, area.height / height));
  return { mode: 'free', centreX: (frame.shape[1] - 1) / 2, centreY: (frame.shape[0] - 1) / 2, scale };
}
