import type { Warning } from '../../../shared/model/warning.ts';

/** Names of what says which track a particle belongs to, without capitals and marks: ours, and that of ParaView's particle tracer. */
const TRACK_NAMES: readonly string[] = ['track', 'trackid', 'particleid'];

export function isTrackName(name: string): boolean {
  return TRACK_NAMES.includes(name.toLowerCase().replace(/[^a-z]/g, ''));
}

/** In place of an intensity that files of other programs do not have. */
export const NO_INTENSITY = 1;

export function noIntensity(path: string): Warning {
  return { code: 'no-intensity', message: `The particles have no intensity; ${NO_INTENSITY} stands for it.`, path };
}
