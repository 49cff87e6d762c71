import { bufferCount, type FrameBuffer } from '../../shared/model/dataset.ts';
import { numberText } from '../codecs/text-table.ts';
import type { AtomicFile } from './atomic-file.ts';
import { writeBufferFolder } from './buffer-folder.ts';
import { oneBuffer, writeTelling, writtenDataset } from './described-output.ts';
import { eachBuffer } from './each-buffer.ts';
import { FIELDS_OPTION } from './fields-option.ts';
import type { Losses } from './losses.ts';
import { attributeLines, tellScaledLosses } from './scaled-values.ts';
import { columnsOfBuffer, writeTableFile } from './table-columns.ts';
import { csvCell } from './table-encoders.ts';
import { createTableFile, type TableColumns, type TableFile } from './table-file.ts';
import { SOFTWARE } from './version.ts';
import type { WriteJob, Writer } from './writer.ts';

/** A row per sample: buffer, frame, x, y, z, scaled values, mask. Layout: docs/formats/csv.md. */
export const csv: Writer = {
  id: 'csv',
  label: 'CSV table (.csv)',
  extensions: ['csv'],
  options: {
    files: {
      type: 'choice',
      label: 'Files',
      choices: ['one', 'buffer'],
      help: 'one: a single file (default); buffer: a folder with one file per buffer.',
    },
    ...FIELDS_OPTION,
  },
  resumes: ({ options }) => options.files === 'buffer',
  accepts: (info) => bufferCount(info) > 0 || 'a table needs at least one buffer',
  write: (job) => writeTelling(job, (losses) => (job.options.files === 'buffer' ? writeFolder(job, losses) : writeOne(job, losses))),
};

async function writeOne(job: WriteJob, losses: Losses): Promise<number> {
  let buffers = 0;
  await writeTableFile(job, losses, 'separate', async (file, columnsOf) => {
    let table: TableFile | undefined;
    buffers = await eachBuffer(job, async (buffer, index) => {
      table ??= await startTable(file, columnsOf(buffer), job);
      await writeBuffer(table, { buffer, at: index }, losses);
    });
    await table?.finish(writtenDataset(job.dataset.info));
  });
  return buffers;
}

function writeFolder(job: WriteJob, losses: Losses): Promise<number> {
  return writeBufferFolder(job, {
    format: 'csv',
    extension: 'csv',
    fill: async (file, buffer) => {
      const table = await startTable(file, columnsOfBuffer(buffer, 'separate'), job);
      await writeBuffer(table, { buffer, at: 0 }, losses);
      await table.finish(writtenDataset(oneBuffer(job.dataset.info)));
    },
  });
}

/** Comment lines for people, and the line of column names. */
async function startTable(file: AtomicFile, columns: TableColumns, job: WriteJob): Promise<TableFile> {
  const lead = ({ info }: FrameBuffer, frame: number): readonly number[] => [info.index, frame];
  const table = createTableFile(file, { separator: ',', lead, number: numberText, absent: '' }, columns, job.signal);
  const { info } = job.dataset;
  await table.line(`# ${SOFTWARE}`);
  for (const [name, text] of [['title', info.title] as const, ...attributeLines(info.attributes)])
    await table.line(`# ${name}: ${text.replace(/\s+/g, ' ')}`);
  await table.line(['buffer', 'frame', ...columns.names].map(csvCell).join(','));
  return table;
}

async function writeBuffer(
  table: TableFile,
  { buffer, at }: { readonly buffer: FrameBuffer; readonly at: number },
  losses: Losses,
): Promise<void> {
  tellScaledLosses(buffer.info, losses);
  for (let frame = 0; frame < buffer.info.frames.length; frame++) await table.frame(buffer, frame);
  table.endBuffer(buffer, at);
}
