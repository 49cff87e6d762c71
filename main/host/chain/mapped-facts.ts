import type { BufferFacts, FrameDataset } from '../../../shared/model/dataset.ts';

/** The facts of a wrapper: those of the dataset, changed; absent where the dataset has none that are cheaper than its buffers. */
export function mappedFacts(
  dataset: FrameDataset,
  change: (facts: BufferFacts, index: number) => BufferFacts,
  placeOf: (index: number) => number = (index) => index,
): Pick<FrameDataset, 'facts'> {
  const { facts } = dataset;
  return facts ? { facts: async (index, options) => change(await facts(placeOf(index), options), index) } : {};
}
