import type { DrawAnswer } from '../draw-worker/messages.ts';
import type { ParticlesShown, ParticleState } from './particle-display.ts';
import type { ViewState } from './view-store.ts';

/** What a picture of particles changes in its view; `done`: it is the one that was asked for last. */
export function drawnParticles(
  view: ViewState,
  { place, milliseconds, shown }: Extract<DrawAnswer, { type: 'particles-drawn' }>,
  done: boolean,
): Partial<ViewState> {
  const { particles } = view;
  if (!particles) return {};
  const next: ParticleState = { ...particles, shown: kept(particles.shown, shown), ...(done ? { progress: undefined } : {}) };
  return { shown: { place, milliseconds }, particles: next };
}

/** While facts of the tracks are read the last counts and histogram stay. */
function kept(before: ParticlesShown | undefined, shown: ParticlesShown): ParticlesShown {
  return { ...(before?.bar && shown.levels ? { bar: before.bar } : {}), ...shown };
}
