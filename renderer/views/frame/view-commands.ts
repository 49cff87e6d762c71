import { areaOf } from '../../draw-worker/draw-client.ts';
import { levelsFrom } from '../../draw-worker/levels.ts';
import type { ColorSettings, DisplaySettings, LevelSettings } from '../../stores/display-settings.ts';
import { toast } from '../../stores/toast-store.ts';
import { activeView, useViews, type BarStatistics, type ViewState } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import type { ColorCommands } from './color-commands.ts';
import { defaultColors } from './default-display.ts';
import { findField } from './frame-fields.ts';
import { askReadOut } from './read-out.ts';
import { stagePicture } from './stage-picture.ts';
import { displayOf, lookOf, pageBrightness, shownFrame } from './view-look.ts';
import { zoomAt } from './viewport.ts';

/** One key press or button press of zoom. */
export const ZOOM_STEP = 1.5;

/** Changes the display of a view: from what its frame shows now to what `change` makes of it. */
export function changeDisplay(viewId: string | undefined, change: (display: DisplaySettings) => DisplaySettings): void {
  const display = displayOf(viewOf(viewId));
  if (viewId !== undefined && display) useViews.getState().patch(viewId, { display: change(display) });
}

function viewOf(viewId: string | undefined): ViewState | undefined {
  return viewId === undefined ? undefined : useViews.getState().views[viewId];
}

export type Layer = 'background' | 'arrows';

/** Changes how a layer is coloured. */
export function changeColors(viewId: string | undefined, layer: Layer, change: (colors: ColorSettings) => ColorSettings): void {
  changeDisplay(viewId, (display) =>
    layer === 'background'
      ? { ...display, background: { ...display.background, colors: change(display.background.colors) } }
      : { ...display, arrows: { ...display.arrows, colors: change(display.arrows.colors) } },
  );
}

/** Locks the limits of a layer at these numbers; zero-centred ones follow the end that was moved. */
export function setLevels(viewId: string | undefined, layer: Layer, low: number, high: number): void {
  const shown = viewOf(viewId)?.shown?.[layer];
  changeColors(viewId, layer, (colors) => {
    const { symmetric } = colors.levels;
    const half = low === shown?.low ? Math.abs(high) : high === shown?.high ? Math.abs(low) : (high - low) / 2;
    return { ...colors, levels: { ...colors.levels, mode: 'locked', ...(symmetric ? { low: -half, high: half } : { low, high }) } };
  });
}

/** Locked limits stay as they are shown; per buffer they follow each picture. */
export function setLevelMode(viewId: string | undefined, layer: Layer, mode: LevelSettings['mode']): void {
  const shown = viewOf(viewId)?.shown?.[layer];
  changeColors(viewId, layer, (colors) => ({ ...colors, levels: { ...colors.levels, mode, ...(mode === 'locked' ? shown : {}) } }));
}

/** Sets the limits once from the percents of the shown picture, and locks them. */
export function setLevelsOnce(viewId: string | undefined, layer: Layer): void {
  changeColors(viewId, layer, (colors) => ({ ...colors, levels: numbered(colors.levels, barOf(viewOf(viewId), layer)) }));
}

/** Limits as when the field was opened. */
export function resetLayerLevels(viewId: string | undefined, layer: Layer): void {
  const view = viewOf(viewId);
  const frame = shownFrame(view);
  const display = displayOf(view);
  const component = layer === 'background' ? display?.background.component : display?.arrows.colorBy;
  const kind = frame && component !== undefined ? findField(frame, component)?.kind : undefined;
  const { levels } = defaultColors(kind ?? 'positive', pageBrightness());
  // The bar beside the picture is of the plane, the levels of a volume are of all its planes: they come with the next picture.
  const bar = frame && frame.planes > 1 ? undefined : barOf(view, layer);
  changeColors(viewId, layer, (colors) => ({ ...colors, levels: numbered(levels, bar) }));
}

/** The colours of one layer. */
export function layerColors(viewId: string, layer: Layer): ColorCommands {
  return {
    change: (change) => changeColors(viewId, layer, change),
    setLevels: (low, high) => setLevels(viewId, layer, low, high),
    setMode: (mode) => setLevelMode(viewId, layer, mode),
    once: () => setLevelsOnce(viewId, layer),
    reset: () => resetLayerLevels(viewId, layer),
  };
}

/** Without statistics the numbers are left open: the next picture settles them. */
export function numbered({ low: _low, high: _high, ...levels }: LevelSettings, bar: BarStatistics | undefined): LevelSettings {
  return { ...levels, mode: 'locked', ...(bar ? levelsFrom(levels, bar) : {}) };
}

function barOf(view: ViewState | undefined, layer: Layer): BarStatistics | undefined {
  return layer === 'background' ? view?.backgroundBar : view?.arrowBar;
}

