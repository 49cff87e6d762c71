import type { ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import { text } from './en.ts';

/** Words about particle sets. */
export const particleText = {
  holds: ({ steps, pulses, tracks, particles }: ParticleDatasetInfo): string =>
    [
      text.count.steps(steps),
      ...(pulses > 1 ? [`${pulses} pulses each`] : []),
      `${text.grouped(particles)} ${particles === 1 ? 'particle' : 'particles'}`,
      tracks === 0 ? 'no tracks' : `${text.grouped(tracks)} ${tracks === 1 ? 'track' : 'tracks'}`,
    ].join(', '),
  noView: 'The 3D view of tracks is not in this version. The command line exports particles and tracks, with or without scales:',
  command: (path: string): string => `streakline tracks "${path}" --mode scaled --out tracks.csv`,
  facts: { steps: 'Steps', pulses: 'Pulses', particles: 'Particles', tracks: 'Tracks', startTime: 'Start time', bounds: (axis: string): string => `Bounds ${axis}`, scale: (axis: string): string => `Scale ${axis}`, scalar: (name: string): string => `Scalar ${name}` },
} as const;
