import { bufferCount, type DatasetInfo } from '../../shared/model/dataset.ts';
import { text } from '../strings/en.ts';

/** Short line of an open dataset: '613 of 1,000 buffers', '40 buffers'. */
export function datasetDetail(info: DatasetInfo): string {
  if (info.kind !== 'frames') return text.count.steps(info.steps);
  const count = bufferCount(info);
  const missing = missingCount(info);
  return missing > 0 ? text.count.partial(count - missing, count) : text.count.buffers(count);
}

export function missingCount(info: DatasetInfo): number {
  return info.kind === 'frames' ? info.missing.reduce((sum, [from, to]) => sum + to - from, 0) : 0;
}
