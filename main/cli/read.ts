import type { ValueMode } from '../../shared/contract/planes.ts';
import { DataError, throwIfAborted, toErrorRecord, type ErrorRecord } from '../../shared/model/data-error.ts';
import { bufferCount, type FrameDataset } from '../../shared/model/dataset.ts';
import { allocateSamples, type TypedArray } from '../../shared/model/dtype.ts';
import { sampleTypeText } from '../codecs/sample-type.ts';
import { isDamage } from '../host/chain/without-damaged.ts';
import { naming } from '../host/naming.ts';
import { openFrames } from '../host/open-path.ts';
import { arrayWriterFor } from '../writers/array-writers.ts';
import type { ArrayLayout, ArraySink, ArrayWriter } from '../writers/array-writer.ts';
import { writeAtomically, type AtomicFile } from '../writers/atomic-file.ts';
import { bufferPosition, parseBufferIndex } from './buffer-index.ts';
import type { CommandAnswer, CommandCall, CommandSpec } from './command.ts';
import { flag, indexOption, missingOption, openOptions, textOption } from './given-options.ts';
import { progressLine } from './progress-line.ts';
import { readPlanes, type FramePlanes, type Wanted } from './read-source.ts';
import { runReadTable } from './read-table.ts';
import { addOutputOptions, addReaderOptions } from './reader-options.ts';

const MODES: Readonly<Record<string, ValueMode>> = {
  raw: 'raw',
  scaled: 'scaled',
  masked: 'masked',
  // No reader brings dark, gain or dead pixels yet: without them corrected means raw.
  corrected: 'raw',
};

interface ReadResult {
  readonly path: string;
  readonly shape: readonly number[];
  /** NumPy text of the type; of structured arrays a list of name and type. */
  readonly dtype: string | readonly (readonly [name: string, type: string])[];
  /** Buffers that could not be read and are blank in the output. */
  readonly missing: readonly { readonly buffer: readonly number[]; readonly error: ErrorRecord }[];
}

export const readCommand: CommandSpec = {
  name: 'read',
  configure: (command) => {
    addOutputOptions(addReaderOptions(command.description('Write numbers of a dataset to a file: .npy, .csv, .tiff or .png by extension.')))
      .requiredOption('--out <file>', 'file to write')
      .option('--buffer <I[,J...]>', 'this buffer; without it the whole dataset')
      .option('--frame <K>', 'frame of the buffer (default: 0)')
      .option('--component <name>', 'stored or derived component (default: PIXEL, of vectors u, v, w together)')
      .option('--plane <P>', 'this plane; without it all planes')
      .option('--mode <mode>', `one of ${Object.keys(MODES).join(', ')} (default: raw)`)
      .option('--table <name>', 'a table instead of frames: devices (with --buffer), times, tracks')
      .option('--column <name>', 'this column of the table; without it all')
      .option('--missing <what>', 'with `blank`, buffers that cannot be read become blank instead of an error')
      .option('--force', 'replace an existing file');
  },
  run: runRead,
};

async function runRead(call: CommandCall): Promise<CommandAnswer> {
  const table = textOption(call, 'table');
  if (table !== undefined) return runReadTable(call, table);
  const out = textOption(call, 'out') ?? '';
  const writer = arrayWriterFor(out);
  const wanted: Wanted = {
    frame: indexOption(call, 'frame') ?? 0,
    component: textOption(call, 'component'),
    plane: indexOption(call, 'plane'),
    mode: modeOf(call),
  };
  const keepGoing = missingOption(call);
  const { dataset } = await openFrames(call.args[0] ?? '', openOptions(call));
  await using _ = dataset;
  const chosen = textOption(call, 'buffer');
  const only = chosen === undefined ? undefined : parseBufferIndex(dataset.info, chosen);
  let result: ReadResult | undefined;
  await writeAtomically(out, { force: flag(call, 'force') }, async (file) => {
    const output = new ReadOutput(dataset, writer, file, wanted, only === undefined);
    await copyBuffers(output, call, only, keepGoing);
    result = { path: out, ...output.finish() };
  });
  return {
    result,
    text: () =>
      result && !flag(call, 'quiet') ? `${out}: ${result.shape.join(' x ')} ${typeText(result.dtype)}${missingText(result)}\n` : '',
  };
}

function modeOf(call: CommandCall): ValueMode {
  const text = textOption(call, 'mode') ?? 'raw';
  const mode = Object.hasOwn(MODES, text) ? MODES[text] : undefined;
  if (!mode)
    throw new DataError('invalid-option', `--mode must be one of ${Object.keys(MODES).join(', ')}, got '${text}'.`, { field: 'mode' });
  return mode;
}

