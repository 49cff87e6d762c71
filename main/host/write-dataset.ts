import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ConvertRequest, ConvertResult } from '../../shared/contract/methods.ts';
import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameDataset } from '../../shared/model/dataset.ts';
import type { OptionValues } from '../../shared/model/option.ts';
import { parseOptions } from '../formats/options.ts';
import type { Writer } from '../writers/writer.ts';
import { layoutOf, withLayout } from './chain/layout.ts';
import { parseRange, selectBuffers } from './chain/selected.ts';
import { openPath } from './open-path.ts';
import { checkTarget } from './write-target.ts';
import { writerById } from './writer-choice.ts';

/** What a conversion is asked for, without the dataset. */
export type WriteRequest = Omit<ConvertRequest, 'dataset'>;
export type TrialRequest = Omit<WriteRequest, 'force' | 'resume'>;

export interface WriteWork {
  /** Folder that is never left. */
  readonly root?: string | undefined;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/** Writes an open dataset, or a range of it, in this thread; the dataset stays open. */
export async function writeDataset(dataset: FrameDataset, request: WriteRequest, { root, signal, progress }: WriteWork): Promise<ConvertResult> {
  const writer = writerById(request.writer);
  const { chosen, options } = arrange(dataset, writer, request);
  const { force = false, resume = false } = request;
  const target = await checkTarget(request.target, { writer, source: dataset.info.path, root, force });
  return writer.write({
    dataset: chosen, target, options, force, resume, signal, progress,
    openChild: async ({ path, format, options: childOptions }) => (await openPath(path, { format, options: childOptions, root, signal })).dataset,
  });
}

/** What the output would not hold, judged by the first buffer: it is written to a temporary place, where every writer finds out by itself. */
export async function tryDataset(dataset: FrameDataset, request: TrialRequest, signal: AbortSignal): Promise<readonly string[]> {
  const writer = writerById(request.writer);
  const { chosen, options } = arrange(dataset, writer, request);
  if (bufferCount(chosen.info) === 0) return [];
  const first = firstBuffer(chosen, options['children'] === true);
  const folder = await mkdtemp(join(tmpdir(), 'streakline-trial-'));
  try {
    const target = join(folder, basename(request.target));
    return (await writer.write({ dataset: first, target, options, force: true, resume: false, signal })).losses;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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

/** The chosen buffers, with the arrays' axes read as an option says. */
function arrange(dataset: FrameDataset, writer: Writer, request: TrialRequest): { readonly chosen: FrameDataset; readonly options: OptionValues } {
  const options = parseOptions(writer.options, request.options ?? {});
  const layout = layoutOf(options['layout']);
  const arranged = layout === undefined ? dataset : withLayout(dataset, layout);
  const chosen = request.range === undefined ? arranged : selectBuffers(arranged, parseRange(request.range, bufferCount(arranged.info)));
  const accepted = writer.accepts(chosen.info);
  if (accepted !== true) throw new DataError('unsupported', `${writer.label} cannot hold this: ${accepted}.`, { field: 'writer' });
  return { chosen, options };
}
