import { isAttributeArray, type Attributes, type AttributeValue } from '../../shared/model/attributes.ts';
import { DataError, throwIfAborted, toErrorRecord, type ErrorRecord } from '../../shared/model/data-error.ts';
import { bufferCount, isFrameDataset, type Dataset, type FrameDataset } from '../../shared/model/dataset.ts';
import { isDamage } from '../host/chain/without-damaged.ts';
import { openPath } from '../host/open-path.ts';
import { bufferFacts } from '../host/tables.ts';
import { writeAtomically, type AtomicFile } from '../writers/atomic-file.ts';
import { csvCell } from '../writers/table-encoders.ts';
import { bufferPosition } from './buffer-index.ts';
import { toJson, type CommandAnswer, type CommandCall, type CommandSpec } from './command.ts';
import { collect, flag, missingOption, openOptions, textOption } from './given-options.ts';
import { globMatcher } from './name-glob.ts';
import { progressLine } from './progress-line.ts';
import { addOutputOptions, addReaderOptions } from './reader-options.ts';

const LEVELS = ['set', 'buffer', 'frame'] as const;
type Level = (typeof LEVELS)[number];

/** One attribute and where it stands. */
interface Row {
  readonly level: Level;
  /** One number per navigation axis. */
  readonly buffer?: readonly number[];
  readonly frame?: number;
  readonly name: string;
  readonly value: AttributeValue;
}

interface AttributesResult {
  readonly path: string;
  readonly rows: number;
  /** Buffers that could not be read and are left out. */
  readonly missing: readonly { readonly buffer: readonly number[]; readonly error: ErrorRecord }[];
}

export const attributesCommand: CommandSpec = {
  name: 'attributes',
  configure: (command) => {
    addOutputOptions(
      addReaderOptions(command.description('Write the attributes of a dataset, its buffers and frames to a file: .csv or .json.')),
    )
      .requiredOption('--out <file>', 'file to write')
      .option('--name <glob>', 'only names that match, with * and ?; repeatable', collect)
      .option('--level <levels>', `some of ${LEVELS.join(',')} (default: all)`)
      .option('--missing <what>', 'with `blank`, buffers that cannot be read are left out instead of an error')
      .option('--force', 'replace an existing file');
  },
  run: runAttributes,
};

async function runAttributes(call: CommandCall): Promise<CommandAnswer> {
  const out = textOption(call, 'out') ?? '';
  const format = formatFor(out);
  const levels = levelsOption(call);
  const keepGoing = missingOption(call);
  const matches = globMatcher(Array.isArray(call.options.name) ? (call.options.name as readonly string[]) : []);
  const { dataset } = await openPath(call.args[0] ?? '', openOptions(call));
  await using _ = dataset;
  let rows = 0;
  const missing: AttributesResult['missing'][number][] = [];
  await writeAtomically(out, { force: flag(call, 'force') }, async (file) => {
    const sink = rowSink(file, format);
    for await (const batch of attributeRows(dataset, levels, call, keepGoing ? missing : undefined)) {
      const chosen = batch.filter(({ name }) => matches(name));
      rows += chosen.length;
      await sink.write(chosen);
    }
    await sink.end();
  });
  const result: AttributesResult = { path: out, rows, missing };
  return {
    result,
    text: () =>
      flag(call, 'quiet') ? '' : `${out}: ${rows} attributes${missing.length > 0 ? `, ${missing.length} buffers left out` : ''}\n`,
  };
}

function formatFor(path: string): 'csv' | 'json' {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  if (extension === 'csv' || extension === 'json') return extension;
  throw new DataError('invalid-option', `The extension of ${path} names no output for attributes.`, {
    field: 'out',
    hint: 'Attributes are written as .csv or .json.',
  });
}

