import type { ParticleDataset } from '../../../../shared/model/dataset.ts';

/** Particles whose wrapper tells what it changed beyond what was asked, one sentence each. */
export interface NotedParticles extends ParticleDataset {
  notes(): readonly string[];
}

/** What the wrappers of a dataset have to tell, inner ones first. */
export function notesOf(dataset: ParticleDataset | NotedParticles): readonly string[] {
  return 'notes' in dataset ? dataset.notes() : [];
}
