import type { ParticleTimes } from '../../../shared/model/particles.ts';
import type { ParticleDescription } from '../../codecs/particle-description.ts';

/** Beyond this whole seconds do not fit a set. */
const MAX_SECONDS = 2 ** 53;

/** The description of particles of another program, of which the times of the steps are known. */
export function plainDescription(times: ParticleTimes, title?: string): ParticleDescription {
  return {
    isOwn: false,
    ...(title ? { title } : {}),
    pulses: 1,
    times: times.every((time) => Math.abs(time) < MAX_SECONDS) ? times : times.map((_, step) => step),
    startTime: 0,
    firstNumber: 0,
    coordinates: 'stored',
    scales: {},
    scalarScales: new Map(),
    scalarNames: new Map(),
    attributes: {},
    stepAttributes: [],
  };
}
