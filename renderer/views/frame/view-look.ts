import type { Viewport } from '../../../shared/draw/scene.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { DisplaySettings, Zoom } from '../../stores/display-settings.ts';
import type { ViewState } from '../../stores/view-store.ts';
import { adaptDisplay, type Brightness } from './default-display.ts';
import { clampZoom, frameRect, geometryOf, viewportOf, type FrameGeometry, type Rect, type Size } from './viewport.ts';

/** The frame on the screen and how the picture area shows it, in CSS pixels of the area. */
export interface ViewLook {
  readonly frame: FrameInfo;
  readonly geometry: FrameGeometry;
  readonly area: Size;
  readonly zoom: Zoom;
  readonly viewport: Viewport;
  /** Part of the area that the frame covers. */
  readonly rect: Rect;
}

export function shownFrame(view: ViewState | undefined): FrameInfo | undefined {
  return view?.shown && view.bufferInfo?.frames[view.shown.place.frame];
}

export function lookOf(view: ViewState | undefined, area: Size | undefined): ViewLook | undefined {
  const frame = shownFrame(view);
  if (!view || !frame || !area) return undefined;
  const geometry = geometryOf(frame);
  const zoom = clampZoom(geometry, area, view.zoom);
  const viewport = viewportOf(geometry, area, zoom);
  return { frame, geometry, area, zoom, viewport, rect: frameRect(geometry, area, viewport) };
}

/** The settings as the frame on the screen takes them. */
export function displayOf(view: ViewState | undefined): DisplaySettings | undefined {
  const frame = shownFrame(view);
  return view?.display && frame && adaptDisplay(view.display, frame, pageBrightness());
}

export function pageBrightness(): Brightness {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark';
}
