import { cutFrame } from '../../shared/model/cut.ts';
import { bufferCount, type DatasetInfo, type ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import { useDatasets } from './dataset-store.ts';
import type { ViewState } from './view-store.ts';

/** Frames of the buffer on the screen, 0 until one is known; in a view of particles the pulses of a step. */
export function framesOfView(view: Pick<ViewState, 'bufferInfo' | 'dataset' | 'particles'> | undefined): number {
  if (view?.particles) return particlesOf(view)?.pulses ?? 0;
  return view?.bufferInfo?.frames.length ?? 0;
}

/** Planes of the shown frame: more than one for volumes only. */
export function planesOfView(view: Pick<ViewState, 'bufferInfo' | 'place'> | undefined): number {
  const frame = view?.bufferInfo?.frames[view.place.frame];
  return frame ? cutFrame(frame, view.place.cut).planes : 0;
}

/** Places in time: buffers, or steps of particles. */
export function placeCount(info: DatasetInfo): number {
  return info.kind === 'frames' ? bufferCount(info) : info.steps;
}

/** The set that a view of particles shows. */
export function particlesOf(view: Pick<ViewState, 'dataset'> | undefined): ParticleDatasetInfo | undefined {
  const info = view && useDatasets.getState().opened[view.dataset]?.info;
  return info?.kind === 'particles' ? info : undefined;
}
