import '../main/host/node-inflate.ts';
import { openPath } from '../main/host/open-path.ts';
import { DataError } from '../shared/model/data-error.ts';
import { isFrameDataset, type ParticleDataset } from '../shared/model/dataset.ts';

export async function openParticles(path: string): Promise<ParticleDataset> {
  const { dataset } = await openPath(path);
  if (!isFrameDataset(dataset)) return dataset;
  throw new DataError('internal', `${path} holds frames.`);
}

/** All points of all tracks, in memory at once as lvpyio has them; how many points there are. */
export async function readAllTracks(dataset: ParticleDataset): Promise<number> {
  return (await dataset.tracks(0, dataset.info.tracks)).intensity.length;
}
