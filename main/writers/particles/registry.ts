import { COLUMN_WRITERS } from './column-writers.ts';
import { davisParticlesWriter } from './davis/set-writer.ts';
import { particleHdf5 } from './hdf5.ts';
import type { ParticleWriter } from './particle-writer.ts';
import { particleTecplot } from './tecplot.ts';
import { particleVtp } from './vtp.ts';

/** All outputs for particles and tracks. Where two take the same extension, the first one gets it. */
export const PARTICLE_WRITERS: readonly ParticleWriter[] = [
  davisParticlesWriter,
  ...COLUMN_WRITERS,
  particleHdf5,
  particleVtp,
  particleTecplot,
];
