import type { FrameDatasetInfo } from '../../shared/model/dataset.ts';

/** Buffers that a dataset promises but does not have. */
export function missingBuffers(info: FrameDatasetInfo): ReadonlySet<number> {
  const all = new Set<number>();
  for (const [from, to] of info.missing) for (let index = from; index < to; index++) all.add(index);
  return all;
}