function zoomBy(factor: number): void {
  const view = activeView();
  const look = view && lookOf(view, areaOf(view.id));
  if (!view || !look) return;
  const { rect } = look;
  const zoom = zoomAt(look.geometry, look.area, look.zoom, factor, rect.x + rect.width / 2, rect.y + rect.height / 2);
  useViews.getState().patch(view.id, { zoom });
}

export function zoomIn(): void {
  zoomBy(ZOOM_STEP);
}

export function zoomOut(): void {
  zoomBy(1 / ZOOM_STEP);
}

export function fit(): void {
  const view = activeView();
  if (view) useViews.getState().patch(view.id, { zoom: { mode: 'fit' } });
}

export function levelsOnce(): void {
  setLevelsOnce(activeView()?.id, 'background');
  setLevelsOnce(activeView()?.id, 'arrows');
}

export function toggleLevelLock(): void {
  const mode = displayOf(activeView())?.background.colors.levels.mode === 'locked' ? 'per-buffer' : 'locked';
  setLevelMode(activeView()?.id, 'background', mode);
  setLevelMode(activeView()?.id, 'arrows', mode);
}

export function resetLevels(): void {
  resetLayerLevels(activeView()?.id, 'background');
  resetLayerLevels(activeView()?.id, 'arrows');
}

export function toggleMask(): void {
  changeDisplay(activeView()?.id, (display) => ({ ...display, maskVisible: !display.maskVisible }));
}

export function toggleVectors(): void {
  changeDisplay(activeView()?.id, (display) => ({ ...display, arrows: { ...display.arrows, visible: !display.arrows.visible } }));
}

/** Mirrors the picture on the screen; data, axes and arrows keep their meaning. */
export function flipDisplay(axis: 'flipX' | 'flipY'): void {
  changeDisplay(activeView()?.id, (display) => ({ ...display, [axis]: !display[axis] }));
}

export function toggleHistogram(): void {
  changeDisplay(activeView()?.id, (display) => ({ ...display, histogram: !display.histogram }));
}

/** The picture on the screen with axes, bars and legend, at its resolution; undefined where there is none yet. */
export async function pictureWithAxes(viewId: string | undefined): Promise<Blob | undefined> {
  const stage = viewId === undefined ? null : document.querySelector<HTMLElement>(`[data-stage='${CSS.escape(viewId)}']`);
  return viewOf(viewId)?.shown && stage ? stagePicture(stage) : undefined;
}

/** Puts the picture on the clipboard. */
export async function copyPicture(): Promise<void> {
  const blob = await pictureWithAxes(activeView()?.id);
  if (!blob) return;
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    toast(text.copied.text);
  } catch {
    toast(text.copied.refused, 'warn');
  }
}

/** Moves the read-out by samples, right and down on the screen; it starts in the middle of what is seen. */
export function moveReadOut(dx: number, dy: number): void {
  const view = activeView();
  const look = view && lookOf(view, areaOf(view.id));
  if (!view || !look) return;
  const [height, width] = look.frame.shape;
  const { viewport, area, rect } = look;
  const middle = {
    x: Math.round((rect.x + rect.width / 2 - viewport.offsetX) / viewport.scaleX),
    y: Math.round((rect.y + rect.height / 2 - viewport.offsetY) / viewport.scaleY),
  };
  const from = view.readOut
    ? { x: view.readOut.x + dx * Math.sign(viewport.scaleX), y: view.readOut.y + dy * Math.sign(viewport.scaleY) }
    : middle;
  const x = Math.min(width - 1, Math.max(0, from.x));
  const y = Math.min(height - 1, Math.max(0, from.y));
  askReadOut(view.id, { x, y, pinned: view.readOut?.pinned ?? false });
  bringIntoView(view, look.zoom, Math.abs(area.width / viewport.scaleX), Math.abs(area.height / viewport.scaleY), x, y);
}

/** A magnified picture follows the read-out. */
function bringIntoView(view: ViewState, zoom: ViewState['zoom'], seenX: number, seenY: number, x: number, y: number): void {
  if (zoom.mode === 'fit') return;
  const centreX = Math.min(Math.max(zoom.centreX, x + 1 - seenX / 2), x - 1 + seenX / 2);
  const centreY = Math.min(Math.max(zoom.centreY, y + 1 - seenY / 2), y - 1 + seenY / 2);
  if (centreX !== zoom.centreX || centreY !== zoom.centreY) useViews.getState().patch(view.id, { zoom: { ...zoom, centreX, centreY } });
}

/** Pins the read-out where it is, or lets it go. */
export function pinReadOut(): void {
  const view = activeView();
  if (view?.readOut) useViews.getState().patch(view.id, { readOut: { ...view.readOut, pinned: !view.readOut.pinned } });
}
