import { cutFrame } from '../../shared/model/cut.ts';
import { bufferCount, type DatasetInfo } from '../../shared/model/dataset.ts';
import type { ViewState } from './view-store.ts';

/** Frames of the buffer on the screen; 0 until one is known. */
export function framesOfView(view: Pick<ViewState, 'bufferInfo'> | undefined): number {
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
