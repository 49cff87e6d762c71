import type { ColorSettings } from '../../stores/display-settings.ts';
import type { ParticleDisplay, ParticleState, TrackPanel } from '../../stores/particle-display.ts';
import { goTo } from '../../stores/playback-effects.ts';
import { useViews } from '../../stores/view-store.ts';
import type { ColorCommands } from '../frame/color-commands.ts';
import { numbered } from '../frame/view-commands.ts';
import { columnColors } from './column-look.ts';

/** Changes the state of a view of particles; other views are left alone. */
export function changeParticles(viewId: string | undefined, change: (particles: ParticleState) => Partial<ParticleState>): void {
  if (viewId !== undefined)
    useViews.getState().patch(viewId, ({ particles }) => (particles ? { particles: { ...particles, ...change(particles) } } : {}));
}

export function changeDisplay(
  viewId: string | undefined,
  change: Partial<ParticleDisplay> | ((display: ParticleDisplay) => Partial<ParticleDisplay>),
): void {
  changeParticles(viewId, ({ display }) => ({ display: { ...display, ...(typeof change === 'function' ? change(display) : change) } }));
}

/** Takes parts of the display away. */
function replaceDisplay(viewId: string | undefined, change: (display: ParticleDisplay) => ParticleDisplay): void {
  changeParticles(viewId, ({ display }) => ({ display: change(display) }));
}

/** Draws everything again, whatever was clipped. */
export function unclip(viewId: string | undefined): void {
  replaceDisplay(viewId, ({ clip: _clip, ...display }) => display);
}

/** Colours by another column, with the colours and levels that suit it; without one all in one colour. */
export function colorBy(viewId: string, column: string | undefined): void {
  replaceDisplay(viewId, ({ colorBy: _before, ...display }) =>
    column === undefined ? display : { ...display, colorBy: column, colors: columnColors(column) },
  );
}

function changeColors(viewId: string, change: (colors: ColorSettings) => ColorSettings): void {
  changeDisplay(viewId, ({ colors }) => ({ colors: change(colors) }));
}

/** The colours of the particles of a view. */
export function particleColors(viewId: string): ColorCommands {
  const state = (): ParticleState | undefined => useViews.getState().views[viewId]?.particles;
  const levels = (settings: ColorSettings['levels']): ColorSettings['levels'] => numbered(settings, state()?.shown?.bar);
  return {
    change: (change) => changeColors(viewId, change),
    setLevels: (low, high) =>
      changeColors(viewId, (colors) => ({
        ...colors,
        levels: { ...colors.levels, mode: 'locked', ...moved(low, high, colors.levels.symmetric, state()?.shown?.levels) },
      })),
    setMode: (mode) =>
      changeColors(viewId, (colors) => ({
        ...colors,
        levels: { ...colors.levels, mode, ...(mode === 'locked' ? state()?.shown?.levels : {}) },
      })),
    once: () => changeColors(viewId, (colors) => ({ ...colors, levels: levels(colors.levels) })),
    reset: () => changeColors(viewId, (colors) => ({ ...colors, levels: columnColors(state()?.display.colorBy ?? '').levels })),
  };
}

/** Zero-centred limits follow the end that was moved. */
function moved(
  low: number,
  high: number,
  symmetric: boolean,
  shown: { readonly low: number; readonly high: number } | undefined,
): { low: number; high: number } {
  if (!symmetric) return { low, high };
  const half = low === shown?.low ? Math.abs(high) : high === shown?.high ? Math.abs(low) : (high - low) / 2;
  return { low: -half, high: half };
}

/** Selects a track and shows its plots, or takes the selection back. */
export function selectTrack(viewId: string, track: number | undefined): void {
  changeParticles(viewId, ({ panel, follow }) =>
    track === undefined
      ? { selectedTrack: undefined, picked: undefined, follow: false, panel: panel === 'tracks' ? panel : undefined }
      : { selectedTrack: track, panel: panel ?? 'plots', follow },
  );
}

export function showPanel(viewId: string | undefined, panel: TrackPanel | undefined): void {
  changeParticles(viewId, () => ({ panel }));
}

export function goToStep(viewId: string, step: number, pulse = 0): void {
  goTo(viewId, { buffer: step, frame: pulse });
}

/** True where what is set leaves particles out. */
export function hidesParticles(display: ParticleDisplay | undefined): boolean {
  if (!display) return false;
  const { selection, clip, untracked, points } = display;
  return (
    selection.filters.length > 0 || selection.box !== undefined || (selection.every ?? 1) > 1 || clip !== undefined || !untracked || !points
  );
}
