import type { FrameDataset } from '../../../shared/model/dataset.ts';

/** A dataset whose wrapper tells what it changed beyond what was asked, one sentence each, as far as its buffers have been read. */
export interface NotedDataset extends FrameDataset {
  notes(): readonly string[];
}
