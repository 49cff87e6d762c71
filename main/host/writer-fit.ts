import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameDatasetInfo } from '../../shared/model/dataset.ts';
import type { Writer } from '../writers/writer.ts';

/** Why a dataset is not for a writer, in one sentence; of one that only holds other datasets nothing would be left. */
export function refusal(writer: Writer, info: FrameDatasetInfo): string | undefined {
  const isHolder = bufferCount(info) === 0 && info.children.length > 0;
  if (isHolder && !('children' in writer.options))
    return `it has no buffers of its own, but datasets inside: choose one of ${info.children.map(({ title }) => title).join(', ')}`;
  const unreadable = info.warnings.find(({ code }) => code === 'unsupported');
  if (bufferCount(info) === 0 && !isHolder && unreadable)
    return `it has no buffers that can be read. ${unreadable.message.replace(/\.$/, '')}`;
  const accepted = writer.accepts(info);
  return accepted === true ? undefined : accepted;
}

export function refuseUnfit(writer: Writer, info: FrameDatasetInfo, path?: string): void {
  const refused = refusal(writer, info);
  if (refused !== undefined)
    throw new DataError('unsupported', `${writer.label} cannot hold this: ${refused}.`, {
      field: 'writer',
      ...(path === undefined ? {} : { path }),
    });
}
