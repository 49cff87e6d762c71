import { DataError } from '../../shared/model/data-error.ts';
import { isTextColumn, type Table } from '../../shared/model/table.ts';
import { isFrameDataset, type Dataset, type FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { noFrames, openPath } from '../host/open-path.ts';
import { readTable } from '../host/tables.ts';
import { writeAtomically } from '../writers/atomic-file.ts';
import { tableEncoderFor } from '../writers/table-encoders.ts';
import { parseBufferIndex } from './buffer-index.ts';
import type { CommandAnswer, CommandCall } from './command.ts';
import { flag, openOptions, textOption } from './given-options.ts';
import { progressLine } from './progress-line.ts';

/** The table that may have many millions of rows: it is written as it is read. */
const TRACKS = 'tracks';
const ROWS_AT_ONCE = 1 << 18;

interface TableResult {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly dtype: string; readonly unit: string; readonly width: number }[];
}

/** `read --table NAME [--column NAME]`. */
export async function runReadTable(call: CommandCall, name: string): Promise<CommandAnswer> {
  const out = textOption(call, 'out') ?? '';
  const encoder = tableEncoderFor(out);
  const { dataset } = await openPath(call.args[0] ?? '', openOptions(call));
  await using _ = dataset;
  const chosen = textOption(call, 'buffer');
  const buffer = chosen === undefined ? undefined : parseBufferIndex(framesInfo(dataset), chosen);
  const isByRows = !isFrameDataset(dataset) && name === TRACKS;
  let progress: ReturnType<typeof progressLine> | undefined;
  let result: TableResult | undefined;
  await writeAtomically(out, { force: flag(call, 'force') }, async (file) => {
    try {
      const table = await readTable(
        dataset,
        { name, buffer, ...(isByRows ? { to: ROWS_AT_ONCE } : {}) },
        {
          signal: call.io.signal,
          progress: (done, total) => {
            progress ??= progressLine(call.io, flag(call, 'quiet'), 'Reading row', total);
            progress.at(done);
          },
        },
      );
      const shown = withColumn(table, textOption(call, 'column'));
      const rows = isByRows ? (dataset.info.tables.find((known) => known.name === name)?.rows ?? shown.rows) : shown.rows;
      await file.write(encoder.head(shown, rows));
      await file.write(encoder.body(shown));
      for (let from = shown.rows; from < rows; from += ROWS_AT_ONCE) {
        const more = await readTable(dataset, { name, from, to: from + ROWS_AT_ONCE }, { signal: call.io.signal });
        await file.write(encoder.body(withColumn(more, textOption(call, 'column'))));
      }
      result = { path: out, ...describe(shown), rows };
    } finally {
      progress?.end();
    }
  });
  return {
    result,
    text: () =>
      result && !flag(call, 'quiet')
        ? `${out}: ${result.rows} row${result.rows === 1 ? '' : 's'} of ${result.columns.map((column) => column.name).join(', ')}\n`
        : '',
  };
}

/** `--buffer` means a buffer of frames. */
function framesInfo(dataset: Dataset): FrameDatasetInfo {
  if (isFrameDataset(dataset)) return dataset.info;
  throw noFrames(dataset);
}

function withColumn(table: Table, name: string | undefined): Table {
  if (name === undefined) return table;
  const column = table.columns.find((known) => known.name === name);
  if (column) return { ...table, columns: [column] };
  throw new DataError('invalid-option', `The table '${table.name}' has no column '${name}'.`, {
    field: 'column',
    hint: `Its columns: ${table.columns.map((known) => known.name).join(', ')}.`,
  });
}

function describe({ rows, columns }: Table): Omit<TableResult, 'path'> {
  return {
    rows,
    columns: columns.map((column) => ({
      name: column.name,
      dtype: column.dtype,
      unit: column.unit,
      width: isTextColumn(column) ? 1 : column.width,
    })),
  };
}
