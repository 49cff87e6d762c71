import { bufferCount, type DatasetInfo } from '../../shared/model/dataset.ts';
import type { BufferInfo } from '../../shared/model/frames.ts';
import { text } from '../strings/en.ts';

/** Short line of an open dataset: 'Vectors 2D3C, 613 of 1,000 buffers', '40 buffers' while `kind` is not known, '3 sets' where it only holds others. */
export function datasetDetail(info: DatasetInfo, kind = ''): string {
  if (info.kind !== 'frames') return text.count.steps(info.steps);
  const count = bufferCount(info);
  if (count === 0 && info.children.length > 0) return text.count.sets(info.children.length);
  const missing = missingCount(info);
  const buffers = missing > 0 ? text.count.partial(count - missing, count) : text.count.buffers(count);
  return [kind, buffers].filter(Boolean).join(', ');
}

/** What the frames of a buffer are, in a few words; empty for a buffer without frames. */
export function bufferKind(buffer: BufferInfo): string {
  const [frame] = buffer.frames;
  if (!frame) return '';
  if (frame.kind === 'vector') return text.count.vectors(frame.planes > 1 ? 3 : 2, frame.dimensions);
  return buffer.frames.length > 1 ? text.count.images(buffer.frames.length) : text.count.image;
}

export function missingCount(info: DatasetInfo): number {
  return info.kind === 'frames' ? info.missing.reduce((sum, [from, to]) => sum + to - from, 0) : 0;
}
