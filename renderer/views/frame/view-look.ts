import { useMemo } from 'react';
import type { Viewport } from '../../../shared/draw/scene.ts';
import { cutFrame, type Cut } from '../../../shared/model/cut.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { Levels } from '../../draw-worker/levels.ts';
import type { DisplaySettings, Zoom } from '../../stores/display-settings.ts';
import { useViews, type ViewState } from '../../stores/view-store.ts';
import { adaptDisplay, type Brightness } from './default-display.ts';
import { clampZoom, frameRect, geometryOf, viewportOf, type FrameGeometry, type Rect, type Size } from './viewport.ts';

/** The frame on the screen and how the picture area shows it, in CSS pixels of the area. */
export interface ViewLook {
  /** As the cut shows it. */
  readonly frame: FrameInfo;
  readonly cut: Cut | undefined;
  readonly geometry: FrameGeometry;
  readonly area: Size;
  readonly zoom: Zoom;
  readonly viewport: Viewport;
  /** Part of the area that the frame covers. */
  readonly rect: Rect;
}

/*
 * Buffers of a recording mostly have the same frames. One object stands for all that differ in their attributes only, so that what is
 * drawn around the picture is made anew when a frame looks different, not at every buffer.
 */
const alike = new Map<string, FrameInfo>();
const known = new WeakMap<FrameInfo, FrameInfo>();
const KEPT_FRAMES = 100;

function withoutAttributes(frame: FrameInfo): FrameInfo {
  const found = known.get(frame);
  if (found) return found;
  const plain: FrameInfo = { ...frame, attributes: {} };
  const key = JSON.stringify(plain);
  const first = alike.get(key) ?? plain;
  if (alike.size >= KEPT_FRAMES) alike.clear();
  alike.set(key, first);
  known.set(frame, first);
  return first;
}

const cuts = new WeakMap<FrameInfo, Map<Cut, FrameInfo>>();

/** The frame as a cut shows it; one object for each. */
function cutOf(frame: FrameInfo, cut: Cut | undefined): FrameInfo {
  if (!cut) return frame;
  const known = cuts.get(frame) ?? new Map<Cut, FrameInfo>();
  const made = known.get(cut) ?? cutFrame(frame, cut);
  cuts.set(frame, known.set(cut, made));
  return made;
}

type Flips = Pick<DisplaySettings, 'flipX' | 'flipY'>;

function flipsOf(view: ViewState): Flips {
  return { flipX: view.display?.flipX ?? false, flipY: view.display?.flipY ?? false };
}

/** The frame on the screen, as its cut shows it, without its attributes. */
export function shownFrame(view: ViewState | undefined): FrameInfo | undefined {
  const frame = view?.shown && view.bufferInfo?.frames[view.shown.place.frame];
  return frame && cutOf(withoutAttributes(frame), view.shown.place.cut);
}

export function lookOf(view: ViewState | undefined, area: Size | undefined): ViewLook | undefined {
  const frame = shownFrame(view);
  return view && frame && area && lookAt(frame, area, view.zoom, flipsOf(view), view.shown?.place.cut);
}

function lookAt(frame: FrameInfo, area: Size, wanted: Zoom, flips: Flips, cut: Cut | undefined): ViewLook {
  const geometry = geometryOf(frame, flips);
  const zoom = clampZoom(geometry, area, wanted);
  const viewport = viewportOf(geometry, area, zoom);
  return { frame, cut, geometry, area, zoom, viewport, rect: frameRect(geometry, area, viewport) };
}

/** By settings and frame: views beside each other may share their settings and differ in their frames. */
const adapted = new WeakMap<DisplaySettings, WeakMap<FrameInfo, DisplaySettings>>();

/** The settings as the frame on the screen takes them; the same object as long as both stay. */
export function displayOf(view: ViewState | undefined): DisplaySettings | undefined {
  const frame = shownFrame(view);
  if (!view?.display || !frame) return undefined;
  const known = adapted.get(view.display) ?? new WeakMap<FrameInfo, DisplaySettings>();
  adapted.set(view.display, known);
  const display = known.get(frame) ?? adaptDisplay(view.display, frame, pageBrightness());
  known.set(frame, display);
  return display;
}

export function useShownFrame(viewId: string): FrameInfo | undefined {
  return useViews((state) => shownFrame(state.views[viewId]));
}

export function useDisplay(viewId: string): DisplaySettings | undefined {
  return useViews((state) => displayOf(state.views[viewId]));
}

/** How the view looks at its frame, for an area of this size. */
export function useLook(viewId: string, { width, height }: Size): ViewLook | undefined {
  const frame = useShownFrame(viewId);
  const zoom = useViews((state) => state.views[viewId]?.zoom);
  const flipX = useViews((state) => state.views[viewId]?.display?.flipX ?? false);
  const flipY = useViews((state) => state.views[viewId]?.display?.flipY ?? false);
  const cut = useViews((state) => state.views[viewId]?.shown?.place.cut);
  return useMemo(
    () => frame && zoom && lookAt(frame, { width, height }, zoom, { flipX, flipY }, cut),
    [frame, zoom, width, height, flipX, flipY, cut],
  );
}

/** Levels in effect of a layer. */
export function useLevels(viewId: string, layer: 'background' | 'arrows'): Levels | undefined {
  const low = useViews((state) => state.views[viewId]?.shown?.[layer]?.low);
  const high = useViews((state) => state.views[viewId]?.shown?.[layer]?.high);
  return useMemo(() => (low === undefined || high === undefined ? undefined : { low, high }), [low, high]);
}

export function pageBrightness(): Brightness {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark';
}
