import type { ViewSpec } from '../messages.ts';

/** The same where nothing but the side that it is seen from is another. */
export function contentKey({ dataset, place, particles, theme }: ViewSpec): string {
  return JSON.stringify([
    dataset,
    place,
    particles?.display,
    particles?.selectedTrack,
    particles?.info.steps,
    particles?.info.particles,
    theme,
  ]);
}

/** Everything of a spec that decides how a content is drawn. */
export function lookKey({ particles, area, pixelRatio, theme }: ViewSpec): string {
  const display = particles?.display;
  return JSON.stringify([
    particles?.camera,
    display?.pointSize,
    display?.pointUnit,
    display?.depthShading,
    display?.boundingBox,
    area,
    pixelRatio,
    theme,
  ]);
}

/** Neither a film nor a moving camera. */
export function still({ next: _next, ...spec }: ViewSpec): ViewSpec {
  const { particles } = spec;
  return particles ? { ...spec, particles: { ...particles, camera: { ...particles.camera, moving: false } } } : spec;
}
