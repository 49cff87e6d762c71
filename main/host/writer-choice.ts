import type { WriterDescription } from '../../shared/contract/conversions.ts';
import { bufferCount, type DatasetInfo, type FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { parseOptions } from '../formats/options.ts';
import { WRITERS } from '../writers/registry.ts';
import type { Writer } from '../writers/writer.ts';
import { parseRange, selectedInfo } from './chain/selected.ts';
import { checkParticleConversion, describeParticleWriters } from './convert-particles.ts';
import { findWriter, type WriterList } from './find-writer.ts';
import { describeFormat } from './format-description.ts';
import { checkTarget } from './write-target.ts';
import type { WriteRequest } from './write-request.ts';
import { refusal, refuseUnfit } from './writer-fit.ts';

export const FRAME_WRITERS: WriterList<Writer> = { writers: WRITERS, usual: 'davis-set', of: '' };

/** All writers; for a dataset with the reasons of those that do not take it, or the range of it. */
export function describeWriters(info: DatasetInfo | undefined, range: string | undefined): readonly WriterDescription[] {
  if (info?.kind === 'particles') return describeParticleWriters(info, range);
  const chosen = info && chosenInfo(info, range);
  return WRITERS.map((writer) => {
    const refused = chosen && refusal(writer, chosen);
    return { ...describeFormat(writer), ...(refused === undefined ? {} : { refused }) };
  });
}

/** Everything about a conversion that can be wrong before it begins; the number of buffers or steps to write. */
export async function checkConversion(info: DatasetInfo, request: WriteRequest, root: string | undefined): Promise<number> {
  if (info.kind === 'particles') return checkParticleConversion(info, request, root);
  const writer = writerById(request.writer);
  const chosen = chosenInfo(info, request.range);
  parseOptions(writer.options, request.options ?? {});
  refuseUnfit(writer, chosen);
  await checkTarget(request.target, { writer, source: info.path, root, force: request.force ?? false });
  return bufferCount(chosen);
}

function chosenInfo(info: FrameDatasetInfo, range: string | undefined): FrameDatasetInfo {
  return range === undefined ? info : selectedInfo(info, parseRange(range, bufferCount(info)));
}

export function writerById(id: string): Writer {
  return findWriter(FRAME_WRITERS, id);
}
