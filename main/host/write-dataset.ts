import type { ConvertResult } from '../../shared/contract/conversions.ts';
import { bufferCount, type FrameDataset } from '../../shared/model/dataset.ts';
import { parseOptions } from '../formats/options.ts';
import { arrange, writeArranged, type Arrangement } from './arrange.ts';
import { checkTarget } from './write-target.ts';
import { inTrialFolder } from './trial-folder.ts';
import type { TrialRequest, WriteRequest, WriteWork } from './write-request.ts';
import { writerById } from './writer-choice.ts';

/** Writes an open dataset, or a range of it, in this thread; the dataset stays open. */
export async function writeDataset(
  dataset: FrameDataset,
  request: WriteRequest,
  { root, signal, progress }: WriteWork,
): Promise<ConvertResult> {
  const arrangement = arrangementOf(dataset, request);
  const chosen = arrange([dataset], arrangement);
  const { force = false, resume = false } = request;
  const target = await checkTarget(request.target, { writer: arrangement.writer, source: dataset.info.path, root, force });
  return writeArranged(chosen, arrangement, { target, force, resume, signal, progress }, { root, signal });
}

/** What the output would not hold, judged by the first buffer: it is written to a temporary place, where every writer finds out by itself. */
export async function tryDataset(dataset: FrameDataset, request: TrialRequest, signal: AbortSignal): Promise<readonly string[]> {
  const arrangement = arrangementOf(dataset, request);
  const chosen = arrange([dataset], arrangement);
  if (bufferCount(chosen.info) === 0) return [];
  const first = { ...firstBuffer(chosen, arrangement.options['children'] === true), notes: chosen.notes };
  return inTrialFolder(
    request.target,
    async (target) => (await writeArranged(first, arrangement, { target, force: true, resume: false, signal }, { signal })).losses,
  );
}

/** A dataset that seems to end after its first buffer; without the datasets inside where those would be written, too. */
function firstBuffer(dataset: FrameDataset, withChildren: boolean): FrameDataset {
  const { info } = dataset;
  const nav = info.nav.map((axis) => ({ ...axis, size: 1, ...(axis.values ? { values: axis.values.slice(0, 1) } : {}) }));
  return {
    info: { ...info, nav, missing: [], children: withChildren ? [] : info.children },
    buffer: (index, options) => dataset.buffer(index, options),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function arrangementOf({ info }: FrameDataset, { writer: id, options, range, target }: TrialRequest): Arrangement {
  const writer = writerById(id);
  return { paths: [info.path], writer, options: parseOptions(writer.options, options ?? {}), range, target };
}
