import { DataError, throwIfAborted, toErrorRecord, type ErrorRecord } from '../../shared/model/data-error.ts';
import { isFrameDataset, type ChildRef, type FrameDatasetInfo, type ParticleDataset } from '../../shared/model/dataset.ts';
import { noFrames, openPath, probePath } from '../host/open-path.ts';
import { parseBufferIndex } from './buffer-index.ts';
import type { CommandAnswer, CommandCall, CommandSpec } from './command.ts';
import { flag, indexOption, openOptions, textOption } from './given-options.ts';
import { bufferDocument, type BufferDocument } from './info-document.ts';
import { bufferText, datasetText, probeText } from './info-text.ts';
import { particleDocument, type ParticleDocument } from './particle-document.ts';
import { particleText } from './particle-text.ts';
import { addOutputOptions, addReaderOptions } from './reader-options.ts';

/** A member of a dataset: named only, or with --deep its own document or what went wrong with it. */
type ChildDocument = ChildRef | InfoDocument | ParticleDocument | (ChildRef & { readonly error: ErrorRecord });

interface InfoDocument extends Omit<FrameDatasetInfo, 'children'> {
  readonly children: readonly ChildDocument[];
  /** Buffer that the path stands for, where it is a file inside of the dataset. */
  readonly at?: number;
  readonly buffer?: BufferDocument;
}

export const infoCommand: CommandSpec = {
  name: 'info',
  configure: (command) => {
    addOutputOptions(addReaderOptions(command.description('Show what a dataset is, without reading a buffer.')))
      .option('--buffer <I[,J...]>', 'also show this buffer with frames, components, scales and attributes')
      .option('--step <I>', 'of a particle set, also show this step with times, counts and attributes')
      .option('--probe', 'list what the readers think of the path, without opening it')
      .option('--deep', 'open the members of the dataset, too');
  },
  run: (call) => (flag(call, 'probe') ? runProbe(call) : runInfo(call)),
};

async function runProbe(call: CommandCall): Promise<CommandAnswer> {
  const path = call.args[0] ?? '';
  const candidates = await probePath(path);
  return { result: { path, candidates }, text: () => probeText(candidates) };
}

async function runInfo(call: CommandCall): Promise<CommandAnswer> {
  const options = openOptions(call);
  const { dataset, at } = await openPath(call.args[0] ?? '', options);
  await using _ = dataset;
  if (!isFrameDataset(dataset)) return await particleAnswer(dataset, call);
  const { info } = dataset;
  if (textOption(call, 'step') !== undefined) {
    throw new DataError('unsupported', `${info.title} holds frames, not particles.`, {
      path: info.path,
      field: 'step',
      hint: '--buffer shows a buffer of frames.',
    });
  }
  const index = textOption(call, 'buffer');
  const buffer =
    index === undefined ? undefined : bufferDocument(info, await dataset.buffer(parseBufferIndex(info, index), { signal: call.io.signal }));
  const children = flag(call, 'deep') ? await openChildren(info.children, [info.path], call) : info.children;
  const result: InfoDocument = { ...info, children, ...(at === undefined ? {} : { at }), ...(buffer ? { buffer } : {}) };
  return { result, text: () => datasetText(info) + deepText(children) + (buffer ? bufferText(buffer) : '') };
}

async function particleAnswer(dataset: ParticleDataset, call: CommandCall): Promise<CommandAnswer> {
  if (textOption(call, 'buffer') !== undefined) throw noFrames(dataset);
  const result = await particleDocument(dataset, indexOption(call, 'step'), { signal: call.io.signal });
  return { result, text: () => particleText(result) };
}

/** Members in order; one that leads back to a dataset above it is named only. */
async function openChildren(children: readonly ChildRef[], above: readonly string[], call: CommandCall): Promise<readonly ChildDocument[]> {
  const opened: ChildDocument[] = [];
  for (const child of children) {
    throwIfAborted(call.io.signal);
    opened.push(above.includes(child.path) ? child : await openChild(child, above, call));
  }
  return opened;
}

async function openChild(child: ChildRef, above: readonly string[], call: CommandCall): Promise<ChildDocument> {
  try {
    const { dataset } = await openPath(child.path, { format: child.format, signal: call.io.signal });
    await using _ = dataset;
    if (!isFrameDataset(dataset)) return await particleDocument(dataset, undefined, { signal: call.io.signal });
    return { ...dataset.info, children: await openChildren(dataset.info.children, [...above, child.path], call) };
  } catch (error) {
    throwIfAborted(call.io.signal);
    return { ...child, error: toErrorRecord(error) };
  }
}

function deepText(children: readonly ChildDocument[]): string {
  return children
    .map((child) => {
      if ('error' in child) return `\n${child.title}: ${child.error.message}\n`;
      if ('kind' in child && child.kind === 'particles') return `\n${particleText(child)}`;
      return 'summary' in child ? `\n${datasetText({ ...child, children: [] })}${deepText(child.children)}` : '';
    })
    .join('');
}
