import type { OpenedDataset } from '../../shared/contract/opened.ts';
import { thumbnailBlob } from '../draw-worker/draw-client.ts';
import { connection } from '../client/connection.ts';
import type { DisplaySettings } from './display-settings.ts';
import { findOpened } from './find-opened.ts';
import { FIRST_CAMERA } from './camera.ts';
import { defaultParticleDisplay } from './particle-display.ts';
import { usePlayback } from './playback-store.ts';
import type { Origin } from './project-store.ts';
import { useUi } from './ui-store.ts';
import { type Place, useViews } from './view-store.ts';

/** A small picture: of what, and how large in CSS pixels. */
export interface ThumbnailWish {
  /** Path of the dataset; it need not be open. */
  readonly path: string;
  readonly format?: string;
  /** Reader options that choose it, where several lie at the path. */
  readonly options?: Origin['options'] | undefined;
  readonly place: Place;
  readonly display?: DisplaySettings;
  readonly width: number;
  readonly height: number;
}

/** Addresses of pictures, oldest first; '' = there is none. */
const made = new Map<string, string>();
const MAX_MADE = 600;
/** Datasets that are not open are looked into one after the other, and only after the window has been left alone for so long. */
const QUIET_MILLISECONDS = 1000;
let looking: Promise<unknown> = Promise.resolve();
let lastChange = 0;

useViews.subscribe(({ views }, before) => {
  if (views !== before.views) lastChange = performance.now();
});

export function thumbnailKey({ path, options, place, display, width, height }: ThumbnailWish): string {
  const { background, maskVisible, flipX, flipY } = display ?? {};
  return JSON.stringify([
    path,
    options,
    place,
    background,
    maskVisible,
    flipX,
    flipY,
    width,
    height,
    document.documentElement.dataset['theme'],
  ]);
}

export function knownThumbnail(key: string): string | undefined {
  return made.get(key);
}

/** Draws a thumbnail; its address, '' where there can be none, undefined where it was given up before. */
export async function makeThumbnail(wish: ThumbnailWish, signal: AbortSignal): Promise<string | undefined> {
  const key = thumbnailKey(wish);
  const known = made.get(key);
  if (known !== undefined) return known;
  const blob = await drawnBlob(wish, signal);
  if (signal.aborted) return undefined;
  const address = blob ? URL.createObjectURL(blob) : '';
  made.set(key, address);
  for (const [oldest, old] of made) {
    if (made.size <= MAX_MADE) break;
    made.delete(oldest);
    if (old !== '') URL.revokeObjectURL(old);
  }
  if (blob && wish.place.buffer === 0 && !wish.options) await store(wish.path, blob);
  return address;
}

async function drawnBlob(wish: ThumbnailWish, signal: AbortSignal): Promise<Blob | undefined> {
  const draw: Draw = ({ id, info }) => {
    const { place, display, width, height } = wish;
    const particles = info.kind === 'particles' ? { particles: { info, display: defaultParticleDisplay(info), camera: FIRST_CAMERA } } : {};
    return thumbnailBlob({ dataset: id, place, area: { width, height }, ...(display ? { display } : {}), ...particles }, signal);
  };
  const open = findOpened(wish.path, wish.options);
  if (open) return draw(open);
  // Those that scrolled away in the meantime are not opened.
  const turn = looking.then(() => (signal.aborted ? undefined : lookInto(wish, signal, draw)));
  looking = turn.catch(() => undefined);
  return turn.catch(() => undefined);
}

type Draw = (dataset: Pick<OpenedDataset, 'id' | 'info'>) => Promise<Blob | undefined>;

async function lookInto({ path, format, options }: ThumbnailWish, signal: AbortSignal, draw: Draw): Promise<Blob | undefined> {
  await quiet(signal);
  const now = findOpened(path, options);
  if (now) return draw(now);
  const transport = await connection();
  const { meta } = await transport.call(
    'open',
    { path, ...(format === undefined ? {} : { format }), ...(options === undefined ? {} : { options }) },
    { signal },
  );
  try {
    return await draw(meta);
  } finally {
    transport.call('close', { dataset: meta.id }).catch(() => undefined);
  }
}

async function quiet(signal: AbortSignal): Promise<void> {
  const isBusy = (): boolean =>
    usePlayback.getState().playing !== undefined ||
    useUi.getState().opening.length > 0 ||
    performance.now() - lastChange < QUIET_MILLISECONDS;
  while (!signal.aborted && isBusy()) await new Promise((resolve) => setTimeout(resolve, QUIET_MILLISECONDS / 4));
}

const STORED = 'streakline-thumbnails';
const MAX_STORED = 40;
const MAX_STORED_BYTES = 16 * 1024;

/** Pictures of what was opened before stay for the welcome page, which opens nothing by itself. */
export function storedThumbnails(): Readonly<Record<string, string>> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}');
    const entries = Object.entries(typeof found === 'object' && found !== null ? found : {});
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].startsWith('data:image/png;base64,')),
    );
  } catch {
    return {};
  }
}

async function store(path: string, blob: Blob): Promise<void> {
  if (blob.size > MAX_STORED_BYTES) return;
  const address = await dataAddress(blob);
  const { [path]: _old, ...others } = storedThumbnails();
  const kept = Object.entries({ ...others, [path]: address }).slice(-MAX_STORED);
  try {
    localStorage.setItem(STORED, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // The browser's store is full: the welcome page shows icons then.
  }
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(blob);
  });
}
