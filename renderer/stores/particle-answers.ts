import type { DrawAnswer } from '../draw-worker/messages.ts';
import type { ColorSettings } from './display-settings.ts';
import type { ParticlesShown, ParticleState } from './particle-display.ts';
import type { ViewState } from './view-store.ts';

/** What a picture of particles changes in its view; `done`: it is the one that was asked for last. */
export function drawnParticles(view: ViewState, { place, milliseconds, shown }: Extract<DrawAnswer, { type: 'particles-drawn' }>, done: boolean): Partial<ViewState> {
  const { particles } = view;
  if (!particles) return {};
  const next: ParticleState = { ...particles, shown: kept(particles.shown, shown), ...(done ? { progress: undefined } : {}) };
  const colors = done ? settledColors(particles.display.colors, shown) : particles.display.colors;
  return {
    shown: { place, milliseconds },
    particles: colors === particles.display.colors ? next : { ...next, display: { ...next.display, colors } },
  };
}

/** While facts of the tracks are read the last counts and histogram stay. */
function kept(before: ParticlesShown | undefined, shown: ParticlesShown): ParticlesShown {
  return { ...(before?.bar && shown.levels ? { bar: before.bar } : {}), ...shown };
}

/** Locked levels get their numbers from the first picture. */
function settledColors(colors: ColorSettings, { levels }: ParticlesShown): ColorSettings {
  if (!levels || colors.levels.mode !== 'locked' || colors.levels.low !== undefined) return colors;
  return { ...colors, levels: { ...colors.levels, ...levels } };
}
