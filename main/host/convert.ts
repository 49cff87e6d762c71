import { DataError } from '../../shared/model/data-error.ts';
import { bufferCount, isFrameDataset, type FrameDataset } from '../../shared/model/dataset.ts';
import type { OptionValues } from '../../shared/model/option.ts';
import { parseOptions } from '../formats/options.ts';
import { compareNames } from '../sources/relative-path.ts';
import type { Writer } from '../writers/writer.ts';
import { arrange, writeArranged, type Arrangement } from './arrange.ts';
import type { NotedDataset } from './chain/noted.ts';
import { parseRange, selectBuffers } from './chain/selected.ts';
import { withoutDamaged } from './chain/without-damaged.ts';
import type { Conversion, ConversionResult } from './conversion.ts';
import { convertParticles, particleOpening } from './convert-particles.ts';
import { writerForTarget } from './find-writer.ts';
import { naming } from './naming.ts';
import { openFrames, openPath, type OpenedPath, type OpenOptions } from './open-path.ts';
import { refuseSources } from './write-target.ts';
import { FRAME_WRITERS } from './writer-choice.ts';

/** Formats whose files come in natural order of their names, however they are given. */
const NATURAL: readonly string[] = ['pictures', 'tiff', 'csv'];

/** Opens the inputs, puts the chain together, and writes it; nothing stands at the target where it fails. */
export async function convert(conversion: Conversion): Promise<ConversionResult> {
  const { target, force, resume, signal, progress, paths } = conversion;
  if (paths.length === 0) throw new DataError('invalid-option', 'There is no input: the last path is the target.', { field: 'paths' });
  const opened = await openPath(paths[0] ?? '', particleOpening(conversion));
  const { dataset: first } = opened;
  if (!isFrameDataset(first)) {
    await using _ = first;
    return await convertParticles(first, conversion);
  }
  const { writer, options, inputs } = await prepare(conversion, { ...opened, dataset: first });
  const only = paths.length === 1 ? paths[0] : undefined;
  try {
    await refuseSources(target, writer, conversion.paths);
    const arrangement = { ...conversion, writer, options };
    const whole = conversion.missing ? await readable(inputs, arrangement, signal) : inputs;
    const dataset = await naming(only, async () => arrange(whole, arrangement));
    if (resume && writer.resumes?.({ target, options }) !== true)
      conversion.notice?.(`--resume: ${target} is written in one piece, which is begun anew; outputs of a file a buffer go on.`);
    const job = { target, force, resume, signal, ...(progress ? { progress } : {}) };
    const result = await naming(only, () => writeArranged(dataset, arrangement, job, conversion.open));
    return { ...result, losses: [...result.losses, ...notesOf(whole)], writer: writer.id };
  } finally {
    for (const dataset of inputs) await dataset[Symbol.asyncDispose]();
  }
}

/** The inputs without what cannot be read. Buffers outside of the range are not tried, unless a layout makes other buffers of them. */
function readable(
  inputs: readonly FrameDataset[],
  { range, options }: Pick<Arrangement, 'range' | 'options'>,
  signal: AbortSignal | undefined,
): Promise<readonly NotedDataset[]> {
  const counts = inputs.map(({ info }) => bufferCount(info));
  const firsts = counts.map((_, i) => counts.slice(0, i).reduce((sum, count) => sum + count, 0));
  const isAll = range === undefined || options['layout'] !== undefined;
  const chosen = isAll ? undefined : new Set(parseRange(range, (firsts.at(-1) ?? 0) + (counts.at(-1) ?? 0)));
  return Promise.all(inputs.map((input, i) => withoutDamaged(input, (index) => chosen?.has((firsts[i] ?? 0) + index) ?? true, { signal })));
}

function notesOf(datasets: readonly (FrameDataset & { notes?(): readonly string[] })[]): readonly string[] {
  return datasets.flatMap((dataset) => dataset.notes?.() ?? []);
}

/** Everything that can be wrong before something is written; the first input is open, and closed where it fails. */
async function prepare(
  conversion: Conversion,
  first: OpenedPath<FrameDataset>,
): Promise<{ readonly writer: Writer; readonly options: OptionValues; readonly inputs: readonly FrameDataset[] }> {
  try {
    refuseOfParticles(conversion);
    const writer = writerForTarget(FRAME_WRITERS, conversion.target, conversion.to);
    const options = parseOptions(writer.options, conversion.options);
    return { writer, options, inputs: await openInputs(conversion, first) };
  } catch (error) {
    await first.dataset[Symbol.asyncDispose]();
    throw error;
  }
}

function refuseOfParticles({ particles }: Conversion): void {
  if (particles)
    throw new DataError('invalid-option', '--where, --every, --add and --fit are for particles, the input holds frames.', {
      field: 'particles',
    });
}

/** A dataset an input; a buffer file of a set stands for itself. Pictures and tables come in natural order of their names, other inputs as they are given. */
async function openInputs({ paths, open }: Conversion, first: OpenedPath<FrameDataset>): Promise<readonly FrameDataset[]> {
  const opened: { readonly path: string; readonly format: string; readonly dataset: FrameDataset }[] = [];
  try {
    for (const [i, path] of paths.entries())
      opened.push({ path, ...(await chooseInput(i === 0 ? first : await openFrames(path, open), open)) });
  } catch (error) {
    for (const { dataset } of opened) await dataset[Symbol.asyncDispose]();
    throw error;
  }
  if (opened.every(({ format }) => NATURAL.includes(format))) opened.sort((a, b) => compareNames(a.path, b.path));
  return opened.map(({ dataset }) => dataset);
}

async function chooseInput(
  { dataset, format, at, single }: OpenedPath<FrameDataset>,
  open: OpenOptions,
): Promise<{ readonly format: string; readonly dataset: FrameDataset }> {
  if (single === undefined) return { dataset, format };
  if (at !== undefined) return { dataset: selectBuffers(dataset, [at]), format };
  await dataset[Symbol.asyncDispose]();
  return openFrames(single, { ...open, format: 'davis-buffer' });
}
