import { frameAspect } from '../../../shared/draw/frame-aspect.ts';
import type { Viewport } from '../../../shared/draw/scene.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { Zoom } from '../../stores/display-settings.ts';

/** Size of the picture area in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/** Samples per frame, the height of a sample in units of its width, and whether the axes are mirrored on the screen. */
export interface FrameGeometry extends Size {
  readonly aspect: number;
  readonly flipX: boolean;
  readonly flipY: boolean;
}

/** Largest sample on the screen, in CSS pixels; small frames may be larger where they fit. */
const MAX_SAMPLE_PIXELS = 80;

/** Of a fitted frame, in CSS pixels. */
const LEAST_THICKNESS = 3;

type Flips = Pick<FrameGeometry, 'flipX' | 'flipY'>;

const UNFLIPPED: Flips = { flipX: false, flipY: false };

export function geometryOf(frame: FrameInfo, { flipX, flipY }: Flips = UNFLIPPED): FrameGeometry {
  const [height, width] = frame.shape;
  return { width, height, aspect: frameAspect(frame), flipX, flipY };
}

/** CSS pixels per sample in x at which the whole frame just fits. */
export function fitScale(frame: FrameGeometry, area: Size): number {
  return Math.max(1e-6, Math.min(area.width / frame.width, area.height / (frame.height * frame.aspect)));
}

/**
 * From sample index to CSS pixel of the area. Row 0 is on top whatever the sign of the scales, unless the display is flipped. A frame that
 * would be thinner than a line is drawn as thick as one, so that something is seen of it.
 */
export function viewportOf(frame: FrameGeometry, area: Size, zoom: Zoom): Viewport {
  const fitted = zoom.mode === 'fit';
  const scale = fitted ? fitScale(frame, area) : zoom.scale;
  const across = fitted ? Math.max(scale, LEAST_THICKNESS / frame.width) : scale;
  const down = fitted ? Math.max(scale * frame.aspect, LEAST_THICKNESS / frame.height) : scale * frame.aspect;
  const scaleX = frame.flipX ? -across : across;
  const scaleY = frame.flipY ? -down : down;
  const centreX = zoom.mode === 'fit' ? (frame.width - 1) / 2 : zoom.centreX;
  const centreY = zoom.mode === 'fit' ? (frame.height - 1) / 2 : zoom.centreY;
  return { scaleX, scaleY, offsetX: area.width / 2 - centreX * scaleX, offsetY: area.height / 2 - centreY * scaleY };
}

/** The same in device pixels. */
export function deviceViewport(viewport: Viewport, pixelRatio: number): Viewport {
  return {
    scaleX: viewport.scaleX * pixelRatio,
    offsetX: viewport.offsetX * pixelRatio,
    scaleY: viewport.scaleY * pixelRatio,
    offsetY: viewport.offsetY * pixelRatio,
  };
}

/** Where the frame lies in the area, clipped to it. Empty frames cannot be: shapes are positive. */
export function frameRect(frame: FrameGeometry, area: Size, viewport: Viewport): Rect {
  const columns = [-0.5, frame.width - 0.5].map((index) => viewport.offsetX + index * viewport.scaleX);
  const rows = [-0.5, frame.height - 0.5].map((index) => viewport.offsetY + index * viewport.scaleY);
  const left = Math.max(0, Math.min(...columns));
  const top = Math.max(0, Math.min(...rows));
  const right = Math.min(area.width, Math.max(...columns));
  const bottom = Math.min(area.height, Math.max(...rows));
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

/** Index (with fraction) at a CSS pixel. */
export function indexAt(viewport: Viewport, x: number, y: number): { x: number; y: number } {
  return { x: (x - viewport.offsetX) / viewport.scaleX, y: (y - viewport.offsetY) / viewport.scaleY };
}

/** The sample under a CSS pixel, or undefined outside of the frame. */
export function sampleUnder(frame: FrameGeometry, viewport: Viewport, x: number, y: number): { x: number; y: number } | undefined {
  const at = indexAt(viewport, x, y);
  // Adding 0 makes -0 a plain 0.
  const column = Math.round(at.x) + 0;
  const row = Math.round(at.y) + 0;
  return column >= 0 && row >= 0 && column < frame.width && row < frame.height ? { x: column, y: row } : undefined;
}

/** Zooms by `factor` and keeps the index under (x, y) where it is; back to fit when all is seen. */
export function zoomAt(frame: FrameGeometry, area: Size, zoom: Zoom, factor: number, x: number, y: number): Zoom {
  const before = viewportOf(frame, area, zoom);
  const fit = fitScale(frame, area);
  const scale = Math.min(Math.abs(before.scaleX) * factor, Math.max(MAX_SAMPLE_PIXELS, fit * 8));
  if (scale <= fit * 1.0001) return { mode: 'fit' };
  const anchor = indexAt(before, x, y);
  const centreX = anchor.x - ((x - area.width / 2) / scale) * signOf(frame.flipX);
  const centreY = anchor.y - ((y - area.height / 2) / (scale * frame.aspect)) * signOf(frame.flipY);
  return clampZoom(frame, area, { mode: 'free', centreX, centreY, scale });
}

/** Moves the picture by CSS pixels. */
export function panBy(frame: FrameGeometry, area: Size, zoom: Zoom, dx: number, dy: number): Zoom {
  if (zoom.mode === 'fit') return zoom;
  const centreX = zoom.centreX - (dx / zoom.scale) * signOf(frame.flipX);
  const centreY = zoom.centreY - (dy / (zoom.scale * frame.aspect)) * signOf(frame.flipY);
  return clampZoom(frame, area, { ...zoom, centreX, centreY });
}

function signOf(flipped: boolean): 1 | -1 {
  return flipped ? -1 : 1;
}

/** Keeps the area filled: a side that is larger than the area has no gap, a smaller one is in the middle. */
export function clampZoom(frame: FrameGeometry, area: Size, zoom: Zoom): Zoom {
  if (zoom.mode === 'fit') return zoom;
  const centreX = clampCentre(zoom.centreX, frame.width, area.width / zoom.scale);
  const centreY = clampCentre(zoom.centreY, frame.height, area.height / (zoom.scale * frame.aspect));
  return { ...zoom, centreX, centreY };
}

function clampCentre(centre: number, samples: number, seen: number): number {
  if (seen >= samples) return (samples - 1) / 2;
  return Math.min(Math.max(centre, seen / 2 - 0.5), samples - 0.5 - seen / 2);
}