async function copyBuffers(output: ReadOutput, call: CommandCall, only: number | undefined, keepGoing: boolean): Promise<void> {
  const { signal } = call.io;
  // A dataset without buffers is asked for its first one: the error says what it is instead.
  const count = only === undefined ? Math.max(1, bufferCount(output.dataset.info)) : 1;
  const progress = progressLine(call.io, flag(call, 'quiet'), 'Reading buffer', count);
  try {
    for (let i = 0; i < count; i++) {
      throwIfAborted(signal);
      await output.copy(only ?? i, signal, keepGoing);
      progress.at(i + 1);
    }
  } finally {
    progress.end();
  }
}

/** Buffers on their way into a file. The layout is that of the first buffer that can be read; all others must have it, too. */
class ReadOutput {
  readonly dataset: FrameDataset;
  private readonly writer: ArrayWriter;
  private readonly file: AtomicFile;
  private readonly wanted: Wanted;
  private readonly whole: boolean;
  private readonly missing: { readonly index: number; readonly error: unknown }[] = [];
  private first: { readonly index: number; readonly planes: FramePlanes } | undefined;
  private sink: ArraySink | undefined;

  constructor(dataset: FrameDataset, writer: ArrayWriter, file: AtomicFile, wanted: Wanted, whole: boolean) {
    this.dataset = dataset;
    this.writer = writer;
    this.file = file;
    this.wanted = wanted;
    this.whole = whole;
  }

  async copy(index: number, signal: AbortSignal, keepGoing: boolean): Promise<void> {
    let planes: FramePlanes;
    try {
      planes = await naming(this.dataset.info.path, async () =>
        readPlanes(await this.dataset.buffer(index, { signal }), this.wanted, { signal }),
      );
    } catch (error) {
      if (!keepGoing || !isDamage(error)) throw error;
      this.missing.push({ index, error });
      if (this.sink && this.first) await this.appendBlank(this.sink, this.first.planes);
      return;
    }
    const sink = this.sink ?? (await this.begin(index, planes));
    this.compare(index, planes);
    for (const plane of planes.planes) await sink.append(plane);
  }

  finish(): Omit<ReadResult, 'path'> {
    if (!this.first) throw this.missing[0]?.error;
    const { dtype, fields } = this.first.planes;
    const type = sampleTypeText({ dtype, littleEndian: true });
    const { info } = this.dataset;
    return {
      shape: this.layout(this.first.planes).shape,
      dtype: fields ? fields.map((name) => [name, type] as const) : type,
      missing: this.missing.map(({ index, error }) => ({ buffer: bufferPosition(info, index), error: toErrorRecord(error) })),
    };
  }

  private layout(planes: FramePlanes): ArrayLayout {
    const nav = this.whole ? this.dataset.info.nav.map((axis) => axis.size) : [];
    const depth = planes.flat ? [] : [planes.planes.length];
    return {
      shape: [...nav, ...depth, planes.height, planes.width],
      dtype: planes.dtype,
      ...(planes.fields ? { fields: planes.fields } : {}),
    };
  }

  private async begin(index: number, planes: FramePlanes): Promise<ArraySink> {
    const layout = this.layout(planes);
    const accepted = this.writer.accepts(layout);
    if (accepted !== true)
      throw new DataError('unsupported', `${this.writer.label} cannot hold this: ${accepted}.`, { path: this.file.target });
    this.first = { index, planes: { ...planes, planes: planes.planes.map((plane) => plane.subarray(0, 0)) } };
    this.sink = await this.writer.begin(this.file, layout);
    for (let i = 0; i < this.missing.length; i++) await this.appendBlank(this.sink, planes);
    return this.sink;
  }

  /** NaN in computed values, zeros in stored ones: the same as blank frames of the dataset have. */
  private async appendBlank(sink: ArraySink, { width, height, dtype, fields, planes }: FramePlanes): Promise<void> {
    const blank: TypedArray = allocateSamples(dtype, width * height * (fields?.length ?? 1));
    if (this.wanted.mode !== 'raw' && blank instanceof Float64Array) blank.fill(Number.NaN);
    for (let plane = 0; plane < planes.length; plane++) await sink.append(blank);
  }

  private compare(index: number, planes: FramePlanes): void {
    if (!this.first) return;
    const [found, wanted] = [planes, this.first.planes].map((one) =>
      `${one.planes.length} x ${one.height} x ${one.width} ${one.dtype} ${one.fields?.join(' ') ?? ''}`.trim(),
    );
    if (found === wanted) return;
    throw new DataError(
      'unsupported',
      `Buffer ${index} has ${found}, buffer ${this.first.index} ${wanted}: they do not fit into one array.`,
      {
        path: this.dataset.info.path,
        hint: 'Read them one by one with --buffer.',
      },
    );
  }
}

function typeText(dtype: ReadResult['dtype']): string {
  return typeof dtype === 'string' ? dtype : dtype.map(([name, type]) => `${name} ${type}`).join(', ');
}

function missingText({ missing }: ReadResult): string {
  return missing.length === 0
    ? ''
    : `, ${missing.length} blank (${missing
        .map(({ buffer }) => buffer.join(','))
        .slice(0, 10)
        .join('; ')}${missing.length > 10 ? '; ...' : ''})`;
}
