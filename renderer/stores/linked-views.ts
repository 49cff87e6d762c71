import { axesOf, cutFrame } from '../../shared/model/cut.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { positionAt } from '../../shared/model/scale.ts';
import type { ColorSettings, DisplaySettings, Zoom } from './display-settings.ts';
import { cursorIn } from './linked-cursor.ts';
import { goTo } from './playback-effects.ts';
import type { ParticleState } from './particle-display.ts';
import { activeView, useViews, type ViewState } from './view-store.ts';

/*
 * Linked views follow each other: the buffer's number, the zoom where both show the same axes, the cursor, and the colours of fields that both show.
 */

let following = false;

/** Keeps linked views together. Returns the unsubscriber. */
export function watchLinks(): () => void {
  return useViews.subscribe(({ views }, before) => {
    if (following || views === before.views) return;
    for (const view of Object.values(views)) {
      const old = before.views[view.id];
      if (view.linked && old && old !== view) follow(view, old, Object.values(views));
    }
  });
}

/** Links all views, or lets all go where the active one is linked. */
export function toggleLinks(): void {
  const view = activeView();
  if (!view) return;
  const linked = !view.linked;
  for (const id of Object.keys(useViews.getState().views)) useViews.getState().patch(id, { linked, cursor: undefined });
}

function follow(view: ViewState, old: ViewState, all: readonly ViewState[]): void {
  const others = all.filter((other) => other.linked && other.id !== view.id);
  following = true;
  try {
    for (const other of others) {
      if (view.place.buffer !== old.place.buffer) goTo(other.id, { buffer: view.place.buffer });
      const zoom = view.zoom === old.zoom ? undefined : zoomFor(view, other);
      if (zoom) useViews.getState().patch(other.id, { zoom });
      if (view.readOut !== old.readOut) useViews.getState().patch(other.id, { cursor: cursorIn(view, other) });
      if (view.particles && other.particles && view.particles !== old.particles)
        useViews.getState().patch(other.id, { particles: followedParticles(view.particles, old.particles, other.particles) });
      const display =
        view.display && view.display !== old.display && other.display ? colorsFor(view.display, other.display) : other.display;
      if (display && display !== other.display) useViews.getState().patch(other.id, { display });
    }
  } finally {
    following = false;
  }
}

/** Views of particles look from the same side. */
function followedParticles(particles: ParticleState, old: ParticleState | undefined, other: ParticleState): ParticleState {
  return particles.camera === old?.camera ? other : { ...other, camera: particles.camera };
}

function frameOf(view: ViewState): FrameInfo | undefined {
  const frame = view.bufferInfo?.frames[view.place.frame];
  return frame && cutFrame(frame, view.place.cut);
}

/** The zoom of a view in the samples of another one; undefined where they show different axes or units. */
function zoomFor(view: ViewState, other: ViewState): Zoom | undefined {
  const [from, to] = [frameOf(view), frameOf(other)];
  const axes = [axesOf(view.place.cut), axesOf(other.place.cut)] as const;
  if (!from || !to || axes[0][0] !== axes[1][0] || axes[0][1] !== axes[1][1]) return undefined;
  return convertZoom(view.zoom, from, to);
}

/** The same part of the coordinates in another frame; by sample where both have the same number of them. */
export function convertZoom(zoom: Zoom, from: FrameInfo, to: FrameInfo): Zoom | undefined {
  if (zoom.mode === 'fit') return zoom;
  if (from.shape[0] === to.shape[0] && from.shape[1] === to.shape[1]) return zoom;
  if (from.scales.x.unit !== to.scales.x.unit || from.scales.y.unit !== to.scales.y.unit) return undefined;
  const [x, y] = [convertIndex(zoom.centreX, from, to, 'x'), convertIndex(zoom.centreY, from, to, 'y')];
  const perSample = [from, to].map((frame) => Math.abs(frame.scales.x.slope * frame.grid[0]));
  const scale = (zoom.scale * (perSample[1] ?? 1)) / (perSample[0] ?? 1);
  return Number.isFinite(x + y + scale) && scale > 0 ? { mode: 'free', centreX: x, centreY: y, scale } : undefined;
}

function convertIndex(index: number, from: FrameInfo, to: FrameInfo, axis: 'x' | 'y'): number {
  const at = axis === 'x' ? 0 : 1;
  const { slope, offset } = to.scales[axis];
  return (positionAt(from.scales[axis], from.grid[at], index) - offset) / (slope * to.grid[at]);
}

/** The other view's settings with the colours of what both show; the same object where nothing changes. */
export function colorsFor(display: DisplaySettings, other: DisplaySettings): DisplaySettings {
  const sameField = display.background.component === other.background.component && display.background.mode === other.background.mode;
  const background = sameField ? display.background.colors : other.background.colors;
  const sameArrows = display.arrows.colorBy === other.arrows.colorBy;
  const arrows = sameArrows ? display.arrows.colors : other.arrows.colors;
  if (sameColors(background, other.background.colors) && sameColors(arrows, other.arrows.colors)) return other;
  return { ...other, background: { ...other.background, colors: background }, arrows: { ...other.arrows, colors: arrows } };
}

function sameColors(a: ColorSettings, b: ColorSettings): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