function levelsOption(call: CommandCall): readonly Level[] {
  const given = textOption(call, 'level')?.split(',') ?? LEVELS;
  for (const level of given) {
    if (!(LEVELS as readonly string[]).includes(level)) {
      throw new DataError('invalid-option', `--level must be some of ${LEVELS.join(', ')}, got '${level}'.`, { field: 'level' });
    }
  }
  return LEVELS.filter((level) => given.includes(level));
}

/** The attributes of the set, then those of one buffer (of particles: one step) after the other; buffers are opened only where one of their levels is wanted. */
async function* attributeRows(
  dataset: Dataset,
  levels: readonly Level[],
  call: CommandCall,
  missing: AttributesResult['missing'][number][] | undefined,
): AsyncIterable<readonly Row[]> {
  const { info } = dataset;
  if (levels.includes('set')) yield rowsOf('set', info.attributes, {});
  if (!levels.includes('buffer') && !levels.includes('frame')) return;
  const count = isFrameDataset(dataset) ? bufferCount(dataset.info) : dataset.info.steps;
  const progress = progressLine(call.io, flag(call, 'quiet'), 'Reading buffer', count);
  try {
    for (let index = 0; index < count; index++) {
      throwIfAborted(call.io.signal);
      const buffer = isFrameDataset(dataset) ? bufferPosition(dataset.info, index) : [index];
      try {
        yield isFrameDataset(dataset)
          ? await bufferRows(dataset, index, buffer, levels, call.io.signal)
          : rowsOf('buffer', levels.includes('buffer') ? await dataset.stepAttributes(index, { signal: call.io.signal }) : {}, { buffer });
      } catch (error) {
        if (!missing || !isDamage(error)) throw error;
        missing.push({ buffer, error: toErrorRecord(error) });
      }
      progress.at(index + 1);
    }
  } finally {
    progress.end();
  }
}

async function bufferRows(
  dataset: FrameDataset,
  index: number,
  buffer: readonly number[],
  levels: readonly Level[],
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const { attributes, frames } = (await bufferFacts(dataset, index, { signal })).info;
  const own = levels.includes('buffer') ? rowsOf('buffer', attributes, { buffer }) : [];
  const inner = levels.includes('frame')
    ? frames.flatMap((frame, number) => rowsOf('frame', frame.attributes, { buffer, frame: number }))
    : [];
  return [...own, ...inner];
}

function rowsOf(level: Level, attributes: Attributes, place: Pick<Row, 'buffer' | 'frame'>): readonly Row[] {
  return Object.entries(attributes).map(([name, value]) => ({ level, ...place, name, value }));
}

interface RowSink {
  write(rows: readonly Row[]): Promise<void>;
  end(): Promise<void>;
}

/** CSV: a table with one line an attribute, the numbers of arrays apart by blanks. JSON: a list of objects, one a line. */
function rowSink(file: AtomicFile, format: 'csv' | 'json'): RowSink {
  const encoder = new TextEncoder();
  const put = async (text: string): Promise<void> => (text === '' ? undefined : file.write(encoder.encode(text)));
  let written = 0;
  if (format === 'csv') {
    return {
      write: async (rows) => {
        await put((written === 0 ? 'level,buffer,frame,name,type,value\n' : '') + rows.map(csvLine).join(''));
        written += 1;
      },
      end: async () => (written === 0 ? put('level,buffer,frame,name,type,value\n') : undefined),
    };
  }
  return {
    write: async (rows) => {
      await put(rows.map((row) => `${written++ === 0 ? '[\n' : ',\n'}${toJson(row)}`).join(''));
    },
    end: () => put(written === 0 ? '[]\n' : '\n]\n'),
  };
}

function csvLine({ level, buffer, frame, name, value }: Row): string {
  const [type, text] = isAttributeArray(value)
    ? [`${value.dtype} ${value.shape.join(' x ')}`, value.values.join(' ')]
    : [typeof value === 'string' ? 'text' : typeof value, String(value)];
  return `${[level, buffer?.join(' ') ?? '', frame === undefined ? '' : String(frame), name, type, text].map(csvCell).join(',')}\n`;
}
